import { readKeys } from './diff.ts';
import type { KeyPlace } from './replaceValue.ts';
import type { Manifest } from './vault/snapshotFile.ts';

/** A snapshot at which the value of a key was not what it had been before. */
export interface KeyEvent {
  snapshotId: string;
  /** UTC epoch milliseconds. */
  createdAt: number;
  change: 'added' | 'changed' | 'removed';
  /** The value as written, masks in the place of secrets; null when it was removed. */
  shown: string | null;
  /** Whether some of the value is sealed. */
  isSecret: boolean;
}

/**
 * When the value of a key changed; no secret is opened. Empty when no snapshot has the key.
 *
 * @param manifests a configuration's snapshots, oldest first
 */
export function keyHistory(manifests: readonly Manifest[], { path, document }: KeyPlace): KeyEvent[] {
  const wanted = JSON.stringify(path);
  const entries = manifests.map(
    (manifest) =>
      readKeys(manifest).find((entry) => entry.document === document && JSON.stringify(entry.path) === wanted) ?? null,
  );
  return entries.flatMap((now, index) => {
    const before = entries[index - 1] ?? null;
    if (now?.shown === before?.shown && now?.fingerprints.join() === before?.fingerprints.join()) return [];
    const { id: snapshotId, createdAt } = manifests[index]!;
    const change = before === null ? 'added' : now === null ? 'removed' : 'changed';
    const isSecret = (now ?? before)!.fingerprints.length > 0;
    return [{ snapshotId, createdAt, change, shown: now?.shown ?? null, isSecret }];
  });
}
