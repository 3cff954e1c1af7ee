/** AES-256-GCM through Node's crypto, with the lengths that its API leaves open nailed down. */
import { createCipheriv, createDecipheriv, randomBytes, type CipherKey } from 'node:crypto';
import { decodeBase64Url } from './bytes.ts';

const algorithm = 'aes-256-gcm';
const ivBytes = 12;
// Without an explicit length, Node accepts a tag cut to four bytes.
const tagBytes = 16;

/** Encrypted bytes as they stand in a file: IV, ciphertext and tag in base64url. */
export interface Sealed {
  iv: string;
  data: string;
  tag: string;
}

/** Asking the system for each IV by itself takes as long as sealing a short value. */
const ivsAtOnce = 256;
let randomIvs: Buffer = Buffer.alloc(0);

/** Random bytes that were given to nobody before. */
function freshIv(): Buffer {
  if (randomIvs.length === 0) randomIvs = randomBytes(ivBytes * ivsAtOnce);
  const iv = randomIvs.subarray(0, ivBytes);
  randomIvs = randomIvs.subarray(ivBytes);
  return iv;
}

/** Encrypts under a 32-byte key with a fresh random IV, bound to `aad`. */
export function encrypt(key: CipherKey, plain: Uint8Array, aad: Uint8Array): Sealed {
  const iv = freshIv();
  const cipher = createCipheriv(algorithm, key, iv, { authTagLength: tagBytes });
  cipher.setAAD(aad);
  // In this mode nothing is held back for the end.
  const data = cipher.update(plain);
  cipher.final();
  return {
    iv: iv.toString('base64url'),
    data: data.toString('base64url'),
    tag: cipher.getAuthTag().toString('base64url'),
  };
}

/** Decrypts; null when the key, the binding or a single bit is not the one that was sealed. */
export function decrypt(key: CipherKey, sealed: Sealed, aad: Uint8Array): Buffer | null {
  const iv = decodeBase64Url(sealed.iv, ivBytes);
  const tag = decodeBase64Url(sealed.tag, tagBytes);
  const data = decodeBase64Url(sealed.data);
  if (!iv || !tag || !data) return null;
  try {
    const decipher = createDecipheriv(algorithm, key, iv, { authTagLength: tagBytes });
    decipher.setAAD(aad);
    decipher.setAuthTag(tag);
    return Buffer.concat([decipher.update(data), decipher.final()]);
  } catch {
    return null;
  }
}

/** True for an object of exactly the three texts of a `Sealed`; their content is judged when decrypting. */
export function isSealed(value: unknown): value is Sealed {
  if (typeof value !== 'object' || value === null || Object.keys(value).length !== 3) return false;
  const { iv, data, tag } = value as Partial<Sealed>;
  return typeof iv === 'string' && typeof data === 'string' && typeof tag === 'string';
}
