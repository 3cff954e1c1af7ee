/** What a person does with configuration snapshots in the workbench; each resolves when its result is to be seen. */
import type { Locator, Page } from 'playwright-core';
import { answerInput, openView, pickEntry, runCommand } from './page.ts';

/** The workbench's settings for them: nothing is saved, and no snapshot taken, but by the step that says so. */
export const steppedSettings = {
  'backupForesight.snapshots.onChange': false,
  // The day's snapshots are made up for whenever the window gets the focus.
  'backupForesight.snapshots.daily': false,
  'files.autoSave': 'off',
};

export const recoveryPassphrase = 'four words and a half';

/** The view "Config Snapshots". */
export const snapshotsPane = (page: Page): Locator =>
  page.locator('.part.sidebar .pane', { has: page.locator('.pane-header[aria-label^="Config Snapshots"]') });

/** The view's rows, those of its message and welcome left out. */
export const snapshotRows = (page: Page, text: string | RegExp): Locator =>
  snapshotsPane(page).locator('[role="treeitem"]', { hasText: text });

/** The lines of the editor on one side of a comparison. */
export const comparedLines = (page: Page, side: 'original' | 'modified'): Locator =>
  page.locator(`.monaco-diff-editor .editor.${side} .view-lines`);

/** Opens the view and gives it the room of the others. */
export async function openSnapshotsView(page: Page): Promise<void> {
  await openView(page, 'Backup Foresight');
  await snapshotsPane(page).waitFor({ timeout: 60_000 });
  for (const name of ['Backup Jobs', 'Log Files']) {
    const header = page.locator(`.part.sidebar .pane-header.expanded[aria-label^="${name}"]`);
    if ((await header.count()) > 0) await header.click();
  }
}

/** Takes the first snapshots of all configuration files, by the button of the empty view. */
export async function takeFirstSnapshots(page: Page): Promise<void> {
  await snapshotsPane(page).getByRole('button', { name: 'Snapshot Listed Files' }).last().click();
  await snapshotRows(page, '.env').waitFor({ timeout: 60_000 });
}

/** Opens a file of the workspace by its name. */
export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+P');
  await page.locator('.quick-input-widget .quick-input-box input').fill(name);
  await pickEntry(page, name);
  await page.locator(`.tab.active[data-resource-name="${name}"]`).waitFor();
}

/** Writes over the line of the open file that begins with a key, and saves. */
export async function editValue(page: Page, key: string, value: string): Promise<void> {
  const line = page.locator('.monaco-editor .view-line', { hasText: `${key}=` }).first();
  await line.click();
  await page.keyboard.press('Home');
  await page.keyboard.press('Shift+End');
  // As pasted: typed, the editor would close quotes by itself.
  await page.keyboard.insertText(`${key}=${value}`);
  await page.locator('.tab.active.dirty').waitFor();
  await page.keyboard.press('Control+S');
  await page.locator('.tab.active:not(.dirty)').waitFor();
}

/** Chooses from the menu of a row. A menu that has just opened lets the first click pass. */
export async function chooseFromMenu(page: Page, row: Locator, entry: string): Promise<void> {
  await row.click({ button: 'right' });
  const item = page.locator('.monaco-menu .action-menu-item', { hasText: entry }).first();
  await item.waitFor();
  for (let tries = 0; tries < 10 && (await item.isVisible()); tries++) {
    await item.click({ timeout: 2000 }).catch(() => undefined);
    await item.waitFor({ state: 'hidden', timeout: 1000 }).catch(() => undefined);
  }
}

/** Sets up the recovery passphrase, from the palette. */
export async function setUpRecovery(page: Page): Promise<void> {
  await runCommand(page, 'Backup Foresight: Set Up Recovery');
  for (const step of ['(1/2)', '(2/2)']) {
    await page.locator('.quick-input-title', { hasText: step }).waitFor();
    await answerInput(page, recoveryPassphrase);
  }
}

/** Goes as far as the question for the recovery passphrase, by the button of the locked view. */
export async function beginUnlocking(page: Page): Promise<void> {
  await snapshotsPane(page).getByRole('button', { name: 'Unlock Snapshots' }).click();
  await pickEntry(page, 'Recovery Passphrase');
  await page.locator('.quick-input-box input[type="password"]').waitFor();
}

/** Loses every key that this VS Code has kept, as a keyring does that lives in memory; seen after the next reload. */
export const loseKeys = (page: Page): Promise<void> =>
  page.evaluate(() => {
    (globalThis as unknown as { localStorage: { removeItem: (name: string) => void } }).localStorage.removeItem(
      'secrets.provider',
    );
  });
