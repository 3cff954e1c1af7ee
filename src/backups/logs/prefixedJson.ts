/** A JSON value each of whose lines has a prefix: `Jun  1 02:00:03 nas borg[811]:     "archive": {`. */
import { RecordSplitter, type PieceHandler } from './recordSplitter.ts';

/** What came of some lines: a JSON value, or a line of text that was none. */
export type PrefixedPiece = { line: number; endLine: number } & (
  { value: unknown; text: null } | { value: null; text: string }
);

/** More lines than any tool's record has: what began there was no record. */
const mostLines = 20_000;

/** Collects the lines of a value, without their prefixes, until it ends. */
export class PrefixedJson implements PieceHandler {
  #splitter = new RecordSplitter(this, []);
  /** Where each line stands in the log. */
  #lines: number[] = [];
  #pieces: PrefixedPiece[] = [];
  /** Whether the value has not ended yet. */
  open = false;

  /** Whether a line is the beginning of an object, or of a list of objects. */
  static begins(text: string): boolean {
    return /^(?:\{\s*(?:"|$)|\[\s*(?:\{|$))/.test(text);
  }

  fork(): PrefixedJson {
    const copy = new PrefixedJson();
    copy.#splitter = this.#splitter.fork(copy);
    copy.#lines = [...this.#lines];
    copy.open = this.open;
    return copy;
  }

  /** Takes the next line, and gives what is complete with it. */
  take(text: string, line: number): PrefixedPiece[] {
    this.#lines.push(line);
    this.#splitter.push(`${text}\n`);
    this.open = this.#splitter.inside && this.#lines.length < mostLines;
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  line(text: string, line: number): void {
    const at = this.#lines[line - 1]!;
    this.#pieces.push({ line: at, endLine: at, value: null, text });
  }

  json(value: unknown, line: number, endLine: number): void {
    this.#pieces.push({ line: this.#lines[line - 1]!, endLine: this.#lines[endLine - 1]!, value, text: null });
  }

  noise(): void {
    // Nothing is named as noise.
  }

  damaged(): void {
    // In a prefixed log a line that looks like JSON and is none is text like any other.
  }
}
