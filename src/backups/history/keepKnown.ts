/**
 * The same values, but what an earlier list had at the same place keeps its object, and an unchanged list is that very
 * list: so that whoever made something of it can tell by `===` what is new.
 *
 * @example
 * const earlier = [{ line: 1 }, { line: 2 }];
 * keepKnown([{ line: 1 }, { line: 2 }], earlier) === earlier //=> true
 * keepKnown([{ line: 1 }, { line: 3 }], earlier)[0] === earlier[0] //=> true
 */
export function keepKnown<T extends object>(values: readonly T[], earlier: readonly T[]): readonly T[] {
  if (earlier.length === 0) return values;
  let isUnchanged = values.length === earlier.length;
  const kept = values.map((value, n) => {
    const known = earlier[n];
    if (known !== undefined && isSame(value, known)) return known;
    isUnchanged = false;
    return value;
  });
  return isUnchanged ? earlier : kept;
}

/** Whether two plain values say the same. */
function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && isSame(a[key as keyof typeof a], b[key as keyof typeof b]))
  );
}
