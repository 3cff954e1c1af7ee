import { setTimeout as delay } from 'node:timers/promises';
import type { Workbench } from './openWorkbench.ts';
import { answerInput, pickEntry, runCommand } from './page.ts';
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

/**
 * Goes through what a person does with snapshots, from the first on, and calls `takePicture` at each step.
 */
export async function photographSnapshots(
  workbench: Workbench,
  takePicture: (step: string) => Promise<void>,
): Promise<void> {
  const { page } = workbench;
  const settle = (): Promise<void> => delay(1500); // decorations, and what fades in
  const picture = async (step: string): Promise<void> => {
    await settle();
    await takePicture(`snapshots-${step}`);
  };
  await openSnapshotsView(page);
  await runCommand(page, 'Notifications: Clear All Notifications');
  await snapshotsPane(page).getByRole('button', { name: 'Snapshot Listed Files' }).last().waitFor({ timeout: 60_000 });
  await picture('first');
  await takeFirstSnapshots(page);
  await openFile(page, '.env');
  await editValue(page, 'APP_API_KEY', '"ak_live_8mK2sWd4YbNc"');
  await runCommand(page, 'View: Close All Editors');
  await runCommand(page, 'Notifications: Clear All Notifications');
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
  await chooseFromMenu(page, snapshotRows(page, '.env').first(), 'Show History of Key');
  await pickEntry(page, 'APP_API_KEY');
  await page.locator('.quick-input-title', { hasText: 'APP_API_KEY' }).waitFor();
  await picture('history');
  await page.keyboard.press('Escape');
  await chooseFromMenu(page, snapshotRows(page, 'secrets: 5'), 'Restore Snapshot');
  await pickEntry(page, 'Back to Where It Was');
  await page.locator('.quick-input-widget .monaco-list-row', { hasText: 'Replace the File' }).waitFor();
  await picture('restore');
  await page.keyboard.press('Escape');
  await runCommand(page, 'Backup Foresight: Set Up Recovery');
  await page.locator('.quick-input-title', { hasText: '(1/2)' }).waitFor();
  await picture('recovery');
  await page.keyboard.press('Escape');
  await setUpRecovery(page);
  await snapshotsPane(page).getByText('No recovery passphrase is set up').waitFor({ state: 'hidden', timeout: 60_000 });
  await loseKeys(page);
  await workbench.reload();
  await snapshotsPane(page).getByRole('button', { name: 'Unlock Snapshots' }).waitFor({ timeout: 60_000 });
  await picture('locked');
  await beginUnlocking(page);
  await picture('unlock');
  await answerInput(page, recoveryPassphrase);
  await snapshotRows(page, '.env').first().waitFor({ timeout: 60_000 });
  // Under a new key there is no recovery passphrase, and a key that is lost is lost for good.
  await runCommand(page, 'Backup Foresight: Rotate Key');
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
