/** Bytes as the vault binds and hashes them: unambiguous, whatever the parts hold. */

/**
 * The parts one after another, each behind its length (four bytes, big-endian), so that no two different lists of parts
 * give the same bytes: `['ab', 'c']` and `['a', 'bc']` differ.
 */
export function joinWithLengths(parts: readonly (string | Uint8Array)[]): Buffer {
  const lengths = parts.map((part) => (typeof part === 'string' ? Buffer.byteLength(part, 'utf8') : part.length));
  const joined = Buffer.allocUnsafe(lengths.reduce((sum, length) => sum + 4 + length, 0));
  let at = 0;
  parts.forEach((part, index) => {
    at = joined.writeUInt32BE(lengths[index]!, at);
    if (typeof part === 'string') joined.write(part, at, 'utf8');
    else joined.set(part, at);
    at += lengths[index]!;
  });
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
