import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportOverview } from '../../../src/protocol/reportOverview.ts';
import { makeSampleReport } from '../../ui/reportPage/sampleReport.ts';

const { report } = makeSampleReport(7);
const overview = reportOverview(report);

test('an overview has every job of the report in its order, and no more than its table shows', () => {
  assert.deepEqual(
    overview.jobs.map(({ id }) => id),
    report.jobs.map(({ id }) => id),
  );
  const size = (value: unknown): number => JSON.stringify(value).length;
  for (const job of overview.jobs) assert.ok(size(job) < 2500, `${job.id}: ${size(job)}`);
  assert.ok(size(overview) * 4 < size(report), `${size(overview)} of ${size(report)}`);
});

test('findings are counted for thirty days, and named by the worst', () => {
  const job = report.jobs.find(({ anomalies }) => anomalies.some(({ isAnomaly }) => isAnomaly))!;
  const found = job.anomalies.find(({ isAnomaly }) => isAnomaly)!;
  const day = 86_400_000;
  const at = (daysAgo: number, severity: 'info' | 'critical', isAnomaly = true) => ({
    ...found,
    isAnomaly,
    severity,
    startedAt: report.generatedAt - daysAgo * day,
  });
  const of = (anomalies: (typeof found)[]) =>
    reportOverview({ ...report, jobs: [{ ...job, anomalies }] }).jobs[0]!.findings;
  assert.deepEqual(of([at(29, 'info'), at(1, 'critical'), at(31, 'critical')]), { count: 2, worst: 'critical' });
  assert.equal(of([at(31, 'critical'), at(1, 'critical', false)]), null);
});
