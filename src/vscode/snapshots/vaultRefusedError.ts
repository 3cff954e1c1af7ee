import * as vscode from 'vscode';
import type { VaultRefusal } from '../../protocol/vault.ts';
import { UserError, type UserErrorAction } from '../userError.ts';

/** The vault said no: the reason as a code for the program, and in words for people. */
export class VaultRefusedError extends UserError {
  readonly refusal: VaultRefusal;

  constructor(refusal: VaultRefusal, ...actions: UserErrorAction[]) {
    super(refusalText(refusal), ...actions);
    this.name = 'VaultRefusedError';
    this.refusal = refusal;
  }
}

/** A refusal that is about nothing in particular. */
export const refused = (failure: VaultRefusal['failure']): VaultRefusedError =>
  new VaultRefusedError({ failure, about: null, code: null });

/** A refusal as one sentence: what is wrong, where, and what helps. */
export function refusalText({ failure, about, code }: VaultRefusal): string {
  const place = about ?? '';
  switch (failure) {
    case 'keyMissing':
      return vscode.l10n.t('There is no key for the snapshots yet.');
    case 'keyMalformed':
      return vscode.l10n.t('This is no key, or it is damaged or cut off.');
    case 'keyWrong':
      return vscode.l10n.t('The snapshots are under another key.');
    case 'keyDiffers':
      return vscode.l10n.t('This key is not the one that the snapshots are under. Nothing was changed.');
    case 'passphraseWrong':
      return vscode.l10n.t('The passphrase is wrong.');
    case 'passphraseTooShort':
      return vscode.l10n.t('The passphrase is shorter than 12 characters.');
    case 'recoveryMissing':
      return vscode.l10n.t('No recovery passphrase has been set up for these snapshots.');
    case 'recoveryMalformed':
      return vscode.l10n.t('The record of the recovery passphrase is damaged.');
    case 'tampered':
      return vscode.l10n.t('{0} is not what was signed: somebody or something has changed it.', place);
    case 'storeMalformed':
      return vscode.l10n.t('The snapshot store is damaged: {0}.', place);
    case 'storeRolledBack':
      return vscode.l10n.t('The snapshot store is older than when it was last seen here.');
    case 'snapshotMissing':
      return vscode.l10n.t('This snapshot is gone.');
    case 'snapshotMalformed':
      return vscode.l10n.t('The snapshot {0} is damaged.', place);
    case 'valueMissing':
      return vscode.l10n.t('The snapshot holds no such value.');
    case 'notAFile':
      return vscode.l10n.t('{0} is no plain file. Links, pipes and devices are not followed.', place);
    case 'tooLarge':
      return vscode.l10n.t('{0} is larger than 64 MiB, which no configuration is.', place);
    case 'pinned':
      return vscode.l10n.t('This snapshot is pinned. Unpin it first.');
    case 'busy':
      return vscode.l10n.t('Another window or program is changing the snapshots. Try again in a moment.');
    case 'changedSincePreview':
      return vscode.l10n.t('{0} was changed meanwhile. Nothing was restored.', place);
    case 'keyNotThere':
      return vscode.l10n.t('The file has no value at {0}. Nothing was restored.', place);
    case 'keyRepeats':
      return vscode.l10n.t('The file has more than one value at {0}. Nothing was restored.', place);
    case 'keyWrittenOtherwise':
      return vscode.l10n.t('The value at {0} is written in another way in the file. Nothing was restored.', place);
    case 'folderMissing':
      return vscode.l10n.t('The folder {0} does not exist. Nothing was restored.', place);
    case 'readOnly':
      return vscode.l10n.t('{0} is read-only. Nothing was restored.', place);
    case 'insideStore':
      return vscode.l10n.t('{0} is in the folder of the snapshots themselves. Nothing was restored.', place);
    case 'caseClash':
      return vscode.l10n.t('A file whose name differs from {0} only in capitals stands there.', place);
    case 'hardLinked':
      return vscode.l10n.t('{0} is a file with other names elsewhere. Nothing was restored.', place);
    case 'linkInPath':
    case 'notRegular':
    case 'notAFolder':
      return vscode.l10n.t('Nothing is restored to {0}: links and devices are not followed.', place);
    case 'notAbsolute':
    case 'notNormal':
    case 'nulByte':
    case 'deviceName':
    case 'streamName':
    case 'trailingDot':
    case 'rawPath':
    case 'outsideRoot':
      return vscode.l10n.t('{0} is no path that anything is restored to.', place);
    case 'notAnObject':
      return vscode.l10n.t('This is no JSON or YAML object.');
    case 'fileSystem':
      return fileSystemText(code ?? '', place);
  }
}

function fileSystemText(code: string, place: string): string {
  switch (code) {
    case 'ENOENT':
      return vscode.l10n.t('{0} does not exist.', place);
    case 'EACCES':
    case 'EPERM':
      return vscode.l10n.t('There is no permission for {0}.', place);
    case 'EROFS':
      return vscode.l10n.t('The disk cannot be written to: {0}', place);
    case 'ENOSPC':
    case 'EDQUOT':
      return vscode.l10n.t('The disk is full: {0} was not written.', place);
    default:
      return vscode.l10n.t('The system refused {0}: {1}.', place, code);
  }
}
