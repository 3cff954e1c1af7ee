/** One value of a configuration's text put into another text of it, everything else left to the byte. */
import { findValues } from './formats/findValues.ts';
import type { ConfigFormat, KeyPath, ScalarValue } from './formats/scalarValue.ts';

/** Why a value cannot be put in; see `RestoreRefusal`. */
export type ReplaceRefusal = 'keyNotThere' | 'keyRepeats' | 'keyWrittenOtherwise';

/** The key whose value is meant. */
export interface KeyPlace {
  path: KeyPath;
  /** Number of the YAML document in the file, from 0. */
  document: number;
}

/**
 * Puts the value that `source` has at a key into `target`, as it is written in `source`.
 *
 * @returns The new text of `target`, or why there is none: the key is missing or more than once in one of them, or the two
 * write it in different styles (quotes, indentation), so that its text would read as something else.
 * @example
 * replaceValue('a: 1\nb: 2\n', 'b: 3 # new\n', 'yaml', { path: ['b'], document: 0 }) //=> { text: 'b: 2 # new\n' }
 */
export function replaceValue(
  source: string,
  target: string,
  format: ConfigFormat,
  key: KeyPlace,
): { text: string } | { refusal: ReplaceRefusal } {
  const [from, values] = [valuesAt(source, format, key), findValues(target, format).values];
  const to = values.filter((value) => isAt(value, key));
  if (from.length === 0 || to.length === 0) return { refusal: 'keyNotThere' };
  if (from.length > 1 || to.length > 1) return { refusal: 'keyRepeats' };
  const [old, replaced] = [from[0]!, to[0]!];
  const written = source.slice(old.start, old.end);
  if (old.style !== replaced.style || (old.style === 'block' && column(source, old) !== column(target, replaced)))
    return { refusal: 'keyWrittenOtherwise' };
  const text = target.slice(0, replaced.start) + written + target.slice(replaced.end);
  return isOnlyChange(target, text, format, key, written) ? { text } : { refusal: 'keyWrittenOtherwise' };
}

function valuesAt(text: string, format: ConfigFormat, key: KeyPlace): ScalarValue[] {
  return findValues(text, format).values.filter((value) => isAt(value, key));
}

function isAt(value: ScalarValue, { path, document }: KeyPlace): boolean {
  return (
    value.document === document &&
    value.path.length === path.length &&
    value.path.every((part, index) => part === path[index])
  );
}

/** How far from the start of its line a value begins: a block's indentation. */
function column(text: string, { start }: ScalarValue): number {
  return start - 1 - Math.max(text.lastIndexOf('\n', start - 1), text.lastIndexOf('\r', start - 1));
}

/** Reads the new text: all other values must be what they were, and the one must be what was put in. */
function isOnlyChange(before: string, after: string, format: ConfigFormat, key: KeyPlace, written: string): boolean {
  const outside = (text: string): string[] => {
    const inner = valuesAt(text, format, key)[0];
    return findValues(text, format)
      .values.filter((value) => inner === undefined || value.start >= inner.end || value.end <= inner.start)
      .map((value) => JSON.stringify([value.document, value.path, value.style, text.slice(value.start, value.end)]));
  };
  const [now, ...more] = valuesAt(after, format, key);
  if (now === undefined || more.length > 0 || after.slice(now.start, now.end) !== written) return false;
  const [old, young] = [outside(before), outside(after)];
  return old.length === young.length && old.every((value, index) => value === young[index]);
}
