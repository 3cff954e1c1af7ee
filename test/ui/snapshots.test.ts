/** Configuration snapshots as a person takes, compares, restores and recovers them, in the packaged extension. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { keepPictureOfFailure } from '../workbench/keepPictureOfFailure.ts';
import { openWorkbench, type Workbench } from '../workbench/openWorkbench.ts';
import { answerInput, pickEntry, runCommand, statusBarItems, toasts } from '../workbench/page.ts';
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
  steppedSettings,
  takeFirstSnapshots,
} from '../workbench/snapshotSteps.ts';

/** As the sample workspace has them in config/.env. */
const oldSecret = 'ak_live_3hT7rPq9ZxWv';
const newSecret = 'ak_live_8mK2sWd4YbNc';

let workbench: Workbench;
let file: string;
let original: string;
before(async () => {
  // Without automatic snapshots a saved change stays one that no snapshot has seen.
  workbench = await openWorkbench({
    settings: steppedSettings,
  });
  file = path.join(workbench.workspace, 'config', '.env');
  original = readFileSync(file, 'utf8');
});
after(() => workbench.close());
keepPictureOfFailure(() => workbench);

/** Everything that the page says anywhere, hidden parts included. */
const pageText = (): Promise<string> => workbench.page.locator('body').evaluate((body) => body.textContent);

test('the empty view takes the first snapshots, and asks for a recovery passphrase', async () => {
  const { page } = workbench;
  await openSnapshotsView(page);
  await takeFirstSnapshots(page);
  await toasts(page, /recovery passphrase/i).waitFor({ timeout: 30_000 });
  await snapshotsPane(page).getByText('No recovery passphrase is set up').waitFor();
});

test('a file that was edited is marked in the view', async () => {
  const { page } = workbench;
  await openFile(page, '.env');
  await editValue(page, 'APP_API_KEY', newSecret);
  assert.ok(readFileSync(file, 'utf8').includes(newSecret));
  await snapshotRows(page, '.env').locator('[class*="itemBadge"]').waitFor();
  await page.keyboard.press('Control+W');
});

test('the comparison marks the changed secret, and shows neither the old one nor the new one', async () => {
  const { page } = workbench;
  await chooseFromMenu(page, snapshotRows(page, '.env'), 'Compare with Current');
  await comparedLines(page, 'modified')
    .getByText(/secret.changed/)
    .waitFor({ timeout: 30_000 });
  await comparedLines(page, 'original').getByText('APP_API_KEY').waitFor();
  const text = await pageText();
  for (const secret of [oldSecret, newSecret]) assert.ok(!text.includes(secret));
  await page.keyboard.press('Control+W');
});

test('a restore is shown first, and then gives the file back to the byte', async () => {
  const { page } = workbench;
  await snapshotRows(page, '.env').click();
  await page.keyboard.press('ArrowRight');
  await chooseFromMenu(page, snapshotRows(page, /secrets: 5/).first(), 'Restore Snapshot');
  await pickEntry(page, 'Back to Where It Was');
  await comparedLines(page, 'modified')
    .getByText(/secret.changed/)
    .waitFor({ timeout: 30_000 });
  assert.ok(readFileSync(file, 'utf8').includes(newSecret), 'nothing is written before the answer');
  assert.equal(await snapshotRows(page, /secrets: 5/).count(), 1, 'nothing is kept by itself here');
  await pickEntry(page, 'Replace the File');
  await statusBarItems(page, /is again as of/).waitFor();
  assert.equal(readFileSync(file, 'utf8'), original);
  // What was replaced is kept as a snapshot of its own.
  await snapshotRows(page, /secrets: 5/)
    .nth(1)
    .waitFor();
  await page.locator('.tab', { hasText: 'now ↔' }).waitFor({ state: 'detached' });
});

test('a file that is dropped on the view is kept', async () => {
  const { page } = workbench;
  await runCommand(page, 'View: Close All Editors');
  await openFile(page, 'README.md');
  const tab = page.locator('.tab[data-resource-name="README.md"]');
  await tab.dragTo(snapshotsPane(page).locator('.pane-body'));
  await snapshotRows(page, 'README.md').waitFor({ timeout: 30_000 });
});

test('a key that is lost is told of, refuses a wrong passphrase, and comes back by the right one', async () => {
  const { page } = workbench;
  await setUpRecovery(page);
  await toasts(page, 'The passphrase opens the snapshots from now on.').waitFor({ timeout: 60_000 });
  await snapshotsPane(page).getByText('No recovery passphrase is set up').waitFor({ state: 'hidden' });
  await loseKeys(page);
  await workbench.reload();
  await snapshotsPane(page).getByText('their key is not on this machine').waitFor({ timeout: 60_000 });
  await snapshotsPane(page).getByText('this machine does not keep keys').waitFor();
  await beginUnlocking(page);
  await answerInput(page, 'four words and a third');
  await toasts(page, 'The passphrase is wrong.').waitFor({ timeout: 60_000 });
  assert.equal(await snapshotRows(page, '.env').count(), 0);
  await beginUnlocking(page);
  await answerInput(page, recoveryPassphrase);
  await snapshotRows(page, '.env').waitFor({ timeout: 60_000 });
});
