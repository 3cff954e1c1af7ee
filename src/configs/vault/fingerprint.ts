/**
 * Keyed fingerprints: whether two values (or files) are the same, without opening either. Never a plain hash: with the
 * text around it in clear, a weak password could be guessed against one offline.
 */
import { createHmac, type CipherKey } from 'node:crypto';
import { joinWithLengths } from './bytes.ts';

/** 128 bits: never equal by chance, and no more to store than needed. */
const fingerprintBytes = 16;

/** Fingerprint of a value at its place: the same value under another key path has another fingerprint. */
export function fingerprintValue(key: CipherKey, config: string, path: string, value: Uint8Array): string {
  return keyedHash(key, ['value', config, path, value]);
}

/** Fingerprint of a whole configuration, to see that nothing changed. */
export function fingerprintContent(key: CipherKey, config: string, content: Uint8Array): string {
  return keyedHash(key, ['content', config, content]);
}

function keyedHash(key: CipherKey, parts: readonly (string | Uint8Array)[]): string {
  const hash = createHmac('sha256', key).update(joinWithLengths(parts)).digest();
  return hash.subarray(0, fingerprintBytes).toString('base64url');
}
