/** Why the vault refused. Codes only: the shell puts them into words, and no value or key ever enters an error. */
export type VaultFailure =
  | 'keyMissing'
  | 'keyMalformed'
  | 'keyWrong'
  | 'keyDiffers'
  | 'passphraseWrong'
  | 'passphraseTooShort'
  | 'recoveryMissing'
  | 'recoveryMalformed'
  | 'tampered'
  | 'storeMalformed'
  | 'storeRolledBack'
  | 'snapshotMissing'
  | 'snapshotMalformed'
  | 'valueMissing'
  | 'notAFile'
  | 'tooLarge'
  | 'pinned'
  | 'busy';

/** A refusal of the vault. */
export class VaultError extends Error {
  readonly failure: VaultFailure;
  /** The snapshot, file or key path it is about; never a value. */
  readonly about: string | null;

  constructor(failure: VaultFailure, about: string | null = null) {
    super(about === null ? failure : `${failure}: ${about}`);
    this.name = 'VaultError';
    this.failure = failure;
    this.about = about;
  }
}
