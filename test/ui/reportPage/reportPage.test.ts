/** What the page shows of a report, and what it asks of its host. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { reportOverview } from '../../../src/protocol/reportOverview.ts';
import {
  asked,
  configChanges,
  heading,
  jobName,
  risky,
  sample,
  shows,
  slider,
  tableToggle,
  view,
  waitForCharts,
  weekly,
  withPage,
} from './withPage.ts';

const focusedKey = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-key') ?? null);

test('the first thing shown is the job with the highest risk, and the tree can turn to another', async () => {
  await withPage(async ({ page, peer }) => {
    await shows(page, sample.report.jobs[0]!.id);
    await peer.call('selectJob', weekly);
    await shows(page, weekly);
    assert.equal(await jobName(page, weekly).getAttribute('aria-current'), 'true');
    await peer.call('selectJob', 'no such job');
    assert.equal(await heading(page).textContent(), weekly);
  });
});

test('everything can be reached and used with the keyboard', async () => {
  await withPage(async ({ page, opened }) => {
    await waitForCharts(page);
    await page.locator('[data-key="sort-job"]').focus();
    await page.keyboard.press('Enter');
    const names = await page.locator('.job-name').allTextContents();
    assert.deepEqual(
      names,
      names.toSorted((a, b) => a.localeCompare(b)),
    );
    assert.equal(await page.locator('th[aria-sort="ascending"]').textContent(), 'Job');

    await jobName(page, names[0]!).focus();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await shows(page, names[1]!);
    assert.equal(await focusedKey(page), `job-${names[1]!}`);

    await waitForCharts(page);
    await slider(page, 'Duration').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('Enter');
    const series = sample.seriesOf(names[1]!);
    assert.deepEqual(await asked(opened, 1), [{ path: series.paths[0]!, line: series.line[1]! }]);

    await tableToggle(page, 'duration').focus();
    await page.keyboard.press('Space');
    assert.equal(await tableToggle(page, 'duration').getAttribute('aria-expanded'), 'true');
    await page.keyboard.press('Tab'); // the next stop is the chart, then the first line of its table
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    assert.deepEqual((await asked(opened, 2)).at(-1), { path: series.paths[0]!, line: series.line.at(-1)! });

    await page.locator('.day[tabindex="0"]').focus();
    await page.keyboard.press('Home');
    await page.keyboard.press('Enter');
    assert.deepEqual((await asked(opened, 3)).at(-1), { path: series.paths[0]!, line: series.line[0]! });
  });
});

test('what the user looked at is there again after a reload', async () => {
  await withPage(
    async ({ page }) => {
      await waitForCharts(page);
      await page.locator('[data-key="sort-lastRun"]').click();
      await page.locator('[data-key="range-quarter"]').check({ force: true });
      await tableToggle(page, 'size').click();
      await page.evaluate(() => window.scrollTo(0, 700));
      await page.waitForTimeout(400);
      await page.reload();
      await waitForCharts(page);
      assert.equal(await heading(page).textContent(), risky);
      assert.equal(await page.locator('th[aria-sort="descending"]').textContent(), 'Last run');
      assert.ok(await page.locator('[data-key="range-quarter"]').isChecked());
      assert.equal(
        await page.locator('#table-size tbody tr').count(),
        sample
          .seriesOf(risky)
          .startedAt.filter(
            (at) => at! >= sample.report.jobs.find(({ id }) => id === risky)!.lastRun.startedAt! - 92 * 86_400_000,
          ).length,
      );
      assert.ok(Math.abs((await page.evaluate(() => window.scrollY)) - 700) < 5);
    },
    { job: risky },
  );
});

test('a new report keeps the place and the focus; progress alone redraws nothing', async () => {
  await withPage(
    async ({ page, peer }) => {
      await waitForCharts(page);
      await jobName(page, risky).focus();
      const figure = await page.locator('.chart').first().elementHandle();
      const progress = { path: '/logs/a.log', bytesRead: 512, bytesTotal: 1024 };
      await peer.call('status', { analyzing: true, progress, error: null });
      assert.match(await page.locator('.status').innerText(), /Reading \/logs\/a\.log: 512.B of 1.KiB/);
      assert.ok(await figure.evaluate((element) => element.isConnected), 'the charts were thrown away');

      const report = { ...reportOverview(sample.report), generatedAt: sample.report.generatedAt + 60_000 };
      await peer.call('show', { wording: view.wording, maxRisk: view.maxRisk, report });
      await peer.call('status', { analyzing: false, progress: null, error: null });
      await page.waitForFunction((element) => !element.isConnected, figure);
      await waitForCharts(page);
      assert.equal(await page.locator('.status').count(), 0);
      assert.equal(await heading(page).textContent(), risky);
      assert.equal(await focusedKey(page), `job-${risky}`);
    },
    { job: risky },
  );
});

test('waiting, an error and nothing found each say what is the matter and what can be done', async () => {
  await withPage(
    async ({ page, peer, commands }) => {
      const { wording, maxRisk } = view;
      await peer.call('status', { analyzing: true, progress: null, error: null });
      assert.match(await page.locator('.status').innerText(), /Analyzing/);
      assert.equal(await page.getByRole('progressbar').count(), 1);

      await peer.call('status', { analyzing: false, progress: null, error: 'The disk went away.' });
      assert.match(await page.getByRole('alert').innerText(), /The disk went away\./);
      await page.getByRole('button', { name: 'Analyze again' }).click();
      await page.getByRole('button', { name: 'Show log' }).click();

      await peer.call('status', { analyzing: false, progress: null, error: null });
      const report = reportOverview({ ...sample.report, jobs: [], sources: [] });
      await peer.call('show', { wording, maxRisk, report });
      assert.match(await page.locator('main').innerText(), /No backup runs found/);
      await page.getByRole('button', { name: 'Choose log files' }).click();
      assert.deepEqual(await asked(commands, 3), ['analyzeLogs', 'showLog', 'configureLogs']);
    },
    { view: { ...view, report: null } },
  );
});

test('a job that cannot be predicted says why, and shows the rest', async () => {
  await withPage(
    async ({ page }) => {
      await waitForCharts(page);
      const text = await page.locator('.verdict').innerText();
      assert.match(text, /The next run cannot be predicted/);
      assert.match(text, /a catalog lists only the runs that produced a backup/);
      assert.ok(await slider(page, 'Size').isVisible());
    },
    { job: 'borg photos' },
  );
});

test('what-if answers while the controls move, its reasons beside it, and is there again after a reload', async () => {
  await withPage(
    async ({ page }) => {
      await waitForCharts(page);
      const expected = sample.report.jobs.find(({ id }) => id === risky)!.prediction!.failureProbability;
      const figure = page.locator('.what-if-figure');
      const percent = (probability: number): string => `${Math.round(probability * 100)}\u00a0%`;
      assert.equal(await figure.textContent(), percent(expected));

      await page.locator('[data-key="what-if-hour"]').focus();
      for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight');
      await page.locator('[data-key="what-if-duration"]').focus();
      await page.keyboard.press('End');
      const startsAt = Date.UTC(2026, 10, 25, 7, 3);
      const usual = 54 * 60_000 + 12_000;
      const answer = sample.whatIf({ job: risky, startsAt, sizeBytes: null, durationMs: usual * 4 });
      const wanted = percent(answer.failureProbability);
      assert.notEqual(wanted, percent(expected));
      await page.waitForFunction((text) => document.querySelector('.what-if-figure')?.textContent === text, wanted);
      assert.match(await page.locator('.what-if').innerText(), /2026-11-25 08:03/);
      assert.match(await page.locator('#chart-why').locator('..').innerText(), /as it is tried/);
      assert.equal(await focusedKey(page), 'what-if-duration');

      await page.reload();
      await waitForCharts(page);
      await page.waitForFunction((text) => document.querySelector('.what-if-figure')?.textContent === text, wanted);
      await page.locator('[data-key="what-if-reset"]').click();
      assert.equal(await figure.textContent(), percent(expected));
      assert.equal(await page.locator('[data-key="what-if-reset"]').isVisible(), false);
    },
    { job: risky },
  );
});

test('what changed before a job broke stands in its report, and in no other job’s', async () => {
  await withPage(
    async ({ page, peer }) => {
      const changed = page.getByRole('heading', { name: 'Changed before it broke' });
      await changed.waitFor();
      const rows = page.getByRole('table', { name: 'Changed before it broke' }).getByRole('row');
      assert.equal(await rows.count(), 1 + configChanges.length);
      assert.match(await rows.nth(1).innerText(), /app\.yaml\s+db\.host\s+changed\s+2026-11-22/);
      assert.match(await rows.nth(2).innerText(), /BACKUP_PASSWORD\s+changed \(secret\)/);
      const other = sample.report.jobs.find(({ id }) => id !== risky)!.id;
      await peer.call('selectJob', other);
      await shows(page, other);
      await waitForCharts(page);
      assert.equal(await changed.count(), 0);
    },
    { job: risky },
  );
});
