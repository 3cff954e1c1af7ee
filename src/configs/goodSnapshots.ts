/** The snapshots of one configuration, and those of them that can be read. */
import type { SnapshotEntry, SnapshotType } from './snapshotSummary.ts';
import type { Manifest } from './vault/snapshotFile.ts';
import type { SnapshotStore } from './vault/snapshotStore.ts';
import { VaultError } from './vault/vaultError.ts';

/** A configuration's snapshots, oldest first. */
export async function entriesOf(store: SnapshotStore, type: SnapshotType, name: string): Promise<SnapshotEntry[]> {
  return (await store.entries()).filter((entry) => entry.type === type && entry.name === name);
}

/** The newest snapshot of a configuration that can be read: a damaged one is none to compare with. */
export async function lastGood(store: SnapshotStore, type: SnapshotType, name: string): Promise<Manifest | null> {
  return firstGood(store, (await entriesOf(store, type, name)).reverse());
}

/** The first of them that can be read. */
export async function firstGood(store: SnapshotStore, entries: readonly SnapshotEntry[]): Promise<Manifest | null> {
  for (const { id } of entries) {
    const manifest = await readIfGood(store, id);
    if (manifest) return manifest;
  }
  return null;
}

/** What a snapshot says of itself; null for one that is damaged or missing. */
export async function readIfGood(store: SnapshotStore, id: string): Promise<Manifest | null> {
  try {
    return (await store.read(id)).manifest;
  } catch (error) {
    if (error instanceof VaultError) return null;
    throw error;
  }
}
