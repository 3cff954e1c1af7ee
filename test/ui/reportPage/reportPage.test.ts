import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import axe from 'axe-core';
import type { Locator, Page } from 'playwright-core';
import type { JobSeries } from '../../../src/backups/report.ts';
import type { ConfigChange } from '../../../src/protocol/configChange.ts';
import { reportDocument } from '../../../src/exports/reportDocument.ts';
import { reportOverview } from '../../../src/protocol/reportOverview.ts';
import { openBrowser, type OpenBrowser } from '../../workbench/browser.ts';
import { projectRoot } from '../../workbench/projectRoot.ts';
import { openReportPage, themeNames, type OpenReportPage, type ReportPageOptions } from './openReportPage.ts';
import { makeLongSeries, makeSampleReport } from './sampleReport.ts';

const pictures = path.join(projectRoot, 'artifacts/report');
const sample = makeSampleReport(7);
const view: ReportPageOptions['view'] = {
  wording: { language: 'en', zone: 'Europe/Madrid', templates: {} },
  report: sample.report,
  maxRisk: 0.5,
  analyzing: false,
  progress: null,
  error: null,
};
const risky = 'restic web1 /srv/www';
const weekly = 'accounting-export';

const configChanges: ConfigChange[] = [
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

let browser: OpenBrowser;
before(async () => {
  mkdirSync(pictures, { recursive: true });
  browser = await openBrowser({ viewport: { width: 1280, height: 900 } });
});
after(() => browser.close());

/** Opens the page, does something with it, and closes it; whatever the page complained about fails the test. */
async function withPage(
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
async function asked<T>(requests: readonly T[], count: number): Promise<readonly T[]> {
  for (let waits = 0; requests.length < count && waits < 400; waits++) await delay(50);
  return requests;
}

const heading = (page: Page): Locator => page.locator('#job-heading');
/** Waits for a job in depth: it is fetched. */
const shows = (page: Page, job: string): Promise<void> => heading(page).filter({ hasText: job }).waitFor();
const jobName = (page: Page, job: string): Locator => page.locator(`[data-key="job-${job}"]`);
const slider = (page: Page, chart: string): Locator =>
  page.locator('figure').getByRole('slider', { name: chart, exact: true });
const tableToggle = (page: Page, chart: string): Locator => page.locator(`[data-key="toggle-${chart}"]`);
const focusedKey = (page: Page): Promise<string | null> =>
  page.evaluate(() => document.activeElement?.getAttribute('data-key') ?? null);

async function waitForCharts(page: Page): Promise<void> {
  await page.locator('.calendar').waitFor();
}

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
