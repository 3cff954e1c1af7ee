import * as vscode from 'vscode';
import { commands } from '../../contributions.ts';
import type { UserErrorAction } from '../userError.ts';

/** What is offered beside a refusal. */

export const unlock = (): UserErrorAction => ({
  title: vscode.l10n.t('Unlock Snapshots…'),
  command: commands.unlockSnapshots,
});
export const tryAgain = (): UserErrorAction => ({
  title: vscode.l10n.t('Try Again…'),
  command: commands.unlockSnapshots,
});
export const acceptOlder = (): UserErrorAction => ({
  title: vscode.l10n.t('Accept Older Store…'),
  command: commands.acceptRolledBackSnapshots,
});
export const snapshotActiveFile = (): UserErrorAction => ({
  title: vscode.l10n.t('Snapshot Active File'),
  command: commands.snapshotActiveFile,
});
