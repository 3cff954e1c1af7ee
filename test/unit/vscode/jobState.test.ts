import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countAtRisk, jobState } from '../../../src/vscode/jobState.ts';
import { newJobReport, newPrediction } from './newJobReport.ts';

const overdue = { medianIntervalMs: 1, jitterMs: 0, nextExpectedAt: 1, overdueMs: 5, missedRuns: 0 };
const failed = { ...newJobReport().lastRun, outcome: 'failure' as const };
const risky = newPrediction('delay_or_manual');

test('the most pressing state wins', () => {
  assert.equal(jobState(newJobReport({ prediction: risky, cadence: overdue, lastRun: failed })), 'atRisk');
  assert.equal(jobState(newJobReport({ cadence: overdue, lastRun: failed })), 'overdue');
  assert.equal(jobState(newJobReport({ lastRun: failed, prediction: null })), 'failed');
  assert.equal(jobState(newJobReport({ prediction: null })), 'unknown');
  assert.equal(jobState(newJobReport({ cadence: { ...overdue, overdueMs: null } })), 'fine');
});

test('a partial run is not a failed one', () => {
  assert.equal(jobState(newJobReport({ lastRun: { ...failed, outcome: 'partial' } })), 'fine');
});

test('at risk are the jobs whose next run should wait', () => {
  const jobs = [newJobReport(), newJobReport({ prediction: risky }), newJobReport({ prediction: null })];
  assert.equal(countAtRisk({ schema: 1, generatedAt: 0, sources: [], jobs }), 1);
});
