import path from 'node:path';
import * as vscode from 'vscode';
import type { KeyRow } from '../../../protocol/vault.ts';
import type { SnapshotSummary } from '../../../configs/snapshotSummary.ts';
import { formatTime } from '../../../wording/format.ts';
import { changedMark, type MaskedDocuments } from '../../snapshots/maskedDocuments.ts';
import type { Vault } from '../../snapshots/vault.ts';
import { UserError } from '../../userError.ts';
import { configLabel } from '../../views/snapshotTexts.ts';
import { machineWording } from '../../wording.ts';
import { askFirst } from './askFirst.ts';
import { keyIn, pickKey } from './keyValues.ts';
import { pickSnapshot } from './pickSnapshot.ts';
import type { SnapshotDependencies } from './snapshotFiles.ts';

/** What a restore needs of the rest. */
export type RestoreDependencies = SnapshotDependencies & { documents: MaskedDocuments };

/**
 * Writes what a snapshot was taken of, to the byte, into a file that a person names, after showing what would change and
 * keeping a snapshot of what stands there. True when something was written.
 */
export async function restoreSnapshot(parts: RestoreDependencies, argument: unknown): Promise<boolean> {
  const title = vscode.l10n.t('Restore Snapshot');
  const row = await pickSnapshot(parts.vault, argument, title);
  return restore(parts, row, targetOf(argument) ?? (await chooseTarget(row, title)), null);
}

/** The same with one value only: the rest of the file stays as it is. */
export async function restoreKey(parts: RestoreDependencies, argument: unknown): Promise<boolean> {
  const title = vscode.l10n.t('Restore Key');
  const row = await pickSnapshot(parts.vault, argument, title);
  const key = await pickKey(await parts.vault.read('keys', { id: row.id }), title, keyIn(argument));
  return restore(parts, row, targetOf(argument) ?? (await chooseTarget(row, title)), key);
}

async function restore(
  { vault, documents, log }: RestoreDependencies,
  row: SnapshotSummary,
  uri: vscode.Uri,
  value: KeyRow | null,
): Promise<boolean> {
  const { fsPath } = uri;
  const name = path.basename(fsPath);
  const root = vscode.workspace.getWorkspaceFolder(uri)?.uri.fsPath ?? null;
  const key = value && { path: value.path, document: value.document };
  const target = { id: row.id, target: fsPath, root, key };
  refuseUnsaved(uri);
  const plan = await vault.write('planRestore', { ...target, changedMark: changedMark() });
  if (plan.isSame) {
    void vscode.window.showInformationMessage(vscode.l10n.t('{0} is already what this snapshot holds.', name));
    return false;
  }
  const time = formatTime(row.createdAt, machineWording());
  const comparison = { kind: 'restore', target } as const;
  if (plan.exists) await documents.showComparison(row, comparison, vscode.l10n.t('{0} (now ↔ {1})', name, time));
  await askFirst(
    value === null
      ? vscode.l10n.t('Restore {0} as of {1}?', name, time)
      : vscode.l10n.t('Restore {0} in {1} as of {2}?', value.key, name, time),
    plan.exists ? vscode.l10n.t('Replace the File') : vscode.l10n.t('Write the File'),
    plan.exists ? vscode.l10n.t('A snapshot of the file as it is now is taken first.') : fsPath,
  );
  refuseUnsaved(uri);
  await vault.write('restore', { ...target, stamp: plan.stamp });
  await documents.closeComparison(comparison);
  log.info(`Restored ${value === null ? '' : 'one key of '}the snapshot ${row.id} to ${fsPath}`);
  const text = vscode.l10n.t('{0} is again as of {1}.', value?.key ?? name, time);
  vscode.window.setStatusBarMessage(`$(archive) ${text}`, 5000);
  return true;
}

/** The file a snapshot was taken of is a proposal; a person says where it goes. */
async function chooseTarget(row: SnapshotSummary, title: string): Promise<vscode.Uri> {
  if (row.type === 'file') {
    const back = { label: vscode.l10n.t('Back to Where It Was'), detail: row.name };
    const elsewhere = { label: vscode.l10n.t('Another File…') };
    const picked = await vscode.window.showQuickPick([back, elsewhere], { title, ignoreFocusOut: true });
    if (!picked) throw new vscode.CancellationError();
    if (picked === back) return vscode.Uri.file(row.name);
  }
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  const extension = { file: '', env: '.env', application: '.json' }[row.type];
  const name = `${configLabel(row).replace(/[\\/*]+/g, '')}${extension}`;
  const chosen = await vscode.window.showSaveDialog({
    title,
    saveLabel: vscode.l10n.t('Restore'),
    ...(folder && { defaultUri: vscode.Uri.joinPath(folder, name) }),
  });
  if (!chosen) throw new vscode.CancellationError();
  return chosen;
}

/** The target that a caller names itself. */
function targetOf(argument: unknown): vscode.Uri | null {
  if (typeof argument !== 'object' || argument === null || !('target' in argument)) return null;
  return argument.target instanceof vscode.Uri ? argument.target : null;
}

function refuseUnsaved(target: vscode.Uri): void {
  const document = vscode.workspace.textDocuments.find((open) => open.uri.toString() === target.toString());
  if (document?.isDirty !== true) return;
  const name = path.basename(target.fsPath);
  throw new UserError(vscode.l10n.t('{0} has changes that are not saved. Save or revert them first.', name));
}

/** Checks every signature; true when all is well. */
export async function verifySnapshots({ vault, log }: { vault: Vault } & Pick<SnapshotDependencies, 'log'>) {
  const faults = await vault.read('verify', null);
  if (faults.length === 0) {
    const text = vscode.l10n.t('All snapshots are what was signed: {0}.', vault.rows.length);
    void vscode.window.showInformationMessage(text);
    return true;
  }
  for (const { snapshotId, fault } of faults) log.warn(`The snapshot ${snapshotId} is ${fault}`);
  throw new UserError(vscode.l10n.t('Snapshots that cannot be trusted: {0}. The log names them.', faults.length), {
    title: vscode.l10n.t('Show Log'),
    command: 'backupForesight.showLog',
  });
}
