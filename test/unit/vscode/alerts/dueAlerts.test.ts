import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobReport, RiskReport } from '../../../../src/backups/report.ts';
import { dueAlerts, forgetEnded, type ToldAt } from '../../../../src/vscode/alerts/dueAlerts.ts';
import { findConcerns, type Concern } from '../../../../src/vscode/findings/findConcerns.ts';
import { message } from '../../../../src/wording/message.ts';
import { newJobReport, newPrediction } from '../newJobReport.ts';

const dayMs = 86_400_000;
const now = Date.UTC(2026, 10, 24);
const limits = { now, maxRisk: 0.5, fullWithinDays: 10 };

const reportOf = (changes: Partial<JobReport>): RiskReport => ({
  schema: 1,
  generatedAt: now,
  sources: [],
  jobs: [newJobReport(changes)],
});

/** What is told after each report, remembering as the extension does. */
function tell(reports: RiskReport[], isMuted: (concern: Concern) => boolean = () => false): string[][] {
  let toldAt: ToldAt = {};
  return reports.map((report) => {
    toldAt = forgetEnded(toldAt, report, limits);
    const due = dueAlerts(findConcerns(report, limits), toldAt, { ...limits, isMuted });
    toldAt = { ...toldAt, ...Object.fromEntries(due.map(({ key }) => [key, now])) };
    return due.map(({ kind }) => kind);
  });
}

const risk = (failureProbability: number): RiskReport =>
  reportOf({ prediction: { ...newPrediction('proceed'), failureProbability } });
const full = (earliest: number | null): RiskReport =>
  reportOf({
    forecast: { daysToFull: earliest === null ? null : { earliest, latest: null } } as JobReport['forecast'],
  });
const overdue = (lastRunDaysAgo: number): RiskReport => {
  const startedAt = now - lastRunDaysAgo * dayMs;
  return reportOf({
    cadence: {
      medianIntervalMs: dayMs,
      jitterMs: 0,
      nextExpectedAt: startedAt + dayMs,
      overdueMs: dayMs,
      missedRuns: 0,
    },
    lastRun: { ...newJobReport().lastRun, startedAt },
  });
};
const finding = (severity: 'warning' | 'critical', daysAgo: number): RiskReport =>
  reportOf({
    anomalies: [
      {
        metric: 'size',
        shape: 'outlier',
        startedAt: now - daysAgo * dayMs,
        value: 1,
        expected: [10, 20],
        score: -9,
        severity,
        isAnomaly: true,
        message: message('anomaly.size.low', { value: 1, low: 10 }),
        source: { path: '/logs/a.log', line: 3, endLine: 4 },
      },
    ],
  });

test('a risk is told when it passes the limit, once, and again after it had fallen', () => {
  assert.deepEqual(tell([risk(0.4), risk(0.6), risk(0.7), risk(0.3), risk(0.6)]), [[], ['risk'], [], [], ['risk']]);
});

test('a risk that trembles about the limit is told once', () => {
  assert.deepEqual(tell([risk(0.51), risk(0.49), risk(0.51)]), [['risk'], [], []]);
});

test('storage that will be full in time is told once, and again after it had been enlarged', () => {
  assert.deepEqual(tell([full(12), full(9), full(8), full(null), full(9)]), [[], ['full'], [], [], ['full']]);
  assert.deepEqual(tell([full(10), full(10.5), full(10)]), [['full'], [], []]);
});

test('each run that does not come is told once', () => {
  assert.deepEqual(tell([overdue(2), overdue(2), reportOf({}), overdue(3)]), [['overdue'], [], [], ['overdue']]);
});

test('a job that was given up long ago is not told of', () => {
  assert.deepEqual(tell([overdue(40)]), [[]]);
});

test('a critical anomaly that has just landed is told once; a lesser or older one is not', () => {
  assert.deepEqual(tell([finding('critical', 1), finding('critical', 1)]), [['anomaly'], []]);
  assert.deepEqual(tell([finding('warning', 1), finding('critical', 5)]), [[], []]);
});

test('what is muted is not told, and is once it is no longer', () => {
  let isMuted = true;
  assert.deepEqual(
    tell([risk(0.6)], () => isMuted),
    [[]],
  );
  isMuted = false;
  assert.deepEqual(
    tell([risk(0.6)], () => isMuted),
    [['risk']],
  );
});

test('jobs of another window are remembered, and forgotten after more than a year', () => {
  const toldAt = { 'risk\nelsewhere': now - dayMs, 'risk\nlong ago': now - 500 * dayMs };
  assert.deepEqual(forgetEnded(toldAt, risk(0.1), limits), { 'risk\nelsewhere': now - dayMs });
});
