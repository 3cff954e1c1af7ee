/** What a store says of its keys: which master key it is under, its fingerprint key, the recovery slot, a rotation under way. */
import { isSealed, type Sealed } from './aead.ts';
import { createDataKey, MasterKey, type StoreKeys } from './keys.ts';
import { parseRecoverySlot, type RecoverySlot } from './recovery.ts';
import { peekDocument, readSignedDocument, writeSignedDocument } from './signedDocument.ts';
import { VaultError } from './vaultError.ts';

/** What the keyring says. */
export interface Keyring {
  storeId: string;
  /** UTC epoch milliseconds. */
  createdAt: number;
  keyId: string;
  /** Survives rotation, so that "changed" and "same" hold across it. */
  fingerprintKey: Sealed;
  recovery: RecoverySlot | null;
  /** Set while snapshots are rewrapped: the old master key, sealed under the new one. */
  rotation: { fromKeyId: string; oldKey: Sealed } | null;
  /** True while every snapshot is sealed anew. */
  resealing: boolean;
}

const kind = 'keyring 1';

/** A new store's keyring. `storeId` is random and public. */
export function createKeyring(storeId: string, keys: StoreKeys, createdAt: number): Keyring {
  return {
    storeId,
    createdAt,
    keyId: keys.keyId,
    fingerprintKey: keys.wrap(createDataKey(), 'fingerprint', storeId),
    recovery: null,
    rotation: null,
    resealing: false,
  };
}

/** The keyring as text, signed. */
export function writeKeyring(keyring: Keyring, keys: StoreKeys): string {
  return writeSignedDocument(kind, keyring, keys);
}

/**
 * What can be known without any key: the store's id, its key's id and the recovery slot. Not verified.
 * @throws VaultError storeMalformed
 */
export function peekKeyring(text: string): Pick<Keyring, 'storeId' | 'keyId' | 'recovery'> {
  const content = peekDocument(text);
  if (!content || !isId(content['storeId'], 32) || !isId(content['keyId'], 16))
    throw new VaultError('storeMalformed', 'keyring');
  const { storeId, keyId, recovery } = content;
  return { storeId, keyId, recovery: recovery === null ? null : parseRecoverySlot(recovery) };
}

/** @throws VaultError storeMalformed, tampered, or keyWrong when the store is under another key. */
export function readKeyring(text: string, keys: StoreKeys): Keyring {
  if (peekKeyring(text).keyId !== keys.keyId) throw new VaultError('keyWrong');
  const content = readSignedDocument(kind, text, keys);
  if (content === 'malformed' || (content !== 'tampered' && !isSealed(content['fingerprintKey'])))
    throw new VaultError('storeMalformed', 'keyring');
  if (content === 'tampered') throw new VaultError('tampered', 'keyring');
  return content as unknown as Keyring;
}

/** The keyring at the start of a rotation from `oldKey` to the key of `newKeys`. The recovery slot held the old key: it goes. */
export function beginRotation(keyring: Keyring, oldKey: MasterKey, newKeys: StoreKeys): Keyring {
  const { storeId } = keyring;
  const oldKeys = oldKey.forStore(storeId);
  return {
    ...keyring,
    keyId: newKeys.keyId,
    fingerprintKey: newKeys.wrap(
      oldKeys.unwrap(keyring.fingerprintKey, 'fingerprint', storeId),
      'fingerprint',
      storeId,
    ),
    recovery: null,
    rotation: { fromKeyId: oldKey.id, oldKey: newKeys.wrap(Buffer.from(oldKey.reveal()), 'rotation', storeId) },
  };
}

/** The old key of a rotation under way. */
export function rotationKey({ storeId, rotation }: Keyring, keys: StoreKeys): MasterKey | null {
  return rotation && MasterKey.parse(keys.unwrap(rotation.oldKey, 'rotation', storeId).toString('utf8'));
}

function isId(value: unknown, digits: number): value is string {
  return typeof value === 'string' && value.length === digits && /^[0-9a-f]+$/.test(value);
}
