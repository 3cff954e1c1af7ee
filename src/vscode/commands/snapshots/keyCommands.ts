import { open } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { isKeyExport } from '../../../configs/vault/keyExport.ts';
import { commands } from '../../../contributions.ts';
import type { Log } from '../../log.ts';
import { judgePassphrase, type PassphraseFault } from '../../snapshots/judgePassphrase.ts';
import type { Questions } from '../../snapshots/questions.ts';
import type { Vault } from '../../snapshots/vault.ts';
import { tryAgain } from '../../snapshots/vaultActions.ts';
import { VaultRefusedError } from '../../snapshots/vaultRefusedError.ts';
import { tellError } from '../../tellError.ts';
import { UserError } from '../../userError.ts';
import { askFirst } from './askFirst.ts';

/** What the commands about keys need of the rest. */
export interface KeyDependencies {
  vault: Vault;
  questions: Questions;
  log: Log;
}

/** A key's text form is about fifty characters; whatever is longer is another file. */
const largestKeyFile = 1000;

/** Asks for a passphrase, twice, and seals the key under it. */
export async function setUpSnapshotRecovery({ vault, questions }: KeyDependencies): Promise<boolean> {
  await vault.read('counter', null);
  const title = vscode.l10n.t('Set Up Recovery');
  const first = await questions.ask({
    title: vscode.l10n.t('{0} (1/2)', title),
    prompt: vscode.l10n.t(
      'A passphrase that opens the snapshots when this machine has lost their key. Write it down where it is safe: nobody can bring it back.',
    ),
    fault: (answer) => faultText(judgePassphrase(answer)),
  });
  await questions.ask({
    title: vscode.l10n.t('{0} (2/2)', title),
    prompt: vscode.l10n.t('The same passphrase again.'),
    fault: (answer) => (answer === first ? null : vscode.l10n.t('This is not the same passphrase.')),
  });
  await vault.setRecovery(first);
  void vscode.window.showInformationMessage(vscode.l10n.t('The passphrase opens the snapshots from now on.'));
  return true;
}

function faultText(fault: PassphraseFault | null): string | null {
  switch (fault) {
    case null:
      return null;
    case 'short':
      return vscode.l10n.t('At least 12 characters; four or five words are best.');
    case 'repetitive':
      return vscode.l10n.t('The same few characters again and again are easy to guess.');
    case 'digits':
      return vscode.l10n.t('Digits alone are easy to guess.');
  }
}

/** Brings the key back: by the recovery passphrase, or from where it was exported to. */
export async function unlockSnapshots(parts: KeyDependencies): Promise<boolean> {
  const { vault, questions } = parts;
  const state = await vault.load();
  if (state.kind !== 'locked') {
    void vscode.window.showInformationMessage(vscode.l10n.t('The snapshots are not locked.'));
    return false;
  }
  const title = vscode.l10n.t('Unlock Snapshots');
  const passphrase = { label: vscode.l10n.t('Recovery Passphrase…') };
  const imported = { label: vscode.l10n.t('Import Key…') };
  const ways = state.hasRecovery ? [passphrase, imported] : [imported];
  const way = await vscode.window.showQuickPick(ways, {
    title,
    placeHolder: vscode.l10n.t('How to bring the key back'),
    ignoreFocusOut: true,
  });
  if (way === undefined) throw new vscode.CancellationError();
  if (way === imported) return importSnapshotKey(parts, undefined);
  const answer = await questions.ask({
    title,
    prompt: vscode.l10n.t('The recovery passphrase of these snapshots. Trying it takes a moment.'),
    fault: (text) => (text === '' ? vscode.l10n.t('Type the passphrase.') : null),
  });
  try {
    await vault.unlock(answer);
  } catch (error) {
    if (!(error instanceof VaultRefusedError) || error.refusal.failure !== 'passphraseWrong') throw error;
    throw new VaultRefusedError(error.refusal, tryAgain());
  }
  return true;
}

