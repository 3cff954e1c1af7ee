import assert from 'node:assert/strict';
import { test } from 'node:test';
import { historicalBaseline } from '../../../../src/backups/history/baseline.ts';
import { newRun, type BackupRun } from '../../../../src/backups/run.ts';

const run = (known: Partial<BackupRun>): BackupRun =>
  newRun({ job: 'j', tool: 't', outcome: 'success', source: { path: 'p', line: 1, endLine: 1 }, ...known });

test('mean and sample deviation of the successful runs', () => {
  const runs = [100, 200, 300].map((seconds) => run({ durationMs: seconds * 1000, sizeBytes: 5 }));
  runs.push(run({ outcome: 'failure', durationMs: 1, sizeBytes: 1 }), run({ outcome: 'partial', durationMs: 1 }));
  assert.deepEqual(historicalBaseline(runs), {
    duration_seconds: { mean: 200, std: 100 },
    size_bytes: { mean: 5, std: 0 },
  });
});

test('a small spread of huge sizes is not lost', () => {
  const runs = [1e15, 1e15 + 2].map((sizeBytes) => run({ sizeBytes }));
  assert.ok(Math.abs(historicalBaseline(runs).size_bytes!.std - Math.SQRT2) < 1e-9);
});

test('nothing known, nothing told', () => {
  assert.deepEqual(historicalBaseline([]), {});
  assert.deepEqual(historicalBaseline([run({ durationMs: NaN, sizeBytes: null })]), {});
  assert.equal(historicalBaseline([run({ durationMs: 7000 })]).duration_seconds!.std, 0);
});
