/** One secret value sealed under its snapshot's data key, bound to the place it was cut from. */
import type { CipherKey } from 'node:crypto';
import { decrypt, encrypt, type Sealed } from './aead.ts';
import { joinWithLengths } from './bytes.ts';

/** Where a value belongs. All of it is authenticated: a value moved to another place does not open. */
export interface ValuePlace {
  snapshotId: string;
  /** Position among the snapshot's values, from 0. */
  index: number;
  /** YAML document number; 0 in other formats. */
  document: number;
  /** Key path with list indexes, as JSON text. */
  path: string;
  style: string;
}

const lengthBytes = 4;
const smallestBucket = 16;
const largestDoubling = 4096;

/**
 * Size that a value of `length` bytes is padded to, its length field included: a power of two from 16, then whole
 * steps of 4 KiB. Tells an onlooker a bucket, not the length of a password.
 *
 * @example
 * paddedSize(8) //=> 16
 * paddedSize(13) //=> 32
 * paddedSize(5000) //=> 8192
 */
export function paddedSize(length: number): number {
  const needed = length + lengthBytes;
  if (needed > largestDoubling) return Math.ceil(needed / largestDoubling) * largestDoubling;
  let size = smallestBucket;
  while (size < needed) size *= 2;
  return size;
}

/** Seals a value's bytes. */
export function sealValue(dataKey: CipherKey, value: Uint8Array, place: ValuePlace): Sealed {
  const padded = Buffer.alloc(paddedSize(value.length));
  padded.writeUInt32BE(value.length);
  padded.set(value, lengthBytes);
  return encrypt(dataKey, padded, placeAad(place));
}

/** Opens a value; null when the key, the place or a single bit is another. */
export function openValue(dataKey: CipherKey, sealed: Sealed, place: ValuePlace): Buffer | null {
  const padded = decrypt(dataKey, sealed, placeAad(place));
  return padded && padded.subarray(lengthBytes, lengthBytes + padded.readUInt32BE());
}

function placeAad({ snapshotId, index, document, path, style }: ValuePlace): Buffer {
  return joinWithLengths(['value 1', snapshotId, String(index), String(document), path, style]);
}
