/** Cuts the text of a log into lines and JSON values, whatever stands between them. */

/** Gets the pieces, in order. Lines count from 1. */
export interface PieceHandler {
  /** A line of text, without its line end. */
  line(text: string, line: number): void;
  /**
   * A JSON object: on a line of its own, over several lines, or an element of an array. `text` is what it was read from,
   * given where it goes over several lines.
   */
  json(object: unknown, line: number, endLine: number, text: string | null): void;
  /** A line that begins with one of the noise prefixes. */
  noise(prefix: number, line: number): void;
  /** Lines that begin like a JSON value and are none. */
  damaged(line: number, endLine: number): void;
}

const newline = 10;
const quote = 34;
const comma = 44;
const colon = 58;
const openBracket = 91;
const backslash = 92;
const closeBracket = 93;
const openBrace = 123;
const closeBrace = 125;

/** A line that grows beyond this before it ends is read piece by piece if it is JSON, and dropped if not. */
const longLine = 4_000_000;
/** One object may be this long; beyond it is taken for damage. */
const longestObject = 100_000_000;
const deepestObject = 10_000;

type Mode = 'line' | 'object' | 'array' | 'drop';

export class RecordSplitter {
  readonly #handler: PieceHandler;
  readonly #noise: readonly string[];
  #line = 0;
  /** The beginning of a line whose end has not come yet. */
  #carry = '';
  #mode: Mode = 'line';
  /** Whether the line in hand has been counted already (a long line is read in pieces). */
  #insideLine = false;
  #inArray = false;

  // The object that is being read: its text so far, and where the scan of it stands.
  #parts: string[] = [];
  #partsLength = 0;
  #firstLine = 0;
  #nesting: number[] = [];
  #inString = false;
  #escaped = false;
  /** The last character that was no blank: tells a value that stands where none may. */
  #last = 0;

  constructor(handler: PieceHandler, noise: readonly string[]) {
    this.#handler = handler;
    this.#noise = noise;
  }

  /** The number of lines that have ended (or, after `finish`, of all lines). */
  get lines(): number {
    return this.#line;
  }

  /** Whether a value has begun and not ended. */
  get inside(): boolean {
    return this.#mode !== 'line';
  }

  /** Whether the next line belongs to no value that began before it. */
  get atLineStart(): boolean {
    return this.#mode === 'line' && !this.#insideLine;
  }

  /** Whether a line has begun whose end has not come. */
  get insideLine(): boolean {
    return this.#carry !== '';
  }

  /** Counts a line that was read elsewhere, and gives its number. */
  passLine(): number {
    return ++this.#line;
  }

