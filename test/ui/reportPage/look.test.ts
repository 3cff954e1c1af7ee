/** How the page looks: in every theme and width, and to those who see it otherwise. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { test } from 'node:test';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { themeNames } from './openReportPage.ts';
import { pictures, risky, shows, waitForCharts, weekly, withPage } from './withPage.ts';

/** What axe-core finds against; `rules` limits it, for what depends on colors alone. */
async function violations(page: Page, rules?: string[]): Promise<string[]> {
  const found = await page.evaluate(
    (runOnly) => (globalThis as unknown as { axe: typeof axe }).axe.run(runOnly ? { runOnly } : {}),
    rules,
  );
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

test('there is no accessibility violation, with every table open and in every theme', async () => {
  await withPage(async ({ page, peer, setTheme }) => {
    await page.evaluate(axe.source);
    for (const job of [risky, weekly]) {
      await peer.call('selectJob', job);
      await shows(page, job);
      await waitForCharts(page);
      // With the tables of the job that has few runs: axe takes its time with each cell.
      if (job === weekly) for (const toggle of await page.locator('.table-toggle').all()) await toggle.click();
      assert.deepEqual(await violations(page), [], job);
      for (const theme of themeNames) {
        await setTheme(theme);
        assert.deepEqual(await violations(page, ['color-contrast']), [], `${job} in ${theme}`);
      }
    }
  });
});

test('the page is drawn in every theme and width, and nothing sticks out at the side', async () => {
  await withPage(
    async ({ page, setTheme }) => {
      await waitForCharts(page);
      for (const [theme, width] of [
        ...themeNames.map((name) => [name, 1280] as const),
        ['Dark Modern', 360] as const,
      ]) {
        await setTheme(theme);
        await page.setViewportSize({ width, height: 900 });
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        assert.equal(overflow, 0, `${theme} at ${width} px`);
        await page.screenshot({
          path: path.join(pictures, `${theme}-${width}.png`.replaceAll(' ', '-')),
          fullPage: true,
        });
      }
    },
    { job: risky },
  );
});

test('the end can be scrolled clear of the notifications that VS Code shows over it', async () => {
  await withPage(async ({ page }) => {
    await waitForCharts(page);
    for (const width of [1280, 360]) {
      await page.setViewportSize({ width, height: 800 });
      const free = await page.evaluate(() => {
        window.scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' });
        const bottoms = [...document.querySelectorAll('main *')].map((one) => one.getBoundingClientRect().bottom);
        return window.innerHeight - Math.max(...bottoms);
      });
      // Three notifications with buttons, as many as VS Code shows at once, are about as high.
      assert.ok(free >= 320, `${free} px at ${width} px`);
    }
  });
});

test('charts take the colors of a new theme at once', async () => {
  await withPage(
    async ({ page, setTheme }) => {
      await waitForCharts(page);
      const chart = page.locator('.chart canvas').first();
      await chart.scrollIntoViewIfNeeded();
      const picture = (): Promise<string> => chart.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL());
      const dark = await picture();
      await setTheme('Default High Contrast Light');
      await page.waitForTimeout(100);
      assert.notEqual(await picture(), dark);
    },
    { job: risky },
  );
});
