import type { KeyPath, ScalarStyle } from './scalarValue.ts';
import { maxDepth } from './valueList.ts';
import type { ValueList } from './valueList.ts';

/**
 * Finds every scalar value of a TOML text: tables, arrays of tables, dotted and quoted keys, the four kinds of strings,
 * arrays and inline tables. Values are not checked beyond what is needed to find where they end.
 *
 * @returns False when the text is not TOML or is nested too deep; `into` may then hold some values.
 */
export function findTomlValues(text: string, into: ValueList): boolean {
  return new TomlScanner(text, into).scan();
}

const bareKey = /[A-Za-z0-9_-]+/y;
/** A number, date or boolean; Terraform's bare references are no TOML. */
const bareValue = /[+-]?[\w.+:-]+(?: \d\d:[\w.+:-]+)?/y;

class TomlScanner {
  readonly #text: string;
  readonly #into: ValueList;
  #at: number;
  /** How many tables of each array of tables have begun, by the path of the array. */
  readonly #tableCounts = new Map<string, number>();

  constructor(text: string, into: ValueList) {
    this.#text = text;
    this.#into = into;
    this.#at = text.startsWith('\uFEFF') ? 1 : 0;
  }

  scan(): boolean {
    let table: KeyPath = [];
    for (;;) {
      this.#skip(true);
      if (this.#at >= this.#text.length) return true;
      if (this.#into.isUnsure) return false;
      if (this.#text[this.#at] === '[') {
        const header = this.#header();
        if (header === null) return false;
        table = header;
      } else if (!this.#pair(table, 0)) return false;
      if (!this.#isLineEnd()) return false;
    }
  }

  #header(): KeyPath | null {
    const isArray = this.#text.startsWith('[[', this.#at);
    this.#at += isArray ? 2 : 1;
    const names = this.#key();
    const close = isArray ? ']]' : ']';
    if (names === null || !this.#text.startsWith(close, this.#at)) return null;
    this.#at += close.length;
    // A table below an array of tables belongs to the array's latest table.
    let path: (string | number)[] = [];
    names.forEach((name, depth) => {
      path = [...path, name];
      const id = JSON.stringify(path);
      const isLast = depth === names.length - 1;
      const count = this.#tableCounts.get(id) ?? 0;
      if (isLast && isArray) {
        this.#tableCounts.set(id, count + 1);
        path = [...path, count];
      } else if (count > 0) path = [...path, count - 1];
    });
    return path;
  }

  #pair(table: KeyPath, depth: number): boolean {
    const names = this.#key();
    if (names === null || this.#text[this.#at] !== '=') return false;
    this.#at++;
    this.#skip(false);
    return this.#value([...table, ...names], depth);
  }

  #key(): string[] | null {
    const names: string[] = [];
    for (;;) {
      this.#skip(false);
      const quote = this.#text[this.#at];
      if (quote === '"' || quote === "'") {
        const end = this.#oneLineStringEnd(quote);
        if (end < 0) return null;
        names.push(unescapeKey(this.#text.slice(this.#at, end + 1)));
        this.#at = end + 1;
      } else {
        bareKey.lastIndex = this.#at;
        const name = bareKey.exec(this.#text)?.[0];
        if (name === undefined) return null;
        names.push(name);
        this.#at += name.length;
      }
      if (names.length > maxDepth) return null;
      this.#skip(false);
      if (this.#text[this.#at] !== '.') return names;
      this.#at++;
    }
  }

  #value(path: KeyPath, depth: number): boolean {
    const char = this.#text[this.#at];
    if (char === '"' || char === "'") return this.#string(char, path);
    if (char === '[' || char === '{') return depth < maxDepth && this.#collection(char, path, depth + 1);
    bareValue.lastIndex = this.#at;
    const value = bareValue.exec(this.#text)?.[0];
    if (value === undefined || !/^(?:true|false|[+-]?(?:\d|inf|nan))/.test(value)) return false;
    this.#into.add(this.#at, this.#at + value.length, path, 'plain');
    this.#at += value.length;
    return true;
  }

  #string(quote: string, path: KeyPath): boolean {
    const triple = quote.repeat(3);
    const isMultiline = this.#text.startsWith(triple, this.#at);
    let end: number;
    let style: ScalarStyle;
    if (isMultiline) {
      this.#at += 3;
      end = this.#multilineEnd(quote, triple);
      style = quote === '"' ? 'multilineDouble' : 'multilineSingle';
    } else {
      end = this.#oneLineStringEnd(quote);
      this.#at++;
      style = quote === '"' ? 'double' : 'single';
    }
    if (end < 0) return false;
    this.#into.add(this.#at, end, path, style);
    this.#at = end + (isMultiline ? 3 : 1);
    return true;
  }

  /** The offset of the closing quote of the string that opens here; −1 without one on the line. */
  #oneLineStringEnd(quote: string): number {
    for (let at = this.#at + 1; at < this.#text.length; at++) {
      const char = this.#text[at];
      if (char === '\n' || char === '\r') return -1;
      if (char === '\\' && quote === '"') at++;
      else if (char === quote) return at;
    }
    return -1;
  }

  /** The offset of the three closing quotes; one or two quotes right before them belong to the text. */
  #multilineEnd(quote: string, triple: string): number {
    for (let at = this.#at; at < this.#text.length; at++) {
      if (this.#text[at] === '\\' && quote === '"') at++;
      else if (this.#text.startsWith(triple, at)) {
        let end = at;
        while (end < at + 2 && this.#text[end + 3] === quote) end++;
        return end;
      }
    }
    return -1;
  }

  #collection(open: '[' | '{', path: KeyPath, depth: number): boolean {
    const close = open === '[' ? ']' : '}';
    this.#at++;
    for (let index = 0; ; index++) {
      this.#skip(true);
      if (this.#text[this.#at] === close) break;
      const isRead = open === '[' ? this.#value([...path, index], depth) : this.#pair(path, depth);
      if (!isRead || this.#into.isUnsure) return false;
      this.#skip(true);
      if (this.#text[this.#at] === ',') this.#at++;
      else if (this.#text[this.#at] !== close) return false;
    }
    this.#at++;
    return true;
  }

  /** Goes past blanks and comments, and past line ends where `lines` are free. */
  #skip(lines: boolean): void {
    for (; this.#at < this.#text.length; this.#at++) {
      const char = this.#text[this.#at];
      if (char === ' ' || char === '\t' || (lines && (char === '\n' || char === '\r'))) continue;
      if (char !== '#' || !lines) return;
      while (this.#at + 1 < this.#text.length && !/[\r\n]/.test(this.#text[this.#at + 1]!)) this.#at++;
    }
  }

  #isLineEnd(): boolean {
    this.#skip(false);
    const char = this.#text[this.#at];
    return char === undefined || char === '\n' || char === '\r' || char === '#';
  }
}

/** The name in a quoted key. */
function unescapeKey(quoted: string): string {
  if (quoted.startsWith("'")) return quoted.slice(1, -1);
  return quoted
    .slice(1, -1)
    .replace(
      /\\(?:u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g,
      (whole, short?: string, long?: string, char?: string) => {
        const code = short ?? long;
        if (code !== undefined) {
          const point = parseInt(code, 16);
          return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
        }
        return { b: '\b', t: '\t', n: '\n', f: '\f', r: '\r', e: '\u001b' }[char ?? ''] ?? char ?? whole;
      },
    );
}
