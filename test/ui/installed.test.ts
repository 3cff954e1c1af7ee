/** The packaged extension in a clean VS Code, looked at as a person looks at it. */
import assert from 'node:assert/strict';
import { globSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { keepPictureOfFailure } from '../workbench/keepPictureOfFailure.ts';
import { openWorkbench, type Workbench } from '../workbench/openWorkbench.ts';
import { openView, runCommand, statusBarItems, treeRows, webviewFrame } from '../workbench/page.ts';

/** As the README of the sample workspace names them. */
const sampleJobs = ['web', 'db', 'home', 'photos', 'mail', 'laptop', 'warehouse'];

let workbench: Workbench;
before(async () => {
  workbench = await openWorkbench();
});
after(() => workbench.close());
keepPictureOfFailure(() => workbench);

test('what is installed is what the package should hold', () => {
  const installed = globSync('backup-foresight.backup-foresight-*/dist/**', { cwd: workbench.extensions })
    .map((file) => file.split('/').slice(1).join('/'))
    .filter((file) => file.includes('.'));
  assert.deepEqual(installed.sort(), [
    'dist/cli.js',
    'dist/extension.cjs',
    'dist/report.css',
    'dist/report.js',
    'dist/seal.cjs',
    'dist/study.cjs',
    'dist/vault.cjs',
    'dist/worker.cjs',
  ]);
});

test('its view shows every backup job of the workspace', async () => {
  await openView(workbench.page, 'Backup Foresight');
  for (const job of sampleJobs)
    await treeRows(workbench.page).filter({ hasText: job }).first().waitFor({ timeout: 60_000 });
});

test('a job opens to say more', async () => {
  const rows = treeRows(workbench.page);
  const before = await rows.count();
  await rows.first().click();
  await workbench.page.keyboard.press('ArrowRight');
  await rows.nth(before).waitFor();
});

test('the status bar tells how many jobs are at risk', async () => {
  await statusBarItems(workbench.page, /at risk/).waitFor();
});

test('the report shows every job', async () => {
  await runCommand(workbench.page, 'Backup Foresight: Show Risk Report');
  const report = webviewFrame(workbench.page).locator('body');
  for (const job of sampleJobs) await report.getByText(job).first().waitFor({ timeout: 30_000 });
});
