/** From the bytes of any encoding to UTF-8, without cutting a character in two. */

export type LogEncoding = 'utf8' | 'utf16le' | 'utf16be';

/**
 * The encoding of a file by its first bytes: its byte order mark, or, without one, the NULs that UTF-16 puts into plain
 * text. `markBytes` is the length of the mark.
 *
 * @example sniffEncoding(Buffer.from([0xff, 0xfe, 0x41, 0])) //=> { encoding: 'utf16le', markBytes: 2 }
 */
export function sniffEncoding(head: Buffer): { encoding: LogEncoding; markBytes: number } {
  if (head[0] === 0xff && head[1] === 0xfe) return { encoding: 'utf16le', markBytes: 2 };
  if (head[0] === 0xfe && head[1] === 0xff) return { encoding: 'utf16be', markBytes: 2 };
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return { encoding: 'utf8', markBytes: 3 };
  const sample = Math.min(head.length & ~1, 256);
  let evenNulls = 0;
  let oddNulls = 0;
  for (let n = 0; n < sample; n++) {
    if (head[n] !== 0) continue;
    if (n % 2 === 0) evenNulls++;
    else oddNulls++;
  }
  if (sample >= 16 && evenNulls === 0 && oddNulls > sample * 0.4) return { encoding: 'utf16le', markBytes: 0 };
  if (sample >= 16 && oddNulls === 0 && evenNulls > sample * 0.4) return { encoding: 'utf16be', markBytes: 0 };
  return { encoding: 'utf8', markBytes: 0 };
}

/** Turns pieces of bytes into UTF-8; the bytes of a character that is not whole yet wait for the next piece. */
export class TextCutter {
  readonly #encoding: LogEncoding;
  #pending: Buffer = Buffer.alloc(0);

  constructor(encoding: LogEncoding) {
    this.#encoding = encoding;
  }

  /** Bytes taken in that have not been given out yet. */
  get pendingBytes(): number {
    return this.#pending.length;
  }

  /** Whole characters; where they are UTF-8 already they stand in the piece itself, if nothing waited. */
  push(piece: Buffer): Buffer {
    const bytes = this.#pending.length > 0 ? Buffer.concat([this.#pending, piece]) : piece;
    const whole = this.#encoding === 'utf8' ? wholeUtf8(bytes) : bytes.length & ~1;
    // Copied: the caller uses its buffer again.
    this.#pending = Buffer.from(bytes.subarray(whole));
    const characters = bytes.subarray(0, whole);
    if (this.#encoding === 'utf8') return characters;
    const little = this.#encoding === 'utf16be' ? Buffer.from(characters).swap16() : characters;
    return Buffer.from(little.toString('utf16le'));
  }
}

/** How many of the bytes are whole characters; what is no UTF-8 at all counts as whole. */
function wholeUtf8(bytes: Buffer): number {
  const { length } = bytes;
  for (let back = 1; back <= 3 && back <= length; back++) {
    const byte = bytes[length - back]!;
    if (byte < 0x80) return length;
    if (byte >= 0xc0) {
      const wanted = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
      return wanted > back ? length - back : length;
    }
  }
  return length;
}
