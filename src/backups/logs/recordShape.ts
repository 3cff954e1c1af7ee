/** JSON records with the same fields in the same order, read from their bytes: no text and no object is made of them. */
import { mapFields, type FieldMap, type FieldSource, type Key, type Measured } from './fieldMap.ts';
import { IsoTimes } from './isoTimes.ts';
import type { JsonObject } from './jsonValue.ts';
import type { LogBytes } from './logBytes.ts';
import { TextPool } from './textPool.ts';

/** What becomes of a field: nothing, its value, the moment it tells, or a text that is made once for all runs. */
type Use = 'none' | 'value' | 'time' | 'shared';

const mostFields = 200;
const longestLine = 10_000;
/** Digits of a whole number that surely is exact. */
const exactDigits = 15;

const opening = /[ \t]*\{[ \t]*/y;
const name = /"([^"\\\u0000-\u001f\u0080-\uffff]*)"[ \t]*:[ \t]*/y;
const value = /"[^"\\\u0000-\u001f]*"|-?\d[\d.eE+-]*|true|false|null/y;
const between = /[ \t]*,[ \t]*/y;
const closing = /[ \t]*\}/y;

/** What surrounds the values of one shape, and which of its values tell what. */
export class RecordShape {
  readonly map: FieldMap;
  /** Of the record read last, by column; only the columns that the map names. */
  readonly cells: FieldSource & unknown[];
  /** What stands before each value, and after the last. */
  readonly #frames: Uint8Array[];
  readonly #uses: Use[];
  readonly #times: IsoTimes;
  readonly #pool: TextPool;

  constructor(frames: string[], map: FieldMap, tools: { times: IsoTimes; pool: TextPool }) {
    this.map = map;
    this.#frames = frames.map((frame) => Uint8Array.from(frame, (char) => char.charCodeAt(0)));
    this.#uses = usesOf(map, frames.length - 1);
    this.cells = this.#uses.map(() => undefined) as FieldSource & unknown[];
    this.#times = tools.times;
    this.#pool = tools.pool;
  }

  /**
   * Reads the record that begins at an index; its line must end within the bytes. The index after the line; −1 when the
   * record is not of this shape, or holds what is better left to JSON.parse (escapes, lists, objects).
   */
  read(bytes: LogBytes, from: number): number {
    const { length } = this.#uses;
    let at = from;
    for (let n = 0; n < length; n++) {
      at = this.#pass(bytes, at, n);
      if (at < 0) return -1;
      const first = bytes[at]!;
      if (first === 34) at = this.#readText(bytes, at + 1, n);
      else if (first === 45 || (first >= 48 && first <= 57)) at = this.#readNumber(bytes, at, n);
      else at = this.#readWord(bytes, at, n);
      if (at < 0) return -1;
    }
    at = this.#pass(bytes, at, length);
    if (at >= 0 && bytes[at] === 13) at++;
    return at >= 0 && bytes[at] === 10 ? at + 1 : -1;
  }

  #pass(bytes: LogBytes, from: number, n: number): number {
    const frame = this.#frames[n]!;
    for (let k = 0; k < frame.length; k++) if (bytes[from + k] !== frame[k]) return -1;
    return from + frame.length;
  }

  #readText(bytes: LogBytes, from: number, column: number): number {
    let at = from;
    for (; bytes[at] !== 34; at++) if (bytes[at]! < 32 || bytes[at] === 92) return -1;
    const use = this.#uses[column]!;
    if (use === 'none') return at + 1;
    const time = use === 'time' ? this.#times.read(bytes, from, at) : NaN;
    if (!Number.isNaN(time)) this.cells[column] = time;
    else if (use === 'shared') this.cells[column] = this.#pool.textOf(bytes, from, at);
    else this.cells[column] = bytes.toString('utf8', from, at);
    return at + 1;
  }

  #readNumber(bytes: LogBytes, from: number, column: number): number {
    const negative = bytes[from] === 45;
    const first = negative ? from + 1 : from;
    let at = first;
    let whole = 0;
    for (; bytes[at]! >= 48 && bytes[at]! <= 57; at++) whole = whole * 10 + (bytes[at]! - 48);
    const next = bytes[at];
    const isWhole = next !== 46 && next !== 101 && next !== 69;
    if (isWhole && at > first && at - first <= exactDigits && (bytes[first] !== 48 || at === first + 1)) {
      this.cells[column] = negative ? -whole : whole;
      return at;
    }
    while (isOfNumber(bytes[at]!)) at++;
    let number: unknown;
    try {
      // Not Number(): it takes what is none in JSON.
      number = JSON.parse(bytes.toString('utf8', from, at));
    } catch {
      return -1;
    }
    this.cells[column] = number;
    return at;
  }

  #readWord(bytes: LogBytes, from: number, column: number): number {
    const first = bytes[from];
    const word = first === 116 ? true : first === 102 ? false : first === 110 ? null : undefined;
    if (word === undefined) return -1;
    const spelled = String(word);
    for (let k = 1; k < spelled.length; k++) if (bytes[from + k] !== spelled.charCodeAt(k)) return -1;
    this.cells[column] = word;
    return from + spelled.length;
  }
}

