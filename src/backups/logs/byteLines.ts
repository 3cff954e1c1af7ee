/** The first look at the bytes of a log: most lines of large logs are read, or passed over, without making text of them. */
import type { LogBytes } from './logBytes.ts';
import type { Reading } from './reading.ts';
import type { RecordSplitter } from './recordSplitter.ts';

const newline = 10;
const openBrace = 123;

/** Goes before a splitter, which gets the lines that have to be read as text. */
export class ByteLines {
  readonly #reading: Reading;
  readonly #splitter: RecordSplitter;
  readonly #noise: readonly Uint8Array[];

  /** @param noise how lines begin that are passed over; ASCII */
  constructor(reading: Reading, splitter: RecordSplitter, noise: readonly string[]) {
    this.#reading = reading;
    this.#splitter = splitter;
    this.#noise = noise.map((prefix) => Uint8Array.from(prefix, (char) => char.charCodeAt(0)));
  }

  /** Takes the next piece; it may end anywhere between two characters. */
  push(bytes: LogBytes): void {
    const splitter = this.#splitter;
    // Files hit by a power cut hold stretches of NULs.
    if (bytes.includes(0)) {
      splitter.push(bytes.toString('utf8').replaceAll('\0', ''));
      return;
    }
    const ended = bytes.lastIndexOf(newline) + 1;
    let at = 0;
    if (splitter.insideLine && ended > 0) {
      at = bytes.indexOf(newline) + 1;
      splitter.push(bytes.toString('utf8', 0, at));
    }
    this.#takeLines(bytes, at, ended);
    if (ended < bytes.length) splitter.push(bytes.toString('utf8', ended));
  }

  /** Whole lines. */
  #takeLines(bytes: LogBytes, from: number, ended: number): void {
    const splitter = this.#splitter;
    let at = from;
    while (at < ended) {
      if (splitter.atLineStart && bytes[at] === openBrace) {
        at = this.#takeObject(bytes, at, ended);
        continue;
      }
      const end = bytes.indexOf(newline, at);
      splitter.takeLine(bytes.toString('utf8', at, end));
      at = end + 1;
    }
  }

  /** A line that begins like an object; the index after it. */
  #takeObject(bytes: LogBytes, from: number, ended: number): number {
    const afterNoise = this.#passNoise(bytes, from, ended);
    if (afterNoise > from) return afterNoise;
    const splitter = this.#splitter;
    const afterRecord = this.#reading.record(bytes, from, splitter.lines + 1);
    if (afterRecord >= 0) {
      splitter.passLine();
      return afterRecord;
    }
    const end = bytes.indexOf(newline, from);
    const text = bytes.toString('utf8', from, end);
    splitter.takeLine(text);
    this.#reading.learn(text);
    return end + 1;
  }

  /** Passes over lines that begin alike and tell nothing, and tells of the first and the last. */
  #passNoise(bytes: LogBytes, from: number, ended: number): number {
    const which = this.#noiseAt(bytes, from);
    if (which < 0) return from;
    const splitter = this.#splitter;
    const first = splitter.passLine();
    this.#reading.noise(which, first);
    let last = first;
    let at = bytes.indexOf(newline, from) + 1;
    while (at < ended && this.#noiseAt(bytes, at) === which) {
      last = splitter.passLine();
      at = bytes.indexOf(newline, at) + 1;
    }
    if (last > first) this.#reading.noise(which, last);
    return at;
  }

  #noiseAt(bytes: LogBytes, from: number): number {
    const noise = this.#noise;
    for (let n = 0; n < noise.length; n++) if (beginsWith(bytes, from, noise[n]!)) return n;
    return -1;
  }
}

/** Looks at the last byte first: the lines of one tool begin alike. */
function beginsWith(bytes: Uint8Array, from: number, prefix: Uint8Array): boolean {
  for (let n = prefix.length - 1; n >= 0; n--) if (bytes[from + n] !== prefix[n]) return false;
  return true;
}
