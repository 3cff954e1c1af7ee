import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Anomaly, JobReport, RiskReport, RunSummary } from '../../../../src/backups/report.ts';
import { findConcerns } from '../../../../src/vscode/findings/findConcerns.ts';
import { message } from '../../../../src/wording/message.ts';
import { newJobReport, newPrediction } from '../newJobReport.ts';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 24);
const options = { now, maxRisk: 0.5, fullWithinDays: 14 };

const reportOf = (...jobs: JobReport[]): RiskReport => ({ schema: 1, generatedAt: now, sources: [], jobs });
const concernsOf = (changes: Partial<JobReport>) => findConcerns(reportOf(newJobReport(changes)), options);
const kinds = (changes: Partial<JobReport>): string[] =>
  concernsOf(changes).map(({ kind, severity }) => `${kind} ${severity}`);

const runEnded = (outcome: RunSummary['outcome'], daysAgo: number): RunSummary => ({
  ...newJobReport().lastRun,
  outcome,
  startedAt: now - daysAgo * dayMs,
});

const anomaly = (changes: Partial<Anomaly> = {}): Anomaly => ({
  metric: 'size',
  shape: 'outlier',
  startedAt: now - dayMs,
  value: 1,
  expected: [10, 20],
  score: -9,
  severity: 'critical',
  isAnomaly: true,
  message: message('anomaly.size.low', { value: 1, low: 10 }),
  source: { path: '/logs/a.log', line: 3, endLine: 4 },
  ...changes,
});

test('a job that is fine is no concern', () => {
  assert.deepEqual(concernsOf({}), []);
});

test('a risk above the limit is one, with what to do first', () => {
  const prediction = { ...newPrediction('delay_or_manual'), recommendedActions: [message('action.lock')] };
  const [concern] = concernsOf({ prediction });
  assert.deepEqual(concern?.message, message('concern.risk', { probability: 0.8, limit: 0.5 }));
  assert.equal(concern.advice?.code, 'action.lock');
});

test('a risk at the limit is none', () => {
  assert.deepEqual(kinds({ prediction: { ...newPrediction('proceed'), failureProbability: 0.5 } }), []);
});

test('an overdue run keeps its key however late it gets, and the next one has another', () => {
  const late = (overdueMs: number, startedAt: number): JobReport =>
    newJobReport({
      cadence: { medianIntervalMs: dayMs, jitterMs: 0, nextExpectedAt: startedAt + dayMs, overdueMs, missedRuns: 0 },
      lastRun: { ...newJobReport().lastRun, startedAt },
    });
  const key = (job: JobReport): string | undefined => findConcerns(reportOf(job), options)[0]?.key;
  assert.equal(key(late(1000, now - 2 * dayMs)), key(late(5000, now - 2 * dayMs)));
  assert.notEqual(key(late(1000, now - 2 * dayMs)), key(late(1000, now - 3 * dayMs)));
});

test('storage is a concern when it may be full within the days', () => {
  const forecast = (earliest: number, latest: number | null): Partial<JobReport> => ({
    forecast: { daysToFull: { earliest, latest } } as JobReport['forecast'],
  });
  assert.deepEqual(kinds(forecast(14.5, 20)), []);
  assert.deepEqual(kinds(forecast(14, null)), ['full warning']);
  assert.deepEqual(kinds(forecast(0.5, 3)), ['full critical']);
  assert.deepEqual(concernsOf(forecast(3.7, 9.2))[0]?.message, message('concern.full', { earliest: 3, latest: 10 }));
});

test('anomalies of the last 30 days are concerns, those that are none are not', () => {
  const anomalies = [
    anomaly(),
    anomaly({ metric: 'duration', severity: 'warning' }),
    anomaly({ isAnomaly: false }),
    anomaly({ startedAt: now - 31 * dayMs }),
  ];
  assert.deepEqual(kinds({ anomalies }), ['anomaly critical', 'anomaly warning']);
});

test('an anomaly keeps its key when its log is rotated', () => {
  const rotated = anomaly({ source: { path: '/logs/a.log.1', line: 3, endLine: 4 } });
  assert.equal(concernsOf({ anomalies: [anomaly()] })[0]?.key, concernsOf({ anomalies: [rotated] })[0]?.key);
});

test('the last failure is critical, those before it and mended ones a notice, old ones nothing', () => {
  const recentRuns = [
    runEnded('failure', 1),
    runEnded('cancelled', 2),
    runEnded('failure', 3),
    runEnded('success', 4),
    runEnded('failure', 5),
    runEnded('failure', 40),
  ];
  assert.deepEqual(kinds({ recentRuns }), ['failure critical', 'failure info', 'failure info']);
});

test('a failure says what the tool said, and what helps against its kind', () => {
  const recentRuns = [{ ...runEnded('failure', 1), error: 'repository is locked', failureClass: 'lock' as const }];
  const failureClasses = [{ failureClass: 'lock' as const, runs: 1, action: message('action.lock') }];
  const [concern] = concernsOf({ recentRuns, failureClasses });
  assert.deepEqual(concern?.message, message('concern.failedWith', { error: 'repository is locked' }));
  assert.equal(concern.advice?.code, 'action.lock');
});
