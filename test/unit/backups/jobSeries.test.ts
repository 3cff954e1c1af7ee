import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobHistory } from '../../../src/backups/history/job.ts';
import { jobSeries } from '../../../src/backups/jobSeries.ts';
import { newRun } from '../../../src/backups/run.ts';

const dayMs = 86_400_000;

function history(runs: number): JobHistory {
  return {
    id: 'job',
    tool: 'generic',
    host: null,
    repository: null,
    completeness: 'complete',
    cadence: null,
    runs: Array.from({ length: runs }, (_, i) =>
      newRun({
        job: 'job',
        tool: 'generic',
        outcome: i === 777 ? 'failure' : 'success',
        startedAt: i * dayMs,
        durationMs: 60_000 + (i % 10) * 1000 + (i === 500 ? 900_000 : 0),
        sizeBytes: 1e9 + (i % 7) * 1e6,
        source: { path: i < 100 ? 'old.log' : 'new.log', line: i + 1, endLine: i + 1 },
      }),
    ),
  };
}

const options = { now: 5000 * dayMs, zone: 'UTC' };

test('a small job is shown whole, with the range that was expected of each run', () => {
  const series = jobSeries(history(120), { ...options, maxPoints: 1000 });
  assert.equal(series.leftOut, 0);
  assert.equal(series.startedAt.length, 120);
  assert.deepEqual(series.paths, ['old.log', 'new.log']);
  assert.deepEqual([series.path[99], series.path[100], series.line[100]], [0, 1, 101]);
  const { lower, upper } = series.expected.duration!;
  assert.equal(lower[0], null, 'nothing was known before the first run');
  assert.ok(lower[119]! < series.durationMs[119]! && series.durationMs[119]! < upper[119]!);
  assert.ok([...lower, ...upper].every((bound) => bound === null || Number.isInteger(bound)));
  assert.equal(series.expected.added, undefined, 'nothing tells what was added');
});

test('a large job keeps its extremes and its failure, in time order', () => {
  const series = jobSeries(history(4000), { ...options, maxPoints: 300 });
  assert.ok(series.startedAt.length <= 300);
  assert.equal(series.leftOut + series.startedAt.length, 4000);
  assert.ok(series.durationMs.includes(960_000));
  assert.ok(series.outcome.includes('failure'));
  assert.deepEqual(
    series.startedAt,
    series.startedAt.toSorted((a, b) => a! - b!),
  );
  assert.equal(series.expected.size!.lower.length, series.startedAt.length);
});

test('no runs give empty columns', () => {
  const series = jobSeries(history(0), { ...options, maxPoints: 10 });
  assert.deepEqual([series.startedAt, series.paths, series.leftOut], [[], [], 0]);
});
