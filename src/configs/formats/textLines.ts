/** A part of a text, by UTF-16 offsets. */
export interface TextRange {
  start: number;
  end: number;
}

/**
 * Visits the lines of a part of a text, without their ends (LF, CR LF or CR alone). A visitor that has taken more than
 * its line returns the offset from which to go on; the rest of the line that holds it is not visited.
 *
 * @example
 * const seen: string[] = [];
 * forEachLine('a\r\nb', 0, 4, (start, end) => void seen.push(`${start}-${end}`));
 * seen //=> ['0-1', '3-4']
 */
export function forEachLine(
  text: string,
  from: number,
  to: number,
  visit: (start: number, end: number) => number | undefined,
): void {
  let start = from;
  while (start < to) {
    const end = lineEnd(text, start, to);
    const taken = visit(start, end);
    const last = taken === undefined || taken <= end ? end : lineEnd(text, taken, to);
    start = last + (text.startsWith('\r\n', last) ? 2 : 1);
  }
}

/** The offset of the first line end at or after `from`; `to` without one. */
export function lineEnd(text: string, from: number, to: number): number {
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d) return at;
  }
  return to;
}

/** The range without white space at both ends. A range of white space alone becomes empty, at its start. */
export function trimRange(text: string, start: number, end: number): TextRange {
  let last = end;
  while (last > start && isSpace(text.charCodeAt(last - 1))) last--;
  let first = start;
  while (first < last && isSpace(text.charCodeAt(first))) first++;
  return { start: last === start ? start : first, end: last };
}

/** The offset of the first unit in the range that is neither space nor tab. */
export function skipBlanks(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && (text.charCodeAt(at) === 0x20 || text.charCodeAt(at) === 0x09)) at++;
  return at;
}

/** The offset of the closing quote, a backslash taking the next unit along; −1 without one before `end`. */
export function closingQuote(text: string, quote: string, from: number, end: number): number {
  for (let at = from; at < end; at++) {
    const char = text[at];
    if (char === '\\') at++;
    else if (char === quote) return at;
  }
  return -1;
}

/**
 * The end of a value whose lines are joined: as long as a line ends in an odd number of backslashes, the next one belongs
 * to the value.
 *
 * @param valueEnd Where the value ends on its first line, which ends at `end`.
 */
export function joinedEnd(text: string, valueEnd: number, end: number): number {
  let last = valueEnd;
  let at = end;
  while (last === at && at < text.length && /(?<!\\)(?:\\\\)*\\$/.test(text.slice(Math.max(0, at - 100), at))) {
    const next = at + (text.startsWith('\r\n', at) ? 2 : 1);
    at = lineEnd(text, next, text.length);
    last = trimRange(text, next, at).end;
  }
  return last;
}

function isSpace(code: number): boolean {
  return code === 0x20 || (code >= 0x09 && code <= 0x0d) || code === 0xa0 || code === 0xfeff;
}
