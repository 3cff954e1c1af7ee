/** The recovery slot: the master key sealed by a passphrase, so that a lost key does not lose the snapshots. */
import { randomBytes, scrypt } from 'node:crypto';
import { decrypt, encrypt, isSealed, type Sealed } from './aead.ts';
import { decodeBase64Url, joinWithLengths } from './bytes.ts';
import { MasterKey } from './keys.ts';
import { VaultError } from './vaultError.ts';

/** OWASP's first choice for scrypt: 128 MiB of memory for every guess. */
const cost = { N: 2 ** 17, r: 8, p: 1 } as const;
/** A slot made elsewhere may ask for more work, up to what a small machine bears: 256 MiB. */
const largestN = 2 ** 18;
/** Below this, a passphrase falls to guessing whatever scrypt costs. */
const shortestPassphrase = 12;

/** The master key under a passphrase, with what scrypt was told; `salt` is base64url. */
export interface RecoverySlot {
  kdf: 'scrypt';
  N: number;
  r: number;
  p: number;
  salt: string;
  keyId: string;
  sealed: Sealed;
}

/**
 * Seals the master key under a passphrase. Takes about half a second, off the event loop.
 * @throws VaultError passphraseTooShort under 12 characters.
 */
export async function sealForRecovery(key: MasterKey, passphrase: string, storeId: string): Promise<RecoverySlot> {
  if (passphrase.normalize('NFKC').length < shortestPassphrase) throw new VaultError('passphraseTooShort');
  const slot = { kdf: 'scrypt', ...cost, salt: randomBytes(16).toString('base64url'), keyId: key.id } as const;
  const derived = await deriveKey(passphrase, slot);
  return { ...slot, sealed: encrypt(derived, Buffer.from(key.reveal()), slotAad(slot, storeId)) };
}

/**
 * The master key of a recovery slot.
 * @throws VaultError passphraseWrong when it does not open, and a slot changed by anybody looks just the same;
 * recoveryMalformed before any work for one that asks for more than any slot.
 */
export async function openRecovery(slot: RecoverySlot, passphrase: string, storeId: string): Promise<MasterKey> {
  const { sealed } = parseRecoverySlot(slot);
  const text = decrypt(await deriveKey(passphrase, slot), sealed, slotAad(slot, storeId));
  if (!text) throw new VaultError('passphraseWrong');
  return MasterKey.parse(text.toString('utf8'));
}

/**
 * Checks a slot read from a file, its cost above all: N = 2³⁰ would take the machine down.
 * @throws VaultError recoveryMalformed
 */
export function parseRecoverySlot(value: unknown): RecoverySlot {
  const slot = value as Partial<RecoverySlot> | null;
  const valid =
    typeof slot === 'object' &&
    slot !== null &&
    slot.kdf === 'scrypt' &&
    typeof slot.N === 'number' &&
    Number.isInteger(Math.log2(slot.N)) &&
    slot.N >= cost.N &&
    slot.N <= largestN &&
    slot.r === cost.r &&
    slot.p === cost.p &&
    decodeBase64Url(slot.salt, 16) !== null &&
    typeof slot.keyId === 'string' &&
    /^[0-9a-f]{16}$/.test(slot.keyId) &&
    isSealed(slot.sealed);
  if (!valid) throw new VaultError('recoveryMalformed');
  return slot as RecoverySlot;
}

type Derivation = Pick<RecoverySlot, 'N' | 'r' | 'p' | 'salt'>;

function deriveKey(passphrase: string, { N, r, p, salt }: Derivation): Promise<Buffer> {
  // The same passphrase typed on another keyboard may come in another Unicode form.
  const secret = passphrase.normalize('NFKC');
  return new Promise((resolve, reject) => {
    // Node's default limit of 32 MiB would refuse these costs.
    scrypt(secret, Buffer.from(salt, 'base64url'), 32, { N, r, p, maxmem: 256 * N * r }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

function slotAad(slot: Omit<RecoverySlot, 'sealed'>, storeId: string): Buffer {
  const { kdf, N, r, p, salt, keyId } = slot;
  return joinWithLengths(['recovery 1', storeId, keyId, kdf, String(N), String(r), String(p), salt]);
}
