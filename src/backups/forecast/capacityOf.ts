/** How much the storage of some jobs holds: those whose id or repository fits the pattern. */
export interface StorageCapacity {
  /** `*` stands for any text, `?` for one character; the case of letters does not matter. */
  pattern: string;
  bytes: number;
}

/**
 * Bytes that a job's storage holds: by the first pattern that fits its id or its repository, else the one capacity for all.
 *
 * @example
 * capacityOf({ id: 'restic web-01', repository: null }, [{ pattern: '*web*', bytes: 500 }], null) //=> 500
 */
export function capacityOf(
  { id, repository }: { id: string; repository: string | null },
  capacities: readonly StorageCapacity[],
  otherwise: number | null,
): number | null {
  const fitting = capacities.find(
    ({ pattern }) => fits(pattern, id) || (repository !== null && fits(pattern, repository)),
  );
  return fitting?.bytes ?? otherwise;
}

function fits(pattern: string, text: string): boolean {
  const source = pattern
    .replace(/[\\^$.+()[\]{}|]/g, '\\$&')
    .replace(/\*+/g, '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${source}$`, 'is').test(text);
}
