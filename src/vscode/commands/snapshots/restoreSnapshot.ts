import path from 'node:path';
import * as vscode from 'vscode';
import type { SnapshotRow } from '../../../protocol/vault.ts';
import { formatTime } from '../../../wording/format.ts';
import type { Vault } from '../../snapshots/vault.ts';
import { UserError } from '../../userError.ts';
import { configLabel } from '../../views/snapshotTexts.ts';
import { machineWording } from '../../wording.ts';
import { askFirst } from './askFirst.ts';
import { pickSnapshot } from './pickSnapshot.ts';
import type { SnapshotDependencies } from './snapshotFiles.ts';

/**
 * Writes what a snapshot was taken of, to the byte, into a file that a person names, after keeping a snapshot of what
 * stands there. True when something was written.
 */
export async function restoreSnapshot({ vault, log }: SnapshotDependencies, argument: unknown): Promise<boolean> {
  const title = vscode.l10n.t('Restore Snapshot');
  const row = await pickSnapshot(vault, argument, title);
  const target = targetOf(argument) ?? (await chooseTarget(row, title));
  const { fsPath } = target;
  const root = vscode.workspace.getWorkspaceFolder(target)?.uri.fsPath ?? null;
  refuseUnsaved(target);
  const plan = await vault.write('planRestore', { id: row.id, target: fsPath, root });
  if (plan.isSame) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('{0} is already what this snapshot holds.', path.basename(fsPath)),
    );
    return false;
  }
  const time = formatTime(row.createdAt, machineWording());
  await askFirst(
    vscode.l10n.t('Restore {0} of {1}?', path.basename(fsPath), time),
    plan.exists ? vscode.l10n.t('Replace the File') : vscode.l10n.t('Write the File'),
    plan.exists ? vscode.l10n.t('A snapshot of the file as it is now is taken first.') : fsPath,
  );
  refuseUnsaved(target);
  await vault.write('restore', { id: row.id, target: fsPath, root, stamp: plan.stamp });
  log.info(`Restored the snapshot ${row.id} to ${fsPath}`);
  vscode.window.setStatusBarMessage(
    `$(archive) ${vscode.l10n.t('{0} is again as of {1}.', path.basename(fsPath), time)}`,
    5000,
  );
  return true;
}

/** The file a snapshot was taken of is a proposal; a person says where it goes. */
async function chooseTarget(row: SnapshotRow, title: string): Promise<vscode.Uri> {
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
