import { setTimeout as delay } from 'node:timers/promises';
import type { Workbench } from './openWorkbench.ts';
import { pickEntry, runCommand } from './page.ts';
import {
  chooseFromMenu,
  comparedLines,
  editValue,
  openFile,
  openSnapshotsView,
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
}
