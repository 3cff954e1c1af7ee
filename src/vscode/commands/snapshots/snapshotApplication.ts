import path from 'node:path';
import * as vscode from 'vscode';
import type { BackupResult } from '../../../configs/backupResult.ts';
import { UserError } from '../../userError.ts';
import type { SnapshotDependencies } from './snapshotFiles.ts';

/** Takes a snapshot of an application's configuration from the JSON or YAML text in the active editor. */
export async function snapshotApplication(
  { vault, log }: SnapshotDependencies,
  argument: unknown,
): Promise<BackupResult> {
  const document = vscode.window.activeTextEditor?.document;
  if (!document) throw new UserError(vscode.l10n.t('Open the application’s configuration as JSON or YAML first.'));
  const name = typeof argument === 'string' ? argument : await askName(document);
  const taken = await vault.takeSnapshot('snapshotApplicationText', { name, text: document.getText() });
  log.info(`${taken.isNew ? 'Took a snapshot of' : 'No change since the last snapshot of'} the application ${name}`);
  const text = taken.isNew
    ? vscode.l10n.t('A snapshot of {0} was taken.', name)
    : vscode.l10n.t('{0} has not changed since its last snapshot.', name);
  vscode.window.setStatusBarMessage(`$(archive) ${text}`, 5000);
  return taken;
}

async function askName(document: vscode.TextDocument): Promise<string> {
  const name = await vscode.window.showInputBox({
    title: vscode.l10n.t('Snapshot Application Config'),
    prompt: vscode.l10n.t('The application’s name. Snapshots of one name belong together.'),
    value: path.basename(document.fileName, path.extname(document.fileName)),
    validateInput: (text) => (text.trim() === '' ? vscode.l10n.t('Give a name.') : undefined),
  });
  if (name === undefined) throw new vscode.CancellationError();
  return name.trim();
}
