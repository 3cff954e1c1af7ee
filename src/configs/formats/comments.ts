import type { ScalarValue } from './scalarValue.ts';
import { forEachLine, trimRange } from './textLines.ts';
import type { ValueList } from './valueList.ts';

/** `# NAME=value`, `// name: value`, `# keyword value`: a setting that somebody took out and may put back. */
const commentedOut =
  /(?:^|[ \t])(?:#+|;+|\/\/+|--|<!--)[ \t]*(?:export[ \t]+|-[ \t]+|[\w$.>-]{1,60}(?:\[[^\]\r\n]{1,60}\]){0,4}\[(?=["'])|define\((?=["']))?(["']?)([\p{L}_][\p{L}\p{N}_.-]{0,80})\1(?:\]?[ \t]*(=>?|:|,)[ \t]*(?=\S)|[ \t](?=\S+[ \t]*$))/u;

/** What every comment begins with. */
const commentSign = /[#;]|\/[/*]|--/g;

/** A pair of JSON: between the values that were found, only a comment holds one. */
const commentedPair = /"([^"\\\r\n]{1,80})"[ \t]*:[ \t]*"((?:[^"\\\r\n]|\\.){1,1000})"/g;

/** `<password>value</password>` in a comment of markup. */
const commentedElement = /<([A-Za-z][\w:.-]{0,80})>([^<>]{1,1000})<\/\1>/g;

/**
 * Finds the values of settings that are commented out, in what the values found so far leave of a text. A value after a
 * colon counts only when it is one word or quoted, because prose has colons, too.
 *
 * @param values By `start`, as findValues gives them.
 */
export function findCommentedValues(text: string, values: readonly ScalarValue[], into: ValueList): void {
  let from = 0;
  let sign = signFrom(text, 0);
  for (const value of values) {
    if (sign < from) sign = signFrom(text, from);
    if (value.start > sign) findInGap(text, from, value.start, into);
    from = Math.max(from, value.end);
  }
  findInGap(text, from, text.length, into);
}

/** Where the next comment may begin, from an offset on; Infinity without one. */
function signFrom(text: string, from: number): number {
  commentSign.lastIndex = from;
  return commentSign.exec(text)?.index ?? Infinity;
}

function findInGap(text: string, from: number, to: number, into: ValueList): void {
  forEachLine(text, from, to, (start, end) => {
    const line = text.slice(start, end);
    for (const element of line.startsWith('<!--', line.search(/\S|$/)) ? line.matchAll(commentedElement) : []) {
      const at = start + element.index + element[1]!.length + 2;
      into.add(at, at + element[2]!.length, [element[1]!], 'comment');
    }
    const match = commentedOut.exec(line);
    if (match === null) {
      for (const pair of line.includes('"') ? line.matchAll(commentedPair) : []) {
        const last = start + pair.index + pair[0].length - 1;
        into.add(last - pair[2]!.length, last, [pair[1]!], 'comment');
      }
      return undefined;
    }
    const value = trimRange(text, start + match.index + match[0].length, end);
    const remark = /[ \t]#[ \t]/.exec(text.slice(value.start, value.end));
    if (remark !== null) value.end = trimRange(text, value.start, value.start + remark.index).end;
    const quoted = /^(["'])(.*)\1\)?[,;]?$/.exec(text.slice(value.start, value.end));
    if (quoted !== null) {
      value.start++;
      value.end = value.start + quoted[2]!.length;
    } else if (match[3] === ',') return undefined;
    else if (match[3] === ':' && /\s/.test(text.slice(value.start, value.end))) return undefined;
    // `#password =   # The password of the user`
    if (value.start < value.end && text[value.start] !== '#') into.add(value.start, value.end, [match[2]!], 'comment');
    return undefined;
  });
}
