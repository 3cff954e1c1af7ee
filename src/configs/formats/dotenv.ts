import { findLineValues } from './lines.ts';
import type { ScalarStyle } from './scalarValue.ts';
import { closingQuote, forEachLine, joinedEnd, lineEnd, skipBlanks, trimRange } from './textLines.ts';
import type { ValueList } from './valueList.ts';

const assignment =
  /[ \t\uFEFF]*(?:(?:export|declare(?:[ \t]+-\w+)*|set)[ \t]+)*([\p{L}_][\p{L}\p{N}_.-]*)[ \t]*(?:\+?=|:(?=[ \t]))/uy;

/** A `#` that surely starts a comment: white space before it, and a space and a letter after it. */
const comment = /[ \t]#(?=[ \t]+\p{L})/u;

const styles: Record<string, ScalarStyle> = { '"': 'double', "'": 'single', '`': 'backtick' };

/**
 * Finds the values of an environment file (`.env`, systemd's EnvironmentFile, a shell file of exports). The tools that
 * read such files disagree on `#`, on quotes and on a backslash at the end of a line; where they do, the value is what
 * the longest reading makes of it, and the lines inside are read as well. Lines without an assignment are read by line
 * rules.
 */
export function findDotenvValues(text: string, into: ValueList): void {
  let joinedTo = 0;

  forEachLine(text, 0, text.length, (start, end) => {
    if (into.isUnsure) return text.length;
    assignment.lastIndex = start;
    const key = assignment.exec(text)?.[1];
    if (key === undefined || assignment.lastIndex > end) {
      findLineValues(text, into, { start, end, path: [], document: 0 });
      return undefined;
    }
    const from = skipBlanks(text, assignment.lastIndex, end);
    const style = from < end ? styles[text[from]!] : undefined;
    const close = style === undefined ? -1 : closingQuote(text, text[from]!, from + 1, text.length);
    if (style !== undefined && close >= 0) {
      const last = lineEnd(text, close, text.length);
      const isAlone = /^[ \t]*;?[ \t]*(?:[ \t]#.*)?$/.test(text.slice(close + 1, last));
      if (isAlone) into.add(from + 1, close, [key], style);
      else into.add(from, trimRange(text, from, last).end, [key], 'plain');
      return close;
    }
    const hash = comment.exec(text.slice(from, end));
    const value = trimRange(text, from, hash === null ? end : from + hash.index);
    const valueEnd = start < joinedTo ? value.end : joinedEnd(text, value.end, end);
    joinedTo = Math.max(joinedTo, valueEnd);
    into.add(value.start, valueEnd, [key], 'plain');
    return undefined;
  });
}
