/** The report page of a sample report in a browser, and the parts of it that tests touch. */
import assert from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { after, before } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import type { Locator, Page } from 'playwright-core';
import type { JobSeries } from '../../../src/backups/report.ts';
import type { ConfigChange } from '../../../src/protocol/configChange.ts';
import { openBrowser, type OpenBrowser } from '../../workbench/browser.ts';
import { projectRoot } from '../../workbench/projectRoot.ts';
import { openReportPage, type OpenReportPage, type ReportPageOptions } from './openReportPage.ts';
import { makeSampleReport } from './sampleReport.ts';

export const pictures = path.join(projectRoot, 'artifacts/report');
export const sample = makeSampleReport(7);
export const view: ReportPageOptions['view'] = {
  wording: { language: 'en', zone: 'Europe/Madrid', templates: {} },
  report: sample.report,
  maxRisk: 0.5,
  analyzing: false,
  progress: null,
  error: null,
};
export const risky = 'restic web1 /srv/www';
export const weekly = 'accounting-export';

export const configChanges: ConfigChange[] = [
  {
    type: 'file',
    config: '/srv/shop/config/app.yaml',
    key: 'db.host',
    change: 'changed',
    isSecret: false,
    seenAt: Date.UTC(2026, 10, 22, 17, 40),
  },
  {
    type: 'env',
    config: 'BACKUP_',
    key: 'BACKUP_PASSWORD',
    change: 'changed',
    isSecret: true,
    seenAt: Date.UTC(2026, 10, 22, 18, 5),
  },
];

export let browser: OpenBrowser;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await openBrowser({ viewport: { width: 1280, height: 900 } });
});
after(() => browser.close());

/** Opens the page, does something with it, and closes it; whatever the page complained about fails the test. */
export async function withPage(
  use: (opened: OpenReportPage) => Promise<void>,
  options: { view?: ReportPageOptions['view']; seriesOf?: (job: string) => JobSeries; job?: string } = {},
): Promise<void> {
  const opened = await openReportPage(browser.context, {
    view: options.view ?? view,
    seriesOf: options.seriesOf ?? sample.seriesOf,
    whatIf: sample.whatIf,
    configChanges: (job) => (job === risky ? configChanges : []),
  });
  try {
    if (options.job !== undefined) {
      await opened.peer.call('selectJob', options.job);
      await shows(opened.page, options.job);
    }
    await use(opened);
    assert.deepEqual(opened.complaints, []);
  } finally {
    await opened.page.close();
  }
}

/** What the page has asked of its host, once that are so many: a message comes a while after its key or click. */
export async function asked<T>(requests: readonly T[], count: number): Promise<readonly T[]> {
  for (let waits = 0; requests.length < count && waits < 400; waits++) await delay(50);
  return requests;
}

export const heading = (page: Page): Locator => page.locator('#job-heading');
/** Waits for a job in depth: it is fetched. */
export const shows = (page: Page, job: string): Promise<void> => heading(page).filter({ hasText: job }).waitFor();
export const jobName = (page: Page, job: string): Locator => page.locator(`[data-key="job-${job}"]`);
export const slider = (page: Page, chart: string): Locator =>
  page.locator('figure').getByRole('slider', { name: chart, exact: true });
export const tableToggle = (page: Page, chart: string): Locator => page.locator(`[data-key="toggle-${chart}"]`);
export async function waitForCharts(page: Page): Promise<void> {
  await page.locator('.calendar').waitFor();
}
