import * as vscode from 'vscode';
import { isRolledBack } from '../../snapshots/vaultState.ts';
import { askFirst } from './askFirst.ts';
import type { SnapshotDependencies } from './snapshotFiles.ts';

/** Goes on with a store that is older than when it was last seen here. True when it is open now. */
export async function acceptRolledBackSnapshots({ vault, log }: SnapshotDependencies): Promise<boolean> {
  if (!isRolledBack(await vault.load())) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('The snapshot store is not older than when it was last seen here.'),
    );
    return false;
  }
  await askFirst(
    vscode.l10n.t('Go on with the older snapshot store?'),
    vscode.l10n.t('Accept the Older Store'),
    vscode.l10n.t(
      'Right when you have restored it from a backup. Else somebody may have put it back: snapshots taken since are missing, and removed ones may be there again.',
    ),
  );
  const isOpen = await vault.acceptRolledBack();
  log.warn(`Accepted a snapshot store that is older than when it was last seen: ${vault.folder}`);
  return isOpen;
}
