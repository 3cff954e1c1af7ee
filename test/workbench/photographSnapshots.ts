import { execFileSync } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import type { Workbench } from './openWorkbench.ts';
import { answerInput, pickEntry, runCommand, statusBarItems, toasts } from './page.ts';
import {
  beginUnlocking,
  chooseFromMenu,
  comparedLines,
  editValue,
  loseKeys,
  openFile,
  openSnapshotsView,
  recoveryPassphrase,
  setUpRecovery,
  snapshotRows,
  snapshotsPane,
  takeFirstSnapshots,
} from './snapshotSteps.ts';

type TakePicture = (step: string) => Promise<void>;

/** Goes through what a person does with snapshots, from the first on, and calls `takePicture` at each step. */
export async function photographSnapshots(workbench: Workbench, takePicture: TakePicture): Promise<void> {
  const { page } = workbench;
  const picture: TakePicture = async (step) => {
    await delay(1500); // decorations, and what fades in
    await takePicture(`snapshots-${step}`);
  };
  await openSnapshotsView(page);
  await clear(page);
  await snapshotsPane(page).getByRole('button', { name: 'Snapshot Listed Files' }).last().waitFor({ timeout: 60_000 });
  await picture('first');
  await takeFirstSnapshots(page);
  await toasts(page, /recovery passphrase/i).waitFor({ timeout: 30_000 });
  await picture('taken');
  await photographRestore(page, picture);
  await photographValues(page, picture);
  await photographProblems(workbench, picture);
  await photographDrop(page, picture);
  await photographRecovery(workbench, picture);
}

/** Snapshot, edit, comparison, restore. */
async function photographRestore(page: Page, picture: TakePicture): Promise<void> {
  await openFile(page, '.env');
  await editValue(page, 'APP_API_KEY', '"ak_live_8mK2sWd4YbNc"');
  await clear(page);
  await snapshotRows(page, '.env').click();
  await page.keyboard.press('ArrowRight');
  await snapshotRows(page, '.env').locator('[class*="itemBadge"]').waitFor();
  await picture('tree');
  await snapshotRows(page, 'secrets: 5').click();
  await page.locator('.view-lines', { hasText: '••••••••' }).first().waitFor();
  await picture('preview');
  await chooseFromMenu(page, snapshotRows(page, '.env').first(), 'Compare with Current');
  await comparedLines(page, 'modified')
    .getByText(/secret.changed/)
    .waitFor();
  await picture('comparison');
  await chooseFromMenu(page, snapshotRows(page, 'secrets: 5'), 'Restore Snapshot');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Back to Where It Was' }).waitFor();
  await picture('restore-where');
  await pickEntry(page, 'Back to Where It Was');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Replace the File' }).waitFor();
  await picture('restore');
  await pickEntry(page, 'Replace the File');
  await statusBarItems(page, /is again as of/).waitFor();
  await picture('restored');
}

/** Two snapshots compared, the history of a key, a value revealed, a snapshot pinned, one deleted. */
async function photographValues(page: Page, picture: TakePicture): Promise<void> {
  await clear(page);
  await snapshotRows(page, 'secrets: 5').nth(1).waitFor();
  await runCommand(page, 'Backup Foresight: Compare Two Snapshots');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'nginx.conf' }).waitFor();
  await picture('compare-two-which');
  await pickEntry(page, '.env');
  for (let side = 0; side < 2; side++) await pickEntry(page, 'secrets: 5');
  await comparedLines(page, 'modified')
    .getByText(/secret.changed/)
    .waitFor();
  await picture('compare-two');
  await clear(page);
  await chooseFromMenu(page, snapshotRows(page, '.env').first(), 'Show History of Key');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'APP_API_KEY' }).waitFor();
  await picture('history-which');
  await pickEntry(page, 'APP_API_KEY');
  await page.locator('.quick-input-title', { hasText: 'APP_API_KEY' }).waitFor();
  await picture('history');
  await page.keyboard.press('Escape');
  await chooseFromMenu(page, snapshotRows(page, 'secrets: 5').first(), 'Reveal Value');
  await pickEntry(page, 'APP_API_KEY');
  await statusBarItems(page, /is in the clipboard/).waitFor();
  await chooseFromMenu(page, snapshotRows(page, 'secrets: 5').nth(1), 'Pin Snapshot');
  await snapshotsPane(page).locator('[role="treeitem"][aria-label*="pinned"]').waitFor();
  await picture('revealed-and-pinned');
  await chooseFromMenu(page, snapshotRows(page, 'secrets: 5').first(), 'Delete Snapshot');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Delete the Snapshot' }).waitFor();
  await picture('delete');
  await page.keyboard.press('Escape');
  await snapshotRows(page, 'secrets: 5').first().click({ button: 'right' });
  await page.locator('.monaco-menu').waitFor();
  await picture('menu');
  await page.keyboard.press('Escape');
}

