import * as vscode from 'vscode';
import { commands, views } from '../../../contributions.ts';
import { isRolledBack } from '../../snapshots/vaultState.ts';
import { tellError } from '../../tellError.ts';
import { UserError } from '../../userError.ts';
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
    vscode.l10n.t('Right when you have restored it from a backup; else somebody may have put it back.'),
    vscode.l10n.t('Snapshots taken since are missing, and removed ones may be there again.'),
  );
  const isOpen = await vault.acceptRolledBack();
  log.warn(`Accepted a snapshot store that is older than when it was last seen: ${vault.folder}`);
  return isOpen;
}

/** Puts the store under a new key and seals every value of it anew: for after the key leaked. True when all of it is. */
export async function resealSnapshots({ vault, log }: SnapshotDependencies): Promise<boolean> {
  await vault.read('counter', null);
  await askFirst(
    vscode.l10n.t('Re-encrypt the whole snapshot store?'),
    vscode.l10n.t('Re-encrypt the Store'),
    vscode.l10n.t('For after a leak: a new key, all values sealed anew, and recovery to be set up again.'),
    vscode.l10n.t('The old key still reads copies made before: change the secrets themselves too.'),
  );
  const unread = await vscode.window.withProgress({ location: { viewId: views.snapshots } }, () => vault.reseal());
  log.info(`Sealed ${vault.rows.length} snapshots anew under a new key; ${unread.length} could not be read`);
  if (unread.length === 0) {
    const text = vscode.l10n.t('Every snapshot is sealed anew, under a new key: {0}.', vault.rows.length);
    void vscode.window.showInformationMessage(text);
    return true;
  }
  const text = vscode.l10n.t('Snapshots that could not be read stay as they were: {0}.', unread.length);
  const verify = { title: vscode.l10n.t('Verify Snapshot Store'), command: commands.verifySnapshots };
  tellError('Some snapshots were not sealed anew', new UserError(text, verify), log);
  return false;
}
