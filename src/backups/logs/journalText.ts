/** The journal as `journalctl -o export` and `-o verbose` write it: entries that go over several lines. */
import type { JsonObject } from './jsonValue.ts';

/** An entry with the fields that `-o json` has, and the lines on which it stands. */
export interface JournalEntry {
  line: number;
  endLine: number;
  fields: JsonObject;
}

/** What became of a line: whether it was one of an entry's, and the entry that it shows to be complete. */
export interface JournalTaken {
  taken: boolean;
  done: JournalEntry | null;
}

type Form = 'export' | 'verbose';

const mostFields = 300;
const longestValue = 200_000;
/** `Mon 2026-01-05 02:17:03.123456 CET [s=1a2b;i=3c;b=4d;m=5e;t=647996f5c0a2b;x=6f]` */
const verboseHead =
  /^[A-Z][a-z]{2} (\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{1,6} [A-Z][\w+-]{0,9}|\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{1,6} [+-]\d{2,4}) \[s=[\da-f]{1,64};i=[\da-f]{1,16};/;
const cursorTime = /;t=([\da-f]{12,16});/;
const field = /^([A-Z_][A-Z\d_]{0,100})=/;
const nameAlone = /^[A-Z_][A-Z\d_]{0,100}$/;

/** Puts the entries together. */
export class JournalText {
  #form: Form | null = null;
  #fields: Record<string, unknown> = {};
  #count = 0;
  #line = 0;
  #endLine = 0;
  /** The field that may go on with the next line. */
  #last = '';
  /** Its name stood alone: its value follows, behind its length. */
  #isBinary = false;

  fork(): JournalText {
    const copy = new JournalText();
    copy.#form = this.#form;
    copy.#fields = { ...this.#fields };
    copy.#count = this.#count;
    copy.#line = this.#line;
    copy.#endLine = this.#endLine;
    copy.#last = this.#last;
    copy.#isBinary = this.#isBinary;
    return copy;
  }

  /** Whether the line may be one of an entry's: all others need not be shown. */
  mayTake(raw: string): boolean {
    return this.#form !== null || raw.startsWith('__CURSOR=') || (raw.includes(' [s=') && verboseHead.test(raw));
  }

  take(raw: string, line: number): JournalTaken {
    const text = raw.endsWith('\r') ? raw.slice(0, -1) : raw;
    const head = text.includes(' [s=') ? verboseHead.exec(text) : null;
    if (head || text.startsWith('__CURSOR=')) {
      const done = this.end();
      this.#begin(head ? 'verbose' : 'export', line);
      if (head) {
        const micros = parseInt(cursorTime.exec(text)?.[1] ?? '', 16);
        this.#add('__REALTIME_TIMESTAMP', micros > 1e15 ? micros : head[1]!);
      }
      return { taken: true, done };
    }
    if (this.#form === null) return { taken: false, done: null };
    const isOfEntry = this.#form === 'export' ? this.#takeExported(text) : this.#takeVerbose(text);
    if (isOfEntry) {
      this.#endLine = line;
      return { taken: true, done: null };
    }
    return { taken: text === '', done: this.end() };
  }

  /** The entry that has begun, as nothing more of it comes; null when none has. */
  end(): JournalEntry | null {
    if (this.#form === null) return null;
    this.#form = null;
    this.#endBinary();
    return { line: this.#line, endLine: this.#endLine, fields: this.#fields };
  }

  #begin(form: Form, line: number): void {
    this.#form = form;
    this.#fields = {};
    this.#count = 0;
    this.#line = line;
    this.#endLine = line;
    this.#last = '';
    this.#isBinary = false;
  }

  #takeExported(text: string): boolean {
    const found = field.exec(text);
    if (found) this.#add(found[1]!, text.slice(found[0].length));
    else if (this.#isBinary) this.#grow(text);
    else if (nameAlone.test(text)) {
      this.#add(text, '');
      this.#isBinary = true;
    } else return false;
    return true;
  }

  #takeVerbose(text: string): boolean {
    if (!text.startsWith('    ')) return false;
    const found = field.exec(text.slice(4));
    if (found) this.#add(found[1]!, text.slice(4 + found[0].length));
    else if (text.startsWith('     ') && this.#last !== '') this.#grow(text.trimStart());
    else return false;
    return true;
  }

  #add(name: string, value: unknown): void {
    this.#endBinary();
    this.#last = name;
    if (this.#count++ < mostFields && !Object.hasOwn(this.#fields, name)) this.#fields[name] = value;
  }

  #grow(text: string): void {
    const before = this.#fields[this.#last];
    if (typeof before !== 'string' || before.length > longestValue) return;
    this.#fields[this.#last] = `${before}\n${text}`;
  }

  /** Only all of a value tells how many bytes of its length stand in front of it. */
  #endBinary(): void {
    const value = this.#fields[this.#last];
    if (this.#isBinary && typeof value === 'string' && value.startsWith('\n'))
      this.#fields[this.#last] = withoutLength(value.slice(1));
    this.#isBinary = false;
  }
}

/** A value without its length, whose eight bytes stand in front of it; those that are 0 are gone already. */
function withoutLength(text: string): string {
  for (let taken = 1; taken <= 3; taken++) {
    const value = text.slice(taken);
    if (text.slice(0, taken) === lengthInText(value)) return value;
  }
  // Bytes that are no text have made it longer.
  return text.slice(text.length > 257 ? 2 : 1);
}

/** The length of a value as it stands in front of it: its lowest byte first, and bytes that are no text replaced. */
function lengthInText(value: string): string {
  let left = 0;
  for (const char of value) {
    const code = char.codePointAt(0)!;
    left += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  let shown = '';
  for (; left > 0; left = Math.floor(left / 256)) {
    const byte = left % 256;
    if (byte > 0) shown += byte < 0x80 ? String.fromCharCode(byte) : '\ufffd';
  }
  return shown;
}
