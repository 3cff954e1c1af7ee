import * as vscode from 'vscode';
import { formatTime } from '../../../wording/format.ts';
import { VaultRefusedError } from '../../snapshots/vaultRefusedError.ts';
import { configLabel } from '../../views/snapshotTexts.ts';
import { machineWording } from '../../wording.ts';
import { askFirst } from './askFirst.ts';
import { pickSnapshot } from './pickSnapshot.ts';
import type { SnapshotDependencies } from './snapshotFiles.ts';

/** Pins a snapshot, so that no pruning removes it, or lets it go again. True when it is pinned now. */
export async function pinSnapshot({ vault }: SnapshotDependencies, argument: unknown): Promise<boolean> {
  const { id, pinned } = await pickSnapshot(vault, argument, vscode.l10n.t('Pin or Unpin Snapshot'));
  await vault.write('setPinned', { id, pinned: !pinned });
  return !pinned;
}

/** Deletes one snapshot, after asking. */
export async function deleteSnapshot({ vault, log }: SnapshotDependencies, argument: unknown): Promise<boolean> {
  const row = await pickSnapshot(vault, argument, vscode.l10n.t('Delete Snapshot'));
  if (row.pinned) throw new VaultRefusedError({ failure: 'pinned', about: row.id, code: null });
  const time = formatTime(row.createdAt, machineWording());
  await askFirst(
    vscode.l10n.t('Delete the snapshot of {0} from {1}?', configLabel(row), time),
    vscode.l10n.t('Delete the Snapshot'),
    vscode.l10n.t('It cannot be brought back.'),
  );
  await vault.write('delete', { id: row.id });
  log.info(`Deleted the snapshot ${row.id} of ${row.name}`);
  return true;
}

/** Removes the snapshots that the retention of the settings does not keep, after showing how many. Gives how many. */
export async function pruneSnapshots({ vault, settings, log }: SnapshotDependencies): Promise<number> {
  const policy = settings.current.snapshots.retention;
  const verdicts = await vault.write('prune', { policy, dryRun: true });
  const going = verdicts.filter(({ reasons }) => reasons.length === 0).length;
  if (going === 0) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Every snapshot is kept by a rule of the settings: {0}.', verdicts.length),
    );
    return 0;
  }
  await askFirst(
    vscode.l10n.t('Remove {0} of {1} snapshots?', going, verdicts.length),
    vscode.l10n.t('Remove Them'),
    vscode.l10n.t('No rule of the settings keeps them.'),
    vscode.l10n.t('Pinned ones and the newest of each configuration stay.'),
  );
  const pruned = await vault.write('prune', { policy, dryRun: false });
  log.info(`Pruned ${going} of ${pruned.length} snapshots`);
  return going;
}

/** Shows the folder of the snapshots in the system's file manager; where there is none, its path can be copied. */
export async function openStoreFolder({ vault }: SnapshotDependencies): Promise<string> {
  const { folder } = vault;
  if (vscode.env.uiKind === vscode.UIKind.Desktop && vscode.env.remoteName === undefined) {
    await vscode.commands.executeCommand('revealFileInOS', vscode.Uri.file(folder));
    return folder;
  }
  const copy = vscode.l10n.t('Copy Path');
  void vscode.window.showInformationMessage(vscode.l10n.t('The snapshots are in {0}', folder), copy).then((choice) => {
    if (choice === copy) void vscode.env.clipboard.writeText(folder);
  });
  return folder;
}
