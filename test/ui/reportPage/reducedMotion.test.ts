/** The one thing that moves by itself in the report, and who does not want it to. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { openBrowser, type OpenBrowser } from '../../workbench/browser.ts';
import { openReportPage } from './openReportPage.ts';
import { makeSampleReport } from './sampleReport.ts';

const sample = makeSampleReport(7);

let browser: OpenBrowser;
before(async () => {
  browser = await openBrowser();
});
after(() => browser.close());

test('nothing moves for whom the system or VS Code says so', async () => {
  const { page, peer } = await openReportPage(browser.context, {
    view: {
      wording: { language: 'en', zone: 'UTC', templates: {} },
      report: sample.report,
      maxRisk: 0.5,
      analyzing: false,
      progress: null,
      error: null,
    },
    seriesOf: sample.seriesOf,
    whatIf: sample.whatIf,
    configChanges: () => [],
  });
  await page.locator('#chart-duration').waitFor();
  await peer.call('status', { analyzing: true, progress: null, error: null });
  /** What moves or would move: elements by their class or name. */
  const moving = (): Promise<string[]> =>
    page.evaluate(() =>
      [...document.querySelectorAll('*')]
        .filter((element) => {
          const { animationName, transitionDuration, scrollBehavior } = getComputedStyle(element);
          const changes = transitionDuration.split(',').some((seconds) => parseFloat(seconds) > 0);
          return animationName !== 'none' || changes || scrollBehavior === 'smooth';
        })
        .map((element) => element.tagName.toLowerCase()),
    );
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  assert.deepEqual(await moving(), ['progress']);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  assert.deepEqual(await moving(), []);
  await page.emulateMedia({ reducedMotion: 'no-preference' });
  await page.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
  assert.deepEqual(await moving(), []);
});
