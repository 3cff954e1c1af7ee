/**
 * The keys of a vault. One master key (32 random bytes, kept by the caller: SecretStorage, a key file, the environment);
 * from it, for each store, a key that wraps data keys and a key that signs manifests, by HKDF (RFC 5869).
 */
import { createHmac, createSecretKey, hkdfSync, randomBytes, timingSafeEqual, type KeyObject } from 'node:crypto';
import { decrypt, encrypt, type Sealed } from './aead.ts';
import { decodeBase64Url, joinWithLengths } from './bytes.ts';
import { VaultError } from './vaultError.ts';

const keyBytes = 32;
const checksumBytes = 4;
/** Starts every key in text form, so that a wrong paste is recognized and a leaked key can be found by scanners. */
const keyPrefix = 'bfkey1_';

/** A master key in memory. Its bytes are private to the object, so that nothing prints them by accident. */
export class MasterKey {
  readonly #bytes: Buffer;
  /** Which key this is, telling nothing of it: 16 hexadecimal digits. */
  readonly id: string;

  private constructor(bytes: Buffer) {
    this.#bytes = bytes;
    this.id = digest(bytes, 'id', 8).toString('hex');
  }

  /** A new random key. */
  static create(): MasterKey {
    return new MasterKey(randomBytes(keyBytes));
  }

  /**
   * A key from its text form; the checksum tells a mistyped key before anything is tried with it.
   * @throws VaultError keyMalformed when the text is no key; the text is never repeated.
   */
  static parse(text: string): MasterKey {
    const trimmed = text.trim();
    const bytes = trimmed.startsWith(keyPrefix)
      ? decodeBase64Url(trimmed.slice(keyPrefix.length), keyBytes + checksumBytes)
      : null;
    if (!bytes) throw new VaultError('keyMalformed');
    const key = bytes.subarray(0, keyBytes);
    if (!bytes.subarray(keyBytes).equals(digest(key, 'checksum', checksumBytes))) throw new VaultError('keyMalformed');
    return new MasterKey(key);
  }

  /** The text form: prefix, key, checksum. A secret, for SecretStorage and explicit export only. */
  reveal(): string {
    return (
      keyPrefix + Buffer.concat([this.#bytes, digest(this.#bytes, 'checksum', checksumBytes)]).toString('base64url')
    );
  }

  /** The keys for one store: a key copied into another store opens nothing there. */
  forStore(storeId: string): StoreKeys {
    const derive = (use: string): KeyObject =>
      createSecretKey(
        Buffer.from(hkdfSync('sha256', this.#bytes, Buffer.from(storeId), `backup-foresight ${use}`, keyBytes)),
      );
    return new StoreKeys(this.id, storeId, derive('wrap'), derive('sign'));
  }
}

/** What a wrapped key is for; it opens for no other purpose. */
export type WrapPurpose = 'snapshot' | 'fingerprint' | 'rotation';

/** What a store needs of its master key. */
export class StoreKeys {
  readonly keyId: string;
  readonly storeId: string;
  readonly #wrapKey: KeyObject;
  readonly #signKey: KeyObject;

  constructor(keyId: string, storeId: string, wrapKey: KeyObject, signKey: KeyObject) {
    this.keyId = keyId;
    this.storeId = storeId;
    this.#wrapKey = wrapKey;
    this.#signKey = signKey;
  }

  /** Wraps a key for a purpose and an owner (a snapshot's id, or the store's); it opens for no other. */
  wrap(key: Uint8Array, purpose: WrapPurpose, owner: string): Sealed {
    return encrypt(this.#wrapKey, key, this.#wrapAad(purpose, owner));
  }

  /** @throws VaultError tampered when it was not wrapped by this key for this purpose and owner. */
  unwrap(sealed: Sealed, purpose: WrapPurpose, owner: string): Buffer {
    const key = decrypt(this.#wrapKey, sealed, this.#wrapAad(purpose, owner));
    if (!key) throw new VaultError('tampered', owner);
    return key;
  }

  /** HMAC-SHA256 over the parts, base64url. The first part says what is signed. */
  sign(parts: readonly string[]): string {
    return createHmac('sha256', this.#signKey).update(joinWithLengths(parts)).digest('base64url');
  }

  /** True when the signature is this key's over these parts; every wrong one takes the same time. */
  verify(signature: unknown, parts: readonly string[]): boolean {
    const given = decodeBase64Url(signature, 32);
    return given !== null && timingSafeEqual(given, Buffer.from(this.sign(parts), 'base64url'));
  }

  #wrapAad(purpose: WrapPurpose, owner: string): Buffer {
    return joinWithLengths(['wrap 1', this.storeId, this.keyId, purpose, owner]);
  }
}

/** A new random data key. */
export function createDataKey(): Buffer {
  return randomBytes(keyBytes);
}

function digest(key: Uint8Array, use: string, length: number): Buffer {
  return createHmac('sha256', key).update(`backup-foresight key ${use}`).digest().subarray(0, length);
}
