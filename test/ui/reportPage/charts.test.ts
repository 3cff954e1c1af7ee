/** The charts of a job, their tables, and the way from a point to the log. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JobSeries } from '../../../src/backups/report.ts';
import { makeLongSeries } from './sampleReport.ts';
import { asked, risky, sample, slider, tableToggle, waitForCharts, weekly, withPage } from './withPage.ts';

test('a chart, its table and the series tell the same', async () => {
  await withPage(
    async ({ page }) => {
      const series = sample.seriesOf(weekly);
      const timed = series.startedAt.flatMap((at, run) => (at === null ? [] : [run]));
      await waitForCharts(page);
      await tableToggle(page, 'duration').click();
      const rows = await page.locator('#table-duration tbody tr').evaluateAll((found) =>
        found.map((row) => ({
          cells: [...row.querySelectorAll('td')].slice(0, 3).map((cell) => cell.innerText),
          values: [...row.querySelectorAll('data')].slice(0, 2).map((data) => Number(data.value)),
        })),
      );
      rows.reverse(); // the table has the newest first
      const values = timed.map((run) => [series.startedAt[run], series.durationMs[run]]);
      assert.deepEqual(
        rows.map((row) => row.values),
        values,
      );

      const chart = slider(page, 'Duration');
      await chart.focus();
      await page.keyboard.press('Home');
      for (const { cells } of rows) {
        const [time, outcome, value] = cells;
        const said = await chart.getAttribute('aria-valuetext');
        assert.ok(said?.startsWith(`${time!}, ${outcome!.trim()}, ${value!}`), `${said} is not ${cells.join(', ')}`);
        await page.keyboard.press('ArrowRight');
      }
      assert.equal(await chart.getAttribute('aria-valuemax'), String(rows.length));
    },
    { job: weekly },
  );
});

test('a click on a point opens the log at the run under the pointer', async () => {
  await withPage(
    async ({ page, opened }) => {
      const series = sample.seriesOf(weekly);
      await waitForCharts(page);
      const chart = slider(page, 'Duration');
      await chart.scrollIntoViewIfNeeded();
      const box = (await chart.boundingBox())!;
      for (
        let x = box.width / 2;
        x < box.width - 10 && !(await chart.getAttribute('class'))?.includes('pointed');
        x += 5
      )
        for (let y = 10; y < box.height && !(await chart.getAttribute('class'))?.includes('pointed'); y += 20)
          await page.mouse.move(box.x + x, box.y + y);
      const run = Number(await chart.getAttribute('aria-valuenow')) - 1;
      await page.mouse.down();
      await page.mouse.up();
      await page.waitForTimeout(50);
      assert.deepEqual(await asked(opened, 1), [{ path: series.paths[0]!, line: series.line[run]! }]);
    },
    { job: weekly },
  );
});

test('the hours of the week lead to the log, by arrow keys too', async () => {
  await withPage(
    async ({ page, opened }) => {
      await waitForCharts(page);
      const hours = page.locator('.week-hour');
      assert.ok((await hours.count()) > 7);
      await page.locator('.week-hour[tabindex="0"]').focus();
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Enter');
      const label = await page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
      assert.match(label, /^Tuesday 0\d:00: /);
      const series = sample.seriesOf(risky);
      const run = series.line.indexOf((await asked(opened, 1))[0]!.line);
      assert.equal(new Date(series.startedAt[run]! + 3_600_000).getUTCDay(), 2);
    },
    { job: risky },
  );
});

test('skipped lines lead to the first of them', async () => {
  await withPage(async ({ page, opened }) => {
    const source = sample.report.sources.find(({ firstSkippedLine }) => firstSkippedLine !== null)!;
    await page
      .locator('.sources')
      .getByRole('button', { name: String(source.skippedLines), exact: true })
      .click();
    await page.waitForTimeout(50);
    assert.deepEqual(await asked(opened, 1), [{ path: source.path, line: source.firstSkippedLine }]);
  });
});

test('a series that cannot be fetched is said, and the rest of the job stays', async () => {
  const seriesOf = (): JobSeries => {
    throw new Error('no such job any more');
  };
  await withPage(
    async ({ page }) => {
      assert.match(await page.getByRole('alert').innerText(), /no such job any more/);
      assert.ok(await page.locator('.verdict').isVisible());
    },
    { seriesOf },
  );
});

test('100,000 runs make a small page', async () => {
  const long = makeLongSeries(100_000, 5);
  await withPage(
    async ({ page }) => {
      await waitForCharts(page);
      await tableToggle(page, 'duration').click();
      assert.equal(await page.locator('#table-duration tbody tr').count(), 100);
      await page
        .locator('#table-duration')
        .getByRole('button', { name: /^Show 100 more/ })
        .click();
      assert.equal(await page.locator('#table-duration tbody tr').count(), 200);
      const points = Number(await slider(page, 'Duration').getAttribute('aria-valuemax'));
      assert.ok(points > 500 && points < 6000, `${points} points`);
      const elements = await page.evaluate(() => document.querySelectorAll('*').length);
      assert.ok(elements < 6000, `${elements} elements`);
    },
    { seriesOf: () => long },
  );
});
