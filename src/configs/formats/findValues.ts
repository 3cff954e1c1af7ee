import { findCommentedValues } from './comments.ts';
import { findDotenvValues } from './dotenv.ts';
import { findIniValues } from './ini.ts';
import { findJsonPairs, findJsonValues } from './json.ts';
import { findLineValues } from './lines.ts';
import { findNginxValues } from './nginx.ts';
import type { ConfigFormat, FoundValues, ScalarStyle, ScalarValue } from './scalarValue.ts';
import { findTomlValues } from './toml.ts';
import { ValueList } from './valueList.ts';
import { findYamlValues } from './yaml.ts';

/** Longer texts are no configuration that a person keeps; they are sealed whole. In UTF-16 units. */
export const maxTextLength = 16 * 1024 * 1024;
/** Each line, comma and opening bracket may begin a value; more of them than this, and the text is sealed whole. */
const maxSeparators = 1_000_000;

/** Control characters that no text file holds. */
const binary = /[\0-\x08\x0e-\x1a\x1c-\x1f]/;

/** Styles whose values may hold lines of their own. */
const multiline: ReadonlySet<ScalarStyle> = new Set<ScalarStyle>([
  'block',
  'single',
  'double',
  'backtick',
  'multilineSingle',
  'multilineDouble',
]);

const scanners: Record<Exclude<ConfigFormat, 'opaque' | 'text'>, (text: string, into: ValueList) => boolean> = {
  yaml: (text, into) => findYamlValues(text, into) && !isLinesInDisguise(text, into),
  json: findJsonValues,
  toml: findTomlValues,
  nginx: findNginxValues,
  dotenv: (text, into) => {
    findDotenvValues(text, into);
    return true;
  },
  ini: (text, into) => {
    findIniValues(text, into);
    return true;
  },
};

/**
 * Finds where each scalar value of a configuration text stands. A text that breaks the grammar of its format is read by
 * line rules; one that these cannot read for sure (control characters, endless lines, an unclosed here-document), and
 * one that is larger than any configuration, counts as one secret as a whole. Never throws; time grows with the length
 * of the text.
 *
 * @param text The decoded file with everything in it: a byte order mark and all line ends.
 * @returns For the empty text no values.
 * @example
 * findValues('db:\n  password: "a b"\n', 'yaml').values
 * //=> [{ start: 17, end: 20, path: ['db', 'password'], document: 0, style: 'double' }]
 */
export function findValues(text: string, format: ConfigFormat): FoundValues {
  const whole: FoundValues = { format, readBy: 'whole', values: [], aliases: [] };
  if (text === '') return { ...whole, readBy: 'parser' };
  if (format === 'opaque' || text.length > maxTextLength || binary.test(text) || hasTooManySeparators(text))
    return whole;

  let list = new ValueList();
  let readBy: FoundValues['readBy'] = 'parser';
  if (format === 'text' || (!scanners[format](text, list) && !list.isUnsure)) {
    list = new ValueList();
    readBy = 'lines';
    findLineValues(text, list);
    if (format === 'json') findJsonPairs(text, list);
  }
  for (const value of [...list.values]) {
    if (multiline.has(value.style) && /[\r\n]/.test(text.slice(value.start, value.end)))
      findLineValues(text, list, value);
  }
  list.values.sort(outerFirst);
  findCommentedValues(text, [...list.values], list);
  if (list.isUnsure) return whole;
  return { format, readBy, values: list.values.sort(outerFirst), aliases: list.aliases };
}

function outerFirst(a: ScalarValue, b: ScalarValue): number {
  return a.start - b.start || b.end - a.end;
}

/** A file of `KEY=value` lines, or prose, is legal YAML: one plain scalar over several lines. */
function isLinesInDisguise(text: string, list: ValueList): boolean {
  return list.values.some(
    (value) => value.path.length === 0 && value.style === 'plain' && /[\r\n=]/.test(text.slice(value.start, value.end)),
  );
}

function hasTooManySeparators(text: string): boolean {
  if (text.length <= maxSeparators) return false;
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x0a || code === 0x0d || code === 0x2c || code === 0x5b || code === 0x7b) count++;
  }
  return count > maxSeparators;
}
