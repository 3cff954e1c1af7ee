import type { LogBytes } from './logBytes.ts';

const slots = 4096;
const longest = 64;

/** Short texts that come again and again, made once. It forgets what other texts displace. */
export class TextPool {
  readonly #texts: (string | undefined)[] = Array.from({ length: slots }, () => undefined);

  /** The text of some bytes. */
  textOf(bytes: LogBytes, from: number, to: number): string {
    if (to - from > longest) return bytes.toString('utf8', from, to);
    let hash = 0;
    let all = 0;
    for (let at = from; at < to; at++) {
      const byte = bytes[at]!;
      hash = (Math.imul(hash, 31) + byte) | 0;
      all |= byte;
    }
    // Beyond ASCII bytes are no characters, and cannot be compared with any.
    if (all > 127) return bytes.toString('utf8', from, to);
    const slot = hash & (slots - 1);
    const known = this.#texts[slot];
    if (known !== undefined && isText(known, bytes, from, to)) return known;
    return (this.#texts[slot] = bytes.toString('utf8', from, to));
  }
}

function isText(text: string, bytes: LogBytes, from: number, to: number): boolean {
  if (text.length !== to - from) return false;
  for (let n = 0; n < text.length; n++) if (text.charCodeAt(n) !== bytes[from + n]) return false;
  return true;
}
