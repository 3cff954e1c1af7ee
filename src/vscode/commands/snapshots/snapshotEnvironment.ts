import * as vscode from 'vscode';
import type { BackupResult } from '../../../configs/backupResult.ts';
import { environmentWith } from '../../snapshots/maskedDocuments.ts';
import { UserError } from '../../userError.ts';
import type { SnapshotDependencies } from './snapshotFiles.ts';

/**
 * Takes a snapshot of the environment variables whose names begin with the prefix of the settings. They are those of VS
 * Code's extension host, which knows what its own start knew; the log says so.
 */
export async function snapshotEnvironment({ vault, settings, log }: SnapshotDependencies): Promise<BackupResult> {
  const prefix = settings.current.snapshots.envPrefix;
  const environment = environmentWith(prefix);
  const count = Object.keys(environment).length;
  if (count === 0)
    throw new UserError(vscode.l10n.t('VS Code sees no environment variable that begins with {0}.', prefix), {
      title: vscode.l10n.t('Open Settings'),
      command: 'workbench.action.openSettings',
      arguments: ['backupForesight.snapshots.envPrefix'],
    });
  const taken = await vault.takeSnapshot('snapshotEnvironment', { prefix, environment });
  log.info(`Environment variables ${prefix}*, as the extension host sees them: ${count}, changed: ${taken.isNew}`);
  const text = taken.isNew
    ? vscode.l10n.t('A snapshot of the variables {0}* was taken ({1}).', prefix, count)
    : vscode.l10n.t('The variables {0}* have not changed since their last snapshot.', prefix);
  vscode.window.setStatusBarMessage(`$(archive) ${text}`, 5000);
  return taken;
}