/** The shapes of the records of one log. */
export class RecordShapes {
  readonly #tools = { times: new IsoTimes(), pool: new TextPool() };
  readonly #shapes: RecordShape[] = [];
  #triesLeft = 64;

  /** The shape that the last record read was of; null before the first. */
  last: RecordShape | null = null;

  /** Reads the record that begins at an index (see `RecordShape.read`); −1 also when it is of no known shape. */
  read(bytes: LogBytes, from: number): number {
    const end = this.last === null ? -1 : this.last.read(bytes, from);
    return end >= 0 ? end : this.#readOther(bytes, from);
  }

  #readOther(bytes: LogBytes, from: number): number {
    for (const shape of this.#shapes) {
      const end = shape === this.last ? -1 : shape.read(bytes, from);
      if (end < 0) continue;
      this.last = shape;
      return end;
    }
    return -1;
  }

  /** Takes note of the shape of a record, from its line and the object that it is. */
  learn(line: string, object: JsonObject): void {
    if (this.#triesLeft === 0) return;
    this.#triesLeft--;
    const found = line.length > longestLine ? null : takeApart(line);
    const keys = Object.keys(object);
    if (!found || keys.length > mostFields || keys.length !== found.keys.length) return;
    if (keys.some((key, n) => key !== found.keys[n])) return;
    const map = mapFields(keys.map((key, column) => [key, column]));
    if (map) this.#shapes.push(new RecordShape(found.frames, map, this.#tools));
  }
}

/** The names in a record of plain values, and all that stands around the values. */
function takeApart(line: string): { keys: string[]; frames: string[] } | null {
  let at = 0;
  const take = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (found) at = pattern.lastIndex;
    return found;
  };
  const keys: string[] = [];
  const frames: string[] = [];
  let framed = 0;
  if (!take(opening)) return null;
  do {
    const key = take(name)?.[1];
    if (key === undefined) return null;
    keys.push(key);
    frames.push(line.slice(framed, at));
    if (!take(value)) return null;
    framed = at;
  } while (take(between));
  if (!take(closing)) return null;
  frames.push(line.slice(framed, at));
  return { keys, frames };
}

function usesOf(map: FieldMap, columns: number): Use[] {
  const uses = Array.from<Use>({ length: columns }).fill('none');
  const set = (use: Use, fields: readonly (Key | Measured | null)[]): void => {
    for (const field of fields) {
      const column = field !== null && typeof field === 'object' ? field.key : field;
      if (typeof column === 'number') uses[column] = use;
    }
  };
  set('value', [map.runId, map.files, map.changedFiles, map.hourOfDay, map.dayOfWeek, map.previousSuccessRate]);
  set('value', [map.duration, map.size, map.added, map.repositorySize, map.exitCode]);
  set('time', [map.start, map.end]);
  set('shared', [map.status, map.success, map.failed, map.job, map.host, map.repository, map.kind, map.error]);
  return uses;
}

/** A digit, a point, a sign or an exponent. */
function isOfNumber(byte: number): boolean {
  return (byte >= 48 && byte <= 57) || byte === 46 || byte === 43 || byte === 45 || byte === 69 || byte === 101;
}
