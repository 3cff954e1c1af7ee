/** What a person sees of alerts, of findings in files and of the first steps, in the packaged extension. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { writeSampleWorkspace } from '../../src/vscode/samples/writeSampleWorkspace.ts';
import { keepPictureOfFailure } from '../workbench/keepPictureOfFailure.ts';
import { openWorkbench, type Workbench } from '../workbench/openWorkbench.ts';
import { openView, pickEntry, runCommand, statusBarItems, toasts } from '../workbench/page.ts';
import { projectRoot } from '../workbench/projectRoot.ts';
import { makeTemporaryFolder } from '../workbench/temporaryFolder.ts';

let workbench: Workbench;
before(async () => {
  const workspace = await writeSampleWorkspace(projectRoot, makeTemporaryFolder('alerts'), Date.now());
  mkdirSync(path.join(workspace, 'cron.d'));
  const line = '30 12 * * 1-5 eva restic backup /home/eva >> /var/log/restic-laptop.log 2>&1';
  writeFileSync(path.join(workspace, 'cron.d', 'backup'), `# weekdays at noon\n${line}\n`);
  workbench = await openWorkbench({ workspace });
});
after(() => workbench.close());
keepPictureOfFailure(() => workbench);

test('jobs that need attention are told of in one notification', async () => {
  await openView(workbench.page, 'Backup Foresight');
  await toasts(workbench.page, /need attention/).waitFor({ timeout: 60_000 });
  assert.equal(await toasts(workbench.page, /./).count(), 1);
  await workbench.takePicture('alert');
});

test('and after a reload not again', async () => {
  await workbench.reload();
  await statusBarItems(workbench.page, /at risk/).waitFor({ timeout: 60_000 });
  await delay(3000); // a notification follows the status bar at once
  assert.equal(await toasts(workbench.page, /need attention/).count(), 0);
});

test('the risk stands above the definition, with a problem beneath it', async () => {
  const { page } = workbench;
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget .quick-input-box input').fill('cron.d/backup');
  await pickEntry(page, 'backup');
  await page.locator('.codelens-decoration', { hasText: /restic-laptop: .*risk/ }).waitFor({ timeout: 30_000 });
  await page.locator('.squiggly-warning').first().waitFor({ timeout: 30_000 });
  await page.getByText('eva restic backup').first().hover();
  await page.locator('.monaco-hover', { hasText: 'Risk of failure' }).waitFor({ timeout: 30_000 });
  await workbench.takePicture('definition');
});

test('the walkthrough leads from the logs to recovery', async () => {
  const { page } = workbench;
  await page.setViewportSize({ width: 1600, height: 900 }); // pictures need room beside the steps
  await runCommand(page, 'Welcome: Open Walkthrough...');
  await pickEntry(page, 'Get Started with Backup Foresight');
  const steps = page.locator('.getting-started-step');
  await steps.first().waitFor({ timeout: 30_000 });
  assert.equal(await steps.count(), 5);
  for (const title of ['Find your backup logs', 'Read the risk report', 'Set up recovery']) {
    await steps.filter({ hasText: title }).first().click();
    await delay(700); // the picture follows
    await workbench.takePicture(`walkthrough-${title.toLowerCase().replaceAll(' ', '-')}`);
  }
});
