/** Bytes as the vault binds and hashes them: unambiguous, whatever the parts hold. */

/**
 * The parts one after another, each behind its length (four bytes, big-endian), so that no two different lists of parts
 * give the same bytes: `['ab', 'c']` and `['a', 'bc']` differ.
 */
export function joinWithLengths(parts: readonly (string | Uint8Array)[]): Buffer {
  const pieces: Uint8Array[] = [];
  for (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'utf8') : part;
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    pieces.push(length, bytes);
  }
  return Buffer.concat(pieces);
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
