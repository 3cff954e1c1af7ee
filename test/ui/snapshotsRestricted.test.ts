/** Configuration snapshots in a workspace that nobody trusts, and in a window without a folder. */
import assert from 'node:assert/strict';
import path from 'node:path';
import { after, afterEach, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { commands } from '../../src/contributions.ts';
import { manifest } from '../manifest/manifest.ts';
import { keepPictureOfFailure } from '../workbench/keepPictureOfFailure.ts';
import { forgetGivenStore, makeGivenStore } from '../workbench/makeGivenStore.ts';
import { openWorkbench, type Workbench } from '../workbench/openWorkbench.ts';
import { runCommand, toasts } from '../workbench/page.ts';
import { openSnapshotsView, snapshotRows, snapshotsPane } from '../workbench/snapshotSteps.ts';
import { makeTemporaryFolder } from '../workbench/temporaryFolder.ts';

/** Commands that the palette offers only where the workspace is trusted, and one that it offers everywhere. */
const writing = ['Snapshot Active File', 'Rotate Key'];
const reading = 'Verify Snapshot Store';

/** Every command of snapshots that some menu hides where nobody trusts the workspace, and a quick fix of a file on the disk. */
const blocked = [...blockedCommands(), commands.excludeFromLocalHistory];
/** Keys that run the command at a place of the list. */
const keyOf = (at: number): string => `Control+Alt+Shift+${String.fromCharCode('A'.charCodeAt(0) + at)}`;
const clearKey = 'Control+Alt+Shift+F9';

function blockedCommands(): string[] {
  const entries = Object.values(manifest.contributes.menus).flat();
  const names = entries.flatMap(({ command = '', when = '' }) =>
    when.includes('isWorkspaceTrusted') ? [command] : [],
  );
  return [...new Set(names)].filter((name) => /snapshot/i.test(name));
}

const folder = makeTemporaryFolder('restricted');
let workbench: Workbench | undefined;
keepPictureOfFailure(() => workbench);
before(() => makeGivenStore(folder));
afterEach(async () => {
  await workbench?.close();
  workbench = undefined;
});
after(forgetGivenStore);

/** What the palette offers for a title. */
async function offered({ page }: Workbench, title: string): Promise<number> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget .quick-input-box input');
  await input.waitFor();
  // A command that is always there first: so the list is known to be of this text.
  await input.fill('>Developer: Reload Window');
  const rows = page.locator('.quick-input-widget .monaco-list-row');
  await rows.filter({ hasText: 'Reload Window' }).first().waitFor();
  await input.fill(`>Backup Foresight: ${title}`);
  await rows.filter({ hasText: 'Reload Window' }).first().waitFor({ state: 'hidden' });
  const count = await rows.filter({ hasText: `Backup Foresight: ${title}` }).count();
  await page.keyboard.press('Escape');
  return count;
}

test('in Restricted Mode snapshots can be looked at, and everything that writes is hidden', async () => {
  workbench = await openWorkbench({ restricted: true });
  const { page } = workbench;
  await openSnapshotsView(page);
  await snapshotRows(page, 'shop.env').waitFor({ timeout: 60_000 });
  await snapshotRows(page, 'shop.env').click();
  await page.keyboard.press('ArrowRight');
  await snapshotRows(page, 'secrets: 1').click();
  await page.locator('.view-lines', { hasText: 'SHOP_PASSWORD=••••••••' }).waitFor({ timeout: 30_000 });
  await snapshotRows(page, 'secrets: 1').click({ button: 'right' });
  await page.locator('.monaco-menu').waitFor();
  const menu = await page.locator('.monaco-menu .action-label').allTextContents();
  await page.keyboard.press('Escape');
  assert.ok(
    menu.includes('Preview Snapshot') && !menu.some((entry) => /Restore|Delete|Pin|Reveal|Current/.test(entry)),
  );
  assert.equal(await offered(workbench, reading), 1);
  for (const title of writing) assert.equal(await offered(workbench, title), 0, title);
});

test('in Restricted Mode a hidden command that is run all the same refuses before it does or asks anything', async () => {
  assert.ok(blocked.length > 15 && blocked.length <= 26, blocked.join());
  const keybindings = blocked.map((command, at) => ({
    key: keyOf(at).replace('Control', 'ctrl').toLowerCase(),
    command,
  }));
  keybindings.push({ key: clearKey.replace('Control', 'ctrl').toLowerCase(), command: 'notifications.clearAll' });
  workbench = await openWorkbench({ restricted: true, keybindings });
  const { page } = workbench;
  await openSnapshotsView(page);
  await snapshotRows(page, 'shop.env').waitFor({ timeout: 60_000 });
  for (const [at, command] of blocked.entries()) {
    await page.keyboard.press(keyOf(at));
    const refusal = toasts(page, 'In Restricted Mode snapshots can only be looked at.');
    await refusal.waitFor({ timeout: 10_000 }).catch(() => assert.fail(`${command} is not refused`));
    await page.keyboard.press(clearKey);
    await refusal.waitFor({ state: 'hidden' });
    await delay(400); // of more than three notifications in 800 ms VS Code shows three
  }
});

test('without a folder the view and its commands say what is missing', async () => {
  process.env['CONFIG_BACKUP_DIR'] = path.join(folder, 'store of no folder');
  workbench = await openWorkbench({ workspace: null });
  const { page } = workbench;
  await openSnapshotsView(page);
  await snapshotsPane(page).getByRole('button', { name: 'Snapshot Listed Files' }).last().click();
  await toasts(page, /No file is listed/).waitFor({ timeout: 30_000 });
  await runCommand(page, 'Backup Foresight: Snapshot Active File');
  await toasts(page, 'No file is open in an editor.').waitFor({ timeout: 30_000 });
});
