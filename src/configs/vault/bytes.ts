/** Bytes as the vault binds and hashes them: unambiguous, whatever the parts hold. */

const lengthBytes = 4;

/**
 * The parts one after another, each behind its length (four bytes, big-endian), so that no two different lists of parts
 * give the same bytes: `['ab', 'c']` and `['a', 'bc']` differ.
 */
export function joinWithLengths(parts: readonly (string | Uint8Array)[]): Buffer {
  let size = 0;
  for (const part of parts) size += lengthBytes + (typeof part === 'string' ? Buffer.byteLength(part) : part.length);
  const joined = Buffer.allocUnsafe(size);
  let at = 0;
  for (const part of parts) {
    let { length } = part;
    if (typeof part === 'string') length = joined.write(part, at + lengthBytes);
    else joined.set(part, at + lengthBytes);
    at = joined.writeUInt32BE(length, at) + length;
  }
  return joined;
}

/**
 * Bytes from base64url, exactly `length` of them when given; null when the text is anything else. Node's own decoder
 * skips what it does not know, which would let two texts stand for the same bytes.
 */
export function decodeBase64Url(text: unknown, length?: number): Buffer | null {
  if (typeof text !== 'string') return null;
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text && (length === undefined || bytes.length === length) ? bytes : null;
}
