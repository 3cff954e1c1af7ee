import * as vscode from 'vscode';
import type { ConfigName } from '../../../protocol/vault.ts';
import type { SnapshotSummary } from '../../../configs/snapshotSummary.ts';
import { formatTime } from '../../../wording/format.ts';
import type { MaskedDocuments } from '../../snapshots/maskedDocuments.ts';
import type { Vault } from '../../snapshots/vault.ts';
import { UserError } from '../../userError.ts';
import { configLabel } from '../../views/snapshotTexts.ts';
import { machineWording } from '../../wording.ts';
import { configOf, pickConfig, pickOf, pickSnapshot } from './pickSnapshot.ts';

/** What the commands that show snapshots need of the rest. */
export interface CompareDependencies {
  vault: Vault;
  documents: MaskedDocuments;
}

const timeOf = (row: SnapshotSummary): string => formatTime(row.createdAt, machineWording());

/** Compares a snapshot, or a configuration's last one, with what is there now. */
export async function compareWithCurrent({ vault, documents }: CompareDependencies, argument: unknown): Promise<void> {
  const title = vscode.l10n.t('Compare with Current');
  const config = configOf(argument);
  const row = config ? await newestOf(vault, config) : await pickSnapshot(vault, argument, title);
  if (row.type === 'application')
    throw new UserError(
      vscode.l10n.t('An application’s configuration was handed over; there is nothing to compare with.'),
    );
  await documents.showComparison(
    row,
    { kind: 'current', before: row.id, config: { type: row.type, name: row.name } },
    vscode.l10n.t('{0} ({1} ↔ now)', configLabel(row), timeOf(row)),
  );
}

/** Compares two snapshots of one configuration: the two that are selected, or one and another that a person picks. */
export async function compareTwoSnapshots(
  { vault, documents }: CompareDependencies,
  argument: unknown,
  selection: unknown,
): Promise<void> {
  const title = vscode.l10n.t('Compare Two Snapshots');
  const [older, newer] = (await selectedPair(vault, selection)) ?? (await pickPair(vault, argument, title));
  await showPair(documents, older, newer);
}

/** Shows what changed from one snapshot to another one. */
export async function showPair(
  documents: MaskedDocuments,
  older: SnapshotSummary,
  newer: SnapshotSummary,
): Promise<void> {
  await documents.showComparison(
    older,
    { kind: 'snapshots', before: older.id, after: newer.id },
    vscode.l10n.t('{0} ({1} ↔ {2})', configLabel(older), timeOf(older), timeOf(newer)),
  );
}

async function newestOf(vault: Vault, { type, name }: ConfigName): Promise<SnapshotSummary> {
  await vault.read('counter', null);
  const row = vault.rows.find((candidate) => candidate.type === type && candidate.name === name);
  if (!row) throw new UserError(vscode.l10n.t('This snapshot is gone.'));
  return row;
}

async function selectedPair(vault: Vault, selection: unknown): Promise<[SnapshotSummary, SnapshotSummary] | null> {
  if (!Array.isArray(selection) || selection.length !== 2) return null;
  const title = vscode.l10n.t('Compare Two Snapshots');
  const rows = [await pickSnapshot(vault, selection[0], title), await pickSnapshot(vault, selection[1], title)];
  const [older, newer] = rows.sort((a, b) => a.createdAt - b.createdAt) as [SnapshotSummary, SnapshotSummary];
  return [older, newer];
}

async function pickPair(vault: Vault, argument: unknown, title: string): Promise<[SnapshotSummary, SnapshotSummary]> {
  const first = await pickSnapshot(vault, argument ?? { config: await pickConfig(vault, title) }, title);
  const others = vault.rows.filter(
    ({ type, name, id }) => type === first.type && name === first.name && id !== first.id,
  );
  if (others.length === 0)
    throw new UserError(vscode.l10n.t('There is only one snapshot of {0} so far.', configLabel(first)));
  const second = await pickOf(vault, first, title, vscode.l10n.t('Choose the snapshot to compare with'), first.id);
  return first.createdAt <= second.createdAt ? [first, second] : [second, first];
}
