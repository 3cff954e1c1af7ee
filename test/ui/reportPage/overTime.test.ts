/** What the report says of a job over time when there is nothing to draw, and the way back from there. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { JobSeries } from '../../../src/backups/report.ts';
import { openBrowser, type OpenBrowser } from '../../workbench/browser.ts';
import { openReportPage, type OpenReportPage } from './openReportPage.ts';
import { makeSampleReport } from './sampleReport.ts';

const sample = makeSampleReport(7);
const dayMs = 86_400_000;
// The forecast has a chart of its own.
const report = { ...sample.report, jobs: sample.report.jobs.map((job) => ({ ...job, forecast: null })) };

let browser: OpenBrowser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

/** A job's series with the figures of only those runs that are at least so many days older than the newest. */
function seriesWithout(job: string, newestDays: number): JobSeries {
  const series = sample.seriesOf(job);
  const newest = Math.max(...series.startedAt.map((at) => at ?? 0));
  const kept = (values: (number | null)[]): (number | null)[] =>
    values.map((value, run) => ((series.startedAt[run] ?? newest) <= newest - newestDays * dayMs ? value : null));
  return {
    ...series,
    durationMs: kept(series.durationMs),
    sizeBytes: kept(series.sizeBytes),
    addedBytes: kept(series.addedBytes),
  };
}

function open(newestDays: number): Promise<OpenReportPage> {
  return openReportPage(browser.context, {
    view: {
      wording: { language: 'en', zone: 'UTC', templates: {} },
      report,
      maxRisk: 0.5,
      analyzing: false,
      progress: null,
      error: null,
    },
    seriesOf: (job) => seriesWithout(job, newestDays),
    whatIf: sample.whatIf,
    configChanges: () => [],
  });
}

test('a job of which no run has a figure says so, and offers no choice of time', async () => {
  const { page, complaints } = await open(Infinity);
  await page.getByText('No finished run tells how long it took or how much it stored.').waitFor();
  assert.equal(await page.getByText('1 month').isVisible(), false);
  assert.deepEqual(complaints, []);
  await page.close();
});

test('a time in which no run has a figure is named as such, and another can be chosen', async () => {
  const { page, complaints } = await open(60);
  await page.locator('#chart-duration').waitFor();
  assert.ok(await page.getByText('1 month').isVisible());
  await page.locator('[data-key="range-month"]').check({ force: true });
  await page.getByText('In this time no finished run tells how long it took or how much it stored.').waitFor();
  assert.equal(await page.locator('#chart-duration').count(), 0);
  await page.locator('[data-key="range-all"]').check({ force: true });
  await page.locator('#chart-duration').waitFor();
  assert.deepEqual(complaints, []);
  await page.close();
});
