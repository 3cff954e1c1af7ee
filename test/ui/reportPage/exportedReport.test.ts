/** A report that was written into a file of its own. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { test } from 'node:test';
import { pathToFileURL } from 'node:url';
import { reportDocument } from '../../../src/exports/reportDocument.ts';
import { reportOverview } from '../../../src/protocol/reportOverview.ts';
import { projectRoot } from '../../workbench/projectRoot.ts';
import { browser, jobName, pictures, sample, shows, view, waitForCharts, weekly } from './withPage.ts';

test('a report in a file of its own shows all, fetches nothing, and says where a log line is', async () => {
  const file = path.join(pictures, 'report.html');
  const wording = { ...view.wording, language: 'en' };
  const { jobs } = sample.report;
  writeFileSync(
    file,
    reportDocument({
      script: readFileSync(path.join(projectRoot, 'dist/report.js'), 'utf8'),
      style: readFileSync(path.join(projectRoot, 'dist/report.css'), 'utf8'),
      data: {
        view: { wording, maxRisk: 0.5, report: reportOverview(sample.report) },
        jobs: jobs.map((report) => ({ report, series: sample.seriesOf(report.id) })),
        provenance: 'Made by a test.',
      },
    }),
  );
  const page = await browser.context.newPage();
  try {
    const complaints: string[] = [];
    page.on('pageerror', (error) => complaints.push(String(error)));
    page.on('console', (line) => line.type() === 'error' && complaints.push(line.text()));
    page.on('request', (request) => request.url().startsWith('file:') || complaints.push(request.url()));
    await page.goto(pathToFileURL(file).href);
    await jobName(page, weekly).click();
    await shows(page, weekly);
    await waitForCharts(page);
    await page.locator('.day[tabindex="0"]').press('Enter');
    const series = sample.seriesOf(weekly);
    assert.equal(await page.locator('.place').textContent(), `${series.paths[0]!}, line ${series.line.at(-1)!}`);
    assert.match(await page.locator('footer').innerText(), /Made by a test\./);
    assert.equal(await page.locator('.what-if, [data-key="exportReport"]').count(), 0);
    assert.deepEqual(complaints, []);
  } finally {
    await page.close();
  }
});
