import * as vscode from 'vscode';
import type { KeyEventRow, KeyRow } from '../../../protocol/vault.ts';
import type { SnapshotSummary } from '../../../configs/snapshotSummary.ts';
import { formatTime } from '../../../wording/format.ts';
import type { Clipboard } from '../../snapshots/clipboard.ts';
import { UserError } from '../../userError.ts';
import { changeText, configLabel } from '../../views/snapshotTexts.ts';
import { machineWording } from '../../wording.ts';
import { showPair, type CompareDependencies } from './compareSnapshots.ts';
import { configOf, pickConfig, pickSnapshot } from './pickSnapshot.ts';

/** Shows when the value of a key changed; a change opens the two snapshots it lies between. */
export async function showKeyHistory(
  { vault, documents }: CompareDependencies,
  argument: unknown,
): Promise<KeyEventRow[]> {
  const title = vscode.l10n.t('Show History of Key');
  const config = configOf(argument) ?? (await pickConfig(vault, title));
  const ofConfig = vault.rows.filter(({ type, name }) => type === config.type && name === config.name);
  const [newest] = ofConfig;
  if (!newest) throw new UserError(vscode.l10n.t('This snapshot is gone.'));
  const key = await pickKey(await vault.read('keys', { id: newest.id }), title, keyIn(argument));
  const { type, name } = config;
  const events = await vault.read('history', { type, name, path: key.path, document: key.document });
  const wording = machineWording();
  const items = events.toReversed().map((event) => ({
    label: formatTime(event.createdAt, wording),
    description: changeText(event.change),
    ...(event.shown !== null && { detail: event.shown }),
    event,
  }));
  // Not awaited: the command has its result; the list stays until somebody closes it or picks a change.
  void vscode.window
    .showQuickPick(items, {
      title: `${configLabel(config)}: ${key.key}`,
      placeHolder: vscode.l10n.t('Choose a change to see what else changed with it'),
    })
    .then((picked) => {
      const at = ofConfig.findIndex(({ id }) => id === picked?.event.snapshotId);
      const [newer, older] = [ofConfig[at], ofConfig[at + 1]];
      if (newer && older) void showPair(documents, older, newer);
      else if (newer) void documents.show(newer);
    });
  return events;
}

/** Copies one secret to the clipboard, and takes it away from there after a while. */
export async function revealValue(
  { vault, clipboard }: CompareDependencies & { clipboard: Clipboard },
  argument: unknown,
): Promise<boolean> {
  const title = vscode.l10n.t('Reveal Value');
  const row = await pickSnapshot(vault, argument, title);
  const key = await pickSecret(await vault.read('keys', { id: row.id }), row, title, keyIn(argument));
  const { value } = await vault.write('reveal', { id: row.id, path: key.path, document: key.document });
  await clipboard.lend(value);
  vscode.window.setStatusBarMessage(
    `$(key) ${vscode.l10n.t('The value of {0} is in the clipboard for {1} seconds.', key.key, clipboard.lentSeconds)}`,
    clipboard.lentSeconds * 1000,
  );
  return true;
}

async function pickSecret(keys: KeyRow[], row: SnapshotSummary, title: string, wanted: string | null): Promise<KeyRow> {
  const secrets = keys.filter(({ isSecret }) => isSecret);
  if (secrets.length === 0)
    throw new UserError(vscode.l10n.t('Nothing is sealed in this snapshot of {0}.', configLabel(row)));
  return pickKey(secrets, title, wanted);
}

/** A key of a configuration, chosen by a person or named by the caller. */
export async function pickKey(keys: readonly KeyRow[], title: string, wanted: string | null): Promise<KeyRow> {
  const named = keys.find(({ key }) => key === wanted);
  if (named) return named;
  const items = keys.map((key) => ({
    label: key.key === '' ? vscode.l10n.t('The whole content') : key.key,
    description: key.isSecret ? `$(lock) ${key.shown}` : key.shown,
    row: key,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Choose a key'),
    matchOnDescription: true,
  });
  if (!picked) throw new vscode.CancellationError();
  return picked.row;
}

/** The key that a caller names itself, as people write it. */
export function keyIn(argument: unknown): string | null {
  if (typeof argument !== 'object' || argument === null || !('key' in argument)) return null;
  return typeof argument.key === 'string' ? argument.key : null;
}
