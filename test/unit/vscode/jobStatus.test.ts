import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countAtRisk, jobStatus } from '../../../src/vscode/jobStatus.ts';
import { newJobReport, newPrediction } from './newJobReport.ts';

const overdue = { medianIntervalMs: 1, jitterMs: 0, nextExpectedAt: 1, overdueMs: 5, missedRuns: 0 };
const failed = { ...newJobReport().lastRun, outcome: 'failure' as const };
const risky = newPrediction('delay_or_manual');

test('the most pressing status wins', () => {
  assert.equal(jobStatus(newJobReport({ prediction: risky, cadence: overdue, lastRun: failed })), 'atRisk');
  assert.equal(jobStatus(newJobReport({ cadence: overdue, lastRun: failed })), 'overdue');
  assert.equal(jobStatus(newJobReport({ lastRun: failed, prediction: null })), 'failed');
  assert.equal(jobStatus(newJobReport({ prediction: null })), 'unknown');
  assert.equal(jobStatus(newJobReport({ cadence: { ...overdue, overdueMs: null } })), 'fine');
});

test('a partial run is not a failed one', () => {
  assert.equal(jobStatus(newJobReport({ lastRun: { ...failed, outcome: 'partial' } })), 'fine');
});

test('at risk are the jobs whose next run should wait', () => {
  const jobs = [newJobReport(), newJobReport({ prediction: risky }), newJobReport({ prediction: null })];
  assert.equal(countAtRisk({ schema: 1, generatedAt: 0, sources: [], jobs }), 1);
});
