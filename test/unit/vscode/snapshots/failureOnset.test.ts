import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureOnset } from '../../../../src/vscode/snapshots/failureOnset.ts';
import type { Outcome } from '../../../../src/backups/run.ts';
import { newJobReport } from '../newJobReport.ts';

const dayMs = 86_400_000;

/** Outcomes from the oldest to the newest run, one a day. */
function job(...outcomes: Outcome[]) {
  const { lastRun } = newJobReport();
  const runs = outcomes.map((outcome, day) => ({ ...lastRun, outcome, startedAt: day * dayMs }));
  return newJobReport({
    lastRun: runs.at(-1)!,
    recentRuns: runs.toReversed(),
    lastSuccessAt: runs.findLast(({ outcome }) => outcome === 'success')?.startedAt ?? null,
  });
}

test('from the last success to the first failure after it, whatever lies between', () => {
  assert.deepEqual(failureOnset(job('failure', 'success', 'success', 'failure', 'failure')), {
    after: 2 * dayMs,
    until: 3 * dayMs,
  });
  assert.deepEqual(failureOnset(job('success', 'partial', 'failure')), { after: 0, until: 2 * dayMs });
});

test('a job that does not fail now, or never succeeded, has none', () => {
  assert.equal(failureOnset(job('failure', 'success')), null);
  assert.equal(failureOnset(job('success', 'failure', 'partial')), null);
  assert.equal(failureOnset(job('failure', 'failure')), null);
});

test('a success before all that the report shows still counts', () => {
  const failing = job('failure', 'failure');
  assert.deepEqual(failureOnset({ ...failing, lastSuccessAt: -5 * dayMs }), { after: -5 * dayMs, until: 0 });
});