/** Takes over a key that was exported: from a file, or pasted. */
export async function importSnapshotKey({ vault, questions }: KeyDependencies, argument: unknown): Promise<boolean> {
  const text = (await keyFromFile(argument)) ?? (await askForKey(questions));
  if (isKeyExport(text)) await vault.importSealedKey(text, await askForExportPassphrase(questions));
  else await vault.importKey(text);
  void vscode.window.showInformationMessage(vscode.l10n.t('The key of the snapshots is on this machine now.'));
  return true;
}

function askForExportPassphrase(questions: Questions): Promise<string> {
  return questions.ask({
    title: vscode.l10n.t('Import Key'),
    prompt: vscode.l10n.t('The passphrase under which the key was exported. Trying it takes a moment.'),
    fault: (text) => (text === '' ? vscode.l10n.t('Type the passphrase.') : null),
  });
}

async function askForKey(questions: Questions): Promise<string> {
  const title = vscode.l10n.t('Import Key');
  const pasted = { label: vscode.l10n.t('Paste the Key…') };
  const file = { label: vscode.l10n.t('Key File…') };
  const way = await vscode.window.showQuickPick([file, pasted], { title, ignoreFocusOut: true });
  if (way === undefined) throw new vscode.CancellationError();
  if (way === pasted)
    return questions.ask({
      title,
      prompt: vscode.l10n.t('The key, as it was exported. It begins with bfkey1_.'),
      fault: (text) => (text.trim() === '' ? vscode.l10n.t('Paste the key.') : null),
    });
  const [chosen] = (await vscode.window.showOpenDialog({ title, openLabel: vscode.l10n.t('Import Key') })) ?? [];
  const text = await keyFromFile(chosen);
  if (text === null) throw new vscode.CancellationError();
  return text;
}

async function keyFromFile(uri: unknown): Promise<string | null> {
  if (!(uri instanceof vscode.Uri)) return null;
  const handle = await open(uri.fsPath);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(largestKeyFile), 0, largestKeyFile);
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** Writes the key into a new file that only its owner can read. */
export async function exportSnapshotKey({ vault }: KeyDependencies, argument: unknown): Promise<boolean> {
  const key = await vault.exportKey();
  const title = vscode.l10n.t('Export Key');
  await askFirst(
    vscode.l10n.t('Export the key of the snapshots?'),
    vscode.l10n.t('Export the Key to a File'),
    vscode.l10n.t('Whoever has the exported key can read every secret of the snapshots.'),
    vscode.l10n.t('Keep the file off this machine and out of every repository.'),
  );
  const target =
    argument instanceof vscode.Uri ? argument : await vscode.window.showSaveDialog({ title, saveLabel: title });
  if (target === undefined) throw new vscode.CancellationError();
  const handle = await open(target.fsPath, 'wx', 0o600).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    throw new UserError(vscode.l10n.t('{0} exists already. Nothing was written.', path.basename(target.fsPath)));
  });
  try {
    await handle.writeFile(`${key}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  return true;
}

/**
 * Puts the snapshots under a new key. It has no recovery passphrase yet, and the reminder says so. True when all of them
 * are under it.
 */
export async function rotateSnapshotKey({ vault, log }: KeyDependencies): Promise<boolean> {
  await vault.read('counter', null);
  await askFirst(
    vscode.l10n.t('Put the snapshots under a new key?'),
    vscode.l10n.t('Rotate the Key'),
    vscode.l10n.t('Copies of the store made before can still be read with the old key.'),
    vscode.l10n.t('The recovery passphrase has to be set up again.'),
  );
  const unread = await vault.rotate();
  if (unread.length === 0) return true;
  for (const id of unread) log.warn(`Snapshot ${id} could not be read, and opens with no key any more`);
  const text = vscode.l10n.t('Snapshots that are damaged and open with no key any more: {0}.', unread.length);
  const verify = { title: vscode.l10n.t('Verify Snapshot Store'), command: commands.verifySnapshots };
  tellError('Some snapshots are not under the new key', new UserError(text, verify), log);
  return false;
}
