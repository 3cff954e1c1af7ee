/** What the command line says of each refusal of the vault. */
import { largestFile } from '../configs/liveConfig.ts';
import type { RestoreRefusal } from '../configs/vault/restoreError.ts';
import type { VaultFailure } from '../configs/vault/vaultError.ts';

/** Of a refusal of the vault; what it is about is told before it. */
export const failureTexts: Readonly<Record<VaultFailure, string>> = {
  keyMissing: 'there is no key; make one with: backup-foresight key init',
  keyMalformed: 'the key is damaged or cut off',
  keyWrong: 'the store is under another key',
  keyDiffers: 'another key stands there already',
  passphraseWrong: 'the passphrase is wrong',
  passphraseTooShort: 'the passphrase is shorter than 12 characters',
  recoveryMissing: 'no recovery passphrase is set up',
  recoveryMalformed: 'the recovery record is damaged',
  tampered: 'it is not what was signed; somebody or something changed it',
  storeMalformed: 'the store is damaged',
  storeRolledBack:
    'an older copy stands in the place of the store that was last seen here; if you have restored it yourself, run: backup-foresight verify --accept-older',
  snapshotMissing: 'there is no such snapshot',
  snapshotMalformed: 'the snapshot is damaged',
  valueMissing: 'the snapshot holds no such value',
  notAFile: 'is no plain file',
  tooLarge: `is larger than ${largestFile / 2 ** 20} MiB, which no configuration is`,
  pinned: 'it is pinned; unpin it first',
  busy: 'another process is changing the store; try again',
};

/** Of a refusal to restore; what it is about is told before it. */
export const refusalTexts: Readonly<Record<RestoreRefusal, string>> = {
  notAbsolute: 'no absolute path',
  notNormal: 'holds . or .. or a doubled slash',
  nulByte: 'holds a NUL byte',
  deviceName: 'is the name of a device',
  streamName: 'names a stream of a file',
  trailingDot: 'ends in a dot or a space',
  rawPath: 'goes past the checks of the system',
  outsideRoot: 'lies outside the folder',
  insideStore: 'lies in the store itself',
  linkInPath: 'is a link',
  folderMissing: 'is no folder that exists',
  notAFolder: 'is no folder',
  notRegular: 'is no plain file',
  hardLinked: 'has other names too, which would not follow',
  readOnly: 'is read-only; run chmod u+w on it first',
  caseClash: 'differs from a file that is there in upper and lower case only',
  changedSincePreview: 'was changed meanwhile',
  keyNotThere: 'the key is not in both the snapshot and the file',
  keyRepeats: 'the key stands there more than once',
  keyWrittenOtherwise: 'the file writes this value in another way (quotes, indentation)',
};
