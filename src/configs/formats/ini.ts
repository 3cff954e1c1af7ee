import { findLineValues } from './lines.ts';
import type { KeyPath, ScalarStyle } from './scalarValue.ts';
import { closingQuote, forEachLine, joinedEnd, skipBlanks, trimRange } from './textLines.ts';
import type { TextRange } from './textLines.ts';
import type { ValueList } from './valueList.ts';

/** `[name]` or git's `[name "part"]`. */
const section = /^\[([^\]\r\n]*)\]/;
/** A `#` or `;` that surely starts a comment: white space before it, and a space and a letter after it. */
const comment = /[ \t][#;](?=[ \t]+\p{L})/u;
/** What is a setting of its own, though it is indented: others continue the line before. */
const setting = /^[\w.-]{1,64}[ \t]+[+:]?=[ \t]/;
const maxKeyLength = 10_000;

/**
 * Finds the values of an INI file or a Java properties file: sections, `key = value`, `key: value`, backslash and
 * indented continuation lines. Where readers disagree on `#`, `;` and quotes, the value is what the longest reading makes
 * of it. Lines without an assignment are read by line rules.
 */
export function findIniValues(text: string, into: ValueList): void {
  let path: KeyPath = [];
  let keyIndent = -1;
  let joinedTo = 0;
  /** The key of the line before, as long as indented lines may continue its value. */
  let open: KeyPath | null = null;

  forEachLine(text, text.startsWith('\uFEFF') ? 1 : 0, text.length, (start, end) => {
    if (into.isUnsure) return text.length;
    const line = trimRange(text, start, end);
    if (line.start === line.end || /[#;!]/.test(text[line.start]!)) return undefined;
    const named = section.exec(text.slice(line.start, Math.min(line.end, line.start + maxKeyLength)));
    if (named !== null) {
      path = sectionPath(named[1]!);
      open = null;
      return undefined;
    }
    const indent = line.start - start;
    if (open !== null && indent > keyIndent && indent > 0 && !setting.test(text.slice(line.start, line.end))) {
      into.add(line.start, line.end, open, 'plain');
      findLineValues(text, into, { start, end, path: open, document: 0 });
      return undefined;
    }
    const separator = findSeparator(text, line.start, line.end);
    if (separator < 0) {
      findLineValues(text, into, { start, end, path, document: 0 });
      open = null;
      return undefined;
    }
    const key = keyName(text.slice(line.start, separator));
    open = [...path, key];
    keyIndent = indent;
    const value = readValue(
      text,
      skipBlanks(text, separator + (text[separator + 1] === '>' ? 2 : 1), line.end),
      line.end,
    );
    const isJoined = value.style === 'plain' && start >= joinedTo;
    const valueEnd = isJoined ? joinedEnd(text, value.end, end) : value.end;
    joinedTo = Math.max(joinedTo, valueEnd);
    into.add(value.start, valueEnd, open, value.style);
    return undefined;
  });
}

/** The parts of a section's name: `remote "origin"` is two. */
function sectionPath(name: string): KeyPath {
  const parts = /^\s*([^\s"]+)\s+"(.*)"\s*$/.exec(name);
  return parts === null ? [name.trim()] : [parts[1]!, parts[2]!];
}

/** The offset of the first `=` or single `:` that no backslash precedes; −1 without one. */
function findSeparator(text: string, start: number, end: number): number {
  const limit = Math.min(end, start + maxKeyLength);
  for (let at = start; at < limit; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === '=') return at;
    else if (char === ':' && text[at + 1] === ':') at++;
    else if (char === ':') return at;
  }
  return -1;
}

function keyName(raw: string): string {
  const trimmed = raw.trim().replace(/^(["'])(.*)\1$/, '$2');
  return trimmed.replace(/\\([:= ])/g, '$1');
}

/** The value between `start` and `last`, by the longest reading. */
function readValue(text: string, start: number, last: number): TextRange & { style: ScalarStyle } {
  const quote = text[start];
  if (start < last && (quote === '"' || quote === "'")) {
    const close = closingQuote(text, quote, start + 1, last);
    if (close >= 0 && /^\s*(?:[#;].*)?$/.test(text.slice(close + 1, last))) {
      return { start: start + 1, end: close, style: quote === '"' ? 'double' : 'single' };
    }
  }
  const hash = comment.exec(text.slice(start, last));
  return { ...trimRange(text, start, hash === null ? last : start + hash.index), style: 'plain' };
}
