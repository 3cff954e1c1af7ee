/**
 * Whether a regular expression cannot be made slow by a line that nearly matches it. Told conservatively, from its text:
 * nothing that may occur more or less often, and no alternatives, may stand in something that repeats, and there are no
 * back-references. Two unlimited repetitions beside each other can still take time that grows with the
 * square of a line: lines are therefore cut (`mappedReader.ts`). Groups of a valid expression only.
 *
 * @example
 * isLinearPattern('^(\\w+) (\\d+)$') //=> true
 * isLinearPattern('^(\\w+)+$') //=> false
 */
export function isLinearPattern(pattern: string): boolean {
  /** For each open group: whether something in it may occur more or less often, and whether it has alternatives. */
  const open: { repeats: boolean; alternatives: boolean }[] = [{ repeats: false, alternatives: false }];
  let last: { repeats: boolean; alternatives: boolean } | null = null;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at]!;
    if (char === '\\') {
      at++;
      if (/[1-9k]/.test(pattern[at] ?? '')) return false;
      last = null;
    } else if (char === '[') {
      at = classEnd(pattern, at);
      last = null;
    } else if (char === '(') {
      open.push({ repeats: false, alternatives: false });
      last = null;
      at = groupHeadEnd(pattern, at);
    } else if (char === ')') {
      last = open.pop() ?? null;
      const around = open.at(-1);
      if (around && last?.repeats) around.repeats = true;
    } else if (char === '|') {
      open.at(-1)!.alternatives = true;
      last = null;
    } else {
      const repeated = repetitionAt(pattern, at);
      if (!repeated) {
        last = null;
        continue;
      }
      at = repeated.end;
      if (repeated.many && last && (last.repeats || last.alternatives)) return false;
      if (repeated.varies) open.at(-1)!.repeats = true;
      last = null;
    }
  }
  return true;
}

/** So often something that varies may repeat. */
const few = 4;

/** The repetition sign at an index: its last index, whether it leaves open how often, and whether that may be often. */
function repetitionAt(pattern: string, at: number): { end: number; varies: boolean; many: boolean } | null {
  const found = /^(?:[*+]|\?|\{(\d+)(?:(,)(\d*))?\})\??/.exec(pattern.slice(at, at + 30));
  if (!found) return null;
  const end = at + found[0].length - 1;
  if (found[0].startsWith('?')) return { end, varies: true, many: false };
  if (found[1] === undefined) return { end, varies: true, many: true };
  const varies = found[2] !== undefined;
  const highest = found[3] === '' ? Infinity : Number(found[3] ?? found[1]);
  return { end, varies, many: highest > few };
}

function classEnd(pattern: string, start: number): number {
  for (let at = start + 1; at < pattern.length; at++) {
    if (pattern[at] === '\\') at++;
    else if (pattern[at] === ']') return at;
  }
  return pattern.length;
}

/** The last character of `(?:`, `(?<name>`, `(?=` and the like; the bracket itself for a plain group. */
function groupHeadEnd(pattern: string, start: number): number {
  const head = /^\(\?(?:[:=!]|<[=!]|<[A-Za-z_$][\w$]*>)/.exec(pattern.slice(start, start + 100));
  return head ? start + head[0].length - 1 : start;
}
