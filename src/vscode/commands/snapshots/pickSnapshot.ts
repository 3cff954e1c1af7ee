import * as vscode from 'vscode';
import { commands } from '../../../contributions.ts';
import type { ConfigName } from '../../../protocol/vault.ts';
import type { SnapshotSummary, SnapshotType } from '../../../configs/snapshotSummary.ts';
import { formatTime } from '../../../wording/format.ts';
import { machineWording } from '../../wording.ts';
import type { Vault } from '../../snapshots/vault.ts';
import { UserError } from '../../userError.ts';
import { configIcon } from '../../views/icons.ts';
import { configLabel, snapshotNote } from '../../views/snapshotTexts.ts';

/** The snapshot that a command's argument names (a tree item, or an id), or one that a person picks. */
export async function pickSnapshot(vault: Vault, argument: unknown, title: string): Promise<SnapshotSummary> {
  await vault.read('counter', null);
  const id = snapshotIdOf(argument);
  if (id !== null) {
    const row = vault.rows.find((candidate) => candidate.id === id);
    if (!row) throw new UserError(vscode.l10n.t('This snapshot is gone.'));
    return row;
  }
  const config = configOf(argument) ?? (await pickConfig(vault, title));
  return pickOf(vault, config, title);
}

/** The configuration that a command's argument names, or one that a person picks. */
export async function pickConfig(vault: Vault, title: string): Promise<ConfigName> {
  await vault.read('counter', null);
  const names = new Map(vault.rows.map(({ type, name }) => [`${type} ${name}`, { type, name }]));
  if (names.size === 0)
    throw new UserError(vscode.l10n.t('There are no snapshots yet.'), {
      title: vscode.l10n.t('Snapshot Active File'),
      command: commands.snapshotActiveFile,
    });
  const items = [...names.values()].map((config) => ({
    label: configLabel(config),
    description: config.type === 'file' ? vscode.workspace.asRelativePath(config.name) : '',
    iconPath: configIcon(config.type),
    config,
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t('Choose a configuration'),
    matchOnDescription: true,
  });
  if (!picked) throw new vscode.CancellationError();
  return picked.config;
}

/** A snapshot of one configuration, chosen by a person; the newest comes first. */
export async function pickOf(
  vault: Vault,
  config: ConfigName,
  title: string,
  placeHolder = vscode.l10n.t('Choose a snapshot of {0}', configLabel(config)),
  without: string | null = null,
): Promise<SnapshotSummary> {
  const wording = machineWording();
  const items = vault.rows
    .filter(({ id, type, name }) => type === config.type && name === config.name && id !== without)
    .map((row) => ({ label: formatTime(row.createdAt, wording), description: snapshotNote(row), row }));
  const picked = await vscode.window.showQuickPick(items, { title, placeHolder, matchOnDescription: true });
  if (!picked) throw new vscode.CancellationError();
  return picked.row;
}

/** A tree item of a snapshot, or the id itself. */
export function snapshotIdOf(argument: unknown): string | null {
  if (typeof argument === 'string') return argument;
  const row = isRecord(argument) ? argument['snapshot'] : null;
  return isRecord(row) && typeof row['id'] === 'string' ? row['id'] : null;
}

/** A tree item of a configuration. */
export function configOf(argument: unknown): ConfigName | null {
  const config = isRecord(argument) ? argument['config'] : null;
  return isRecord(config) && typeof config['name'] === 'string' && isType(config['type'])
    ? { type: config['type'], name: config['name'] }
    : null;
}

const isType = (value: unknown): value is SnapshotType =>
  value === 'file' || value === 'env' || value === 'application';

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