/** What is found in a configuration file that git tracks, and its quick fix. */
async function photographProblems({ page, workspace }: Workbench, picture: TakePicture): Promise<void> {
  for (const args of [
    ['init', '-q'],
    ['add', 'config'],
  ])
    execFileSync('git', ['-C', workspace, ...args]);
  await openFile(page, '.env');
  await editValue(page, 'APP_NAME', 'weekly-backup');
  await runCommand(page, 'Problems: Focus on Problems View');
  await page.locator('.part.panel input[placeholder^="Filter"]').fill('.env');
  await page
    .locator('.markers-panel')
    .getByText(/Git tracks this file/)
    .waitFor({ timeout: 30_000 });
  await picture('problems');
  await page.locator('.monaco-editor .view-line').first().click();
  await page.keyboard.press('Control+.');
  await page.locator('.action-widget', { hasText: 'Quick Fix' }).waitFor();
  await picture('quick-fix');
  await page.keyboard.press('Escape');
  await runCommand(page, 'View: Toggle Panel Visibility');
}

/** A file that is dragged onto the view: over it, and kept. */
async function photographDrop(page: Page, picture: TakePicture): Promise<void> {
  await clear(page);
  await openFile(page, 'README.md');
  await page.locator('.tab[data-resource-name="README.md"]').hover();
  await page.mouse.down();
  const body = snapshotsPane(page).locator('.pane-body');
  // The first movement only begins the drag.
  for (const steps of [5, 10]) await body.hover({ position: { x: 120, y: 300 + steps } });
  await picture('drag');
  await page.mouse.up();
  await snapshotRows(page, 'README.md').waitFor({ timeout: 30_000 });
  await picture('dropped');
}

/** The recovery passphrase, a key that is lost and comes back, and one that is lost for good. */
async function photographRecovery(workbench: Workbench, picture: TakePicture): Promise<void> {
  const { page } = workbench;
  await clear(page);
  await runCommand(page, 'Backup Foresight: Set Up Recovery');
  await page.locator('.quick-input-title', { hasText: '(1/2)' }).waitFor();
  await picture('recovery');
  await answerInput(page, 'too short');
  await picture('recovery-weak');
  await page.keyboard.press('Escape');
  await setUpRecovery(page);
  await snapshotsPane(page).getByText('No recovery passphrase is set up').waitFor({ state: 'hidden', timeout: 60_000 });
  await picture('recovery-done');
  await loseKeys(page);
  await workbench.reload();
  await snapshotsPane(page).getByRole('button', { name: 'Unlock Snapshots' }).waitFor({ timeout: 60_000 });
  await picture('locked');
  await beginUnlocking(page);
  await picture('unlock');
  await answerInput(page, 'four words and a third');
  await toasts(page, 'The passphrase is wrong.').waitFor({ timeout: 60_000 });
  await picture('passphrase-wrong');
  await beginUnlocking(page);
  await answerInput(page, recoveryPassphrase);
  await snapshotRows(page, '.env').first().waitFor({ timeout: 60_000 });
  await runCommand(page, 'Backup Foresight: Rotate Key');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Rotate the Key' }).waitFor();
  await picture('rotate');
  // Under a new key there is no recovery passphrase, and a key that is lost is lost for good.
  await pickEntry(page, 'Rotate the Key');
  await snapshotsPane(page)
    .getByText(/recovery passphrase/i)
    .first()
    .waitFor({ timeout: 60_000 });
  await loseKeys(page);
  await workbench.reload();
  await snapshotsPane(page).getByText('their key is not on this machine').waitFor({ timeout: 60_000 });
  await picture('key-lost');
}

/** What a window shows that has no folder, that nobody trusts, or whose store cannot be written to. */
export async function photographState(
  { page }: Workbench,
  state: 'noFolder' | 'restricted' | 'readOnly',
  takePicture: TakePicture,
): Promise<void> {
  await openSnapshotsView(page);
  await clear(page);
  if (state === 'noFolder') {
    await snapshotsPane(page).getByRole('button', { name: 'Snapshot Listed Files' }).last().click();
    await toasts(page, /No file is listed/).waitFor({ timeout: 30_000 });
  } else {
    await snapshotRows(page, 'shop.env').waitFor({ timeout: 60_000 });
    await snapshotRows(page, 'shop.env').click();
    await page.keyboard.press('ArrowRight');
    await snapshotRows(page, 'secrets: 1').click();
    await page.locator('.view-lines', { hasText: '••••••••' }).waitFor({ timeout: 30_000 });
  }
  if (state === 'readOnly') {
    await runCommand(page, 'Backup Foresight: Snapshot Listed Files');
    await toasts(page, /permission|cannot be written/)
      .first()
      .waitFor({ timeout: 30_000 });
  }
  if (state === 'restricted') await snapshotRows(page, 'secrets: 1').click({ button: 'right' });
  await delay(1500);
  await takePicture(`snapshots-${state}`);
}

/** Closes what lies over the window and beside it. */
async function clear(page: Page): Promise<void> {
  await runCommand(page, 'View: Close All Editors');
  await runCommand(page, 'Notifications: Clear All Notifications');
}