  /** A splitter that stands where this one stands and goes on alone, telling another handler. */
  fork(handler: PieceHandler): RecordSplitter {
    const copy = new RecordSplitter(handler, this.#noise);
    copy.#line = this.#line;
    copy.#carry = this.#carry;
    copy.#mode = this.#mode;
    copy.#insideLine = this.#insideLine;
    copy.#inArray = this.#inArray;
    copy.#parts = [...this.#parts];
    copy.#partsLength = this.#partsLength;
    copy.#firstLine = this.#firstLine;
    copy.#nesting = [...this.#nesting];
    copy.#inString = this.#inString;
    copy.#escaped = this.#escaped;
    copy.#last = this.#last;
    return copy;
  }

  /** The object over several lines that has not ended yet, and the line it began on; null when there is none. */
  get unended(): { text: string; line: number } | null {
    if (this.#mode !== 'object' || this.#firstLine === this.#line) return null;
    return { text: this.#parts.join(''), line: this.#firstLine };
  }

  /** Takes the next piece of the text; it may end anywhere. */
  push(text: string): void {
    let from = 0;
    let end = text.indexOf('\n');
    if (this.#carry !== '') {
      if (end < 0) {
        this.#carry += text;
        if (this.#carry.length > longLine) this.#takeUnended();
        return;
      }
      const line = this.#carry + text.slice(0, end);
      this.#carry = '';
      this.#take(line, 0, line.length);
      from = end + 1;
      end = text.indexOf('\n', from);
    }
    for (; end >= 0; end = text.indexOf('\n', from)) {
      this.#take(text, from, end);
      from = end + 1;
    }
    this.#carry = text.slice(from);
    if (this.#carry.length > longLine) this.#takeUnended();
  }

  /** Takes a whole line, without its end; only where no line has begun. */
  takeLine(line: string): void {
    this.#take(line, 0, line.length);
  }

  /** Takes the line whose end has not come as if it had; an object that is still open stays so. For a fork. */
  finish(): void {
    const line = this.#carry;
    this.#carry = '';
    if (line === '') return;
    if (this.#mode === 'line') this.#take(line, 0, line.length);
    else if (this.#mode !== 'drop') {
      if (!this.#insideLine) this.#line++;
      this.#scan(line, 0, line.length, false);
    }
  }

  /** A whole line (or the rest of a long one) stands between two indices. */
  #take(text: string, from: number, to: number): void {
    if (!this.#insideLine) this.#line++;
    this.#insideLine = false;
    if (this.#mode === 'line') this.#takeLine(text, from, to);
    else if (this.#mode === 'drop') this.#mode = 'line';
    else this.#scan(text, from, to, true);
  }

  /** A line is longer than memory should hold: reads what is there of it. */
  #takeUnended(): void {
    const text = this.#carry;
    this.#carry = '';
    if (!this.#insideLine) this.#line++;
    this.#insideLine = true;
    if (this.#mode === 'drop') return;
    if (this.#mode === 'line') {
      const start = skipBlanks(text, 0, text.length);
      if (!looksLikeJson(text, start, text.length)) {
        this.#handler.damaged(this.#line, this.#line);
        this.#mode = 'drop';
        return;
      }
    }
    this.#scan(text, 0, text.length, false);
  }

  #takeLine(text: string, from: number, to: number): void {
    const first = text.charCodeAt(from);
    if (first === openBrace) {
      for (let n = 0; n < this.#noise.length; n++) {
        if (text.startsWith(this.#noise[n]!, from)) {
          this.#handler.noise(n, this.#line);
          return;
        }
      }
      if (this.#takeWhole(text, from, to)) return;
    }
    const start = first === openBracket || first <= 32 ? skipBlanks(text, from, to) : from;
    if (start < to && looksLikeJson(text, start, to)) {
      if (start > from && this.#takeWhole(text, start, to)) return;
      this.#scan(text, start, to, true);
      return;
    }
    this.#handler.line(text.slice(from, to), this.#line);
  }

  /** The common case, an object that fills its line, at the speed of JSON.parse. */
  #takeWhole(text: string, from: number, to: number): boolean {
    if (text.charCodeAt(from) !== openBrace) return false;
    let end = to;
    while (end > from && text.charCodeAt(end - 1) <= 32) end--;
    if (text.charCodeAt(end - 1) === comma) end--;
    if (text.charCodeAt(end - 1) !== closeBrace) return false;
    let value: unknown;
    try {
      value = JSON.parse(text.slice(from, end));
    } catch {
      return false;
    }
    this.#handler.json(value, this.#line, this.#line, null);
    return true;
  }

  /** Goes through a stretch of text that is, or should be, JSON. */
  #scan(text: string, from: number, to: number, lineEnds: boolean): void {
    let at = from;
    if (lineEnds && at >= to && this.#mode === 'object') this.#parts.push('\n');
    while (at < to) {
      if (this.#mode === 'object') {
        at = this.#scanObject(text, at, to, lineEnds);
        continue;
      }
      at = skipBlanks(text, at, to);
      if (at >= to) break;
      const code = text.charCodeAt(at);
      if (code === openBrace) {
        this.#mode = 'object';
        this.#firstLine = this.#line;
        continue;
      }
      if (code === comma) at++;
      else if (code === openBracket && !this.#inArray && looksLikeJson(text, at, to)) {
        this.#inArray = true;
        this.#mode = 'array';
        at++;
      } else if (code === closeBracket) {
        this.#inArray = false;
        this.#mode = 'line';
        at++;
      } else {
        // Neither an element nor the end of the array: whatever this line is, it is no part of it.
        this.#inArray = false;
        this.#mode = lineEnds ? 'line' : 'drop';
        if (lineEnds) this.#handler.line(text.slice(at, to), this.#line);
        return;
      }
    }
    if (lineEnds && this.#mode === 'object' && this.#inString) this.#giveUp();
  }

  /** Follows an object to its end or to the end of the text; gives the index to go on from. */
  #scanObject(text: string, from: number, to: number, lineEnds: boolean): number {
    const nesting = this.#nesting;
    let inString = this.#inString;
    let last = this.#last;
    let at = from;
    if (inString && this.#escaped) at++;
    this.#escaped = false;
    for (; at < to; at++) {
      const code = text.charCodeAt(at);
      if (inString) {
        if (code === backslash) {
          if (++at >= to) this.#escaped = true;
        } else if (code === quote) inString = false;
        continue;
      }
      if (code <= 32) continue;
      if (code === quote) inString = true;
      else if (code === openBrace || code === openBracket) {
        const inside = nesting.at(-1);
        const allowed =
          inside === undefined ||
          last === colon ||
          (inside === openBracket && (last === openBracket || last === comma));
        if (!allowed) {
          this.#parts.push(text.slice(from, at));
          return this.#restart(text, at);
        }
        if (nesting.push(code) > deepestObject) return this.#refuse(to);
      } else if (code === closeBrace || code === closeBracket) {
        nesting.pop();
        if (nesting.length === 0) {
          this.#parts.push(text.slice(from, at + 1));
          this.#last = 0;
          this.#inString = false;
          this.#emit();
          return at + 1;
        }
      }
      last = code;
    }
    this.#inString = inString;
    this.#last = last;
    this.#parts.push(lineEnds ? `${text.slice(from, to)}\n` : text.slice(from, to));
    this.#partsLength += to - from;
    return this.#partsLength > longestObject ? this.#refuse(to) : to;
  }

  /** Gives up an object that no tool would write. */
  #refuse(to: number): number {
    this.#handler.damaged(this.#firstLine, this.#line);
    this.#reset();
    return to;
  }

  #emit(): void {
    const text = this.#parts.length === 1 ? this.#parts[0]! : this.#parts.join('');
    const firstLine = this.#firstLine;
    this.#reset();
    this.#tell(text, firstLine, this.#line);
  }

  #tell(text: string, line: number, endLine: number): void {
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      this.#handler.damaged(line, endLine);
      return;
    }
    this.#handler.json(value, line, endLine, endLine > line ? text : null);
  }

  /** A new value begins where none may: the object before it was cut off. Reads its later lines one by one. */
  #restart(text: string, at: number): number {
    if (this.#firstLine === this.#line) {
      // Both on one line: only the second can be whole.
      this.#handler.damaged(this.#line, this.#line);
      this.#reset();
      return text.charCodeAt(at) === openBrace ? at : text.length;
    }
    this.#giveUp();
    return at;
  }

  /** The object in hand was cut off: its first line is damaged, each later one is read for itself. */
  #giveUp(): void {
    const lines = this.#parts.join('').split('\n');
    const firstLine = this.#firstLine;
    this.#reset();
    this.#handler.damaged(firstLine, firstLine);
    // The last entry is the line in hand or empty; the ones between have not been looked at as lines.
    for (let n = 1; n < lines.length - 1; n++) {
      const line = lines[n]!;
      const start = skipBlanks(line, 0, line.length);
      const lineNumber = firstLine + n;
      if (line.charCodeAt(start) !== openBrace) {
        if (start === 0 && line !== '') this.#handler.line(line, lineNumber);
        continue;
      }
      this.#tell(line, lineNumber, lineNumber);
    }
  }

  #reset(): void {
    this.#mode = this.#inArray ? 'array' : 'line';
    this.#parts = [];
    this.#partsLength = 0;
    this.#nesting = [];
    this.#inString = false;
    this.#escaped = false;
    this.#last = 0;
  }
}

function skipBlanks(text: string, from: number, to: number): number {
  let at = from;
  while (at < to && text.charCodeAt(at) <= 32) at++;
  return at;
}

/** Whether an object, or an array of objects, begins at an index; `[2026-01-05 …` is text. */
function looksLikeJson(text: string, at: number, to: number): boolean {
  const code = text.charCodeAt(at);
  if (code === openBrace) {
    const next = text.charCodeAt(skipBlanks(text, at + 1, to));
    return Number.isNaN(next) || next === newline || next === quote || next === closeBrace || at + 1 >= to;
  }
  if (code !== openBracket) return false;
  const next = skipBlanks(text, at + 1, to);
  return next >= to || text.charCodeAt(next) === openBrace || text.charCodeAt(next) === closeBracket;
}
