/** The name that a person meant, or, when that is not clear, the names among which to choose. */
export type Named = { name: string } | { name: null; candidates: string[]; ambiguous: boolean };

/**
 * The one of the names that is written exactly so, or the only one that holds what is written, in any case of letters.
 * Else the candidates: those that hold it, or all names when none does.
 *
 * @example
 * findNamed('db', ['db-dumps', 'web-01']) //=> { name: 'db-dumps' }
 * findNamed('x', ['db-dumps']) //=> { name: null, candidates: ['db-dumps'], ambiguous: false }
 */
export function findNamed(written: string, names: readonly string[]): Named {
  if (names.includes(written)) return { name: written };
  const close = names.filter((name) => name.toLowerCase().includes(written.toLowerCase()));
  if (close.length === 1) return { name: close[0]! };
  return { name: null, candidates: close.length > 0 ? close : [...names], ambiguous: close.length > 0 };
}
