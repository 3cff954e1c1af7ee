/** What is wrong with the snapshots of a store, and what a killed process has left among them. */
import { inParallel } from '../../files/inParallel.ts';
import type { StoreFault } from './storeFault.ts';
import { parallelCalls, type StoreFiles } from './storeFiles.ts';
import type { StoreHead } from './storeHead.ts';
import { VaultError } from './vaultError.ts';

/** What is written and not named yet after so long is named by nobody any more. */
const abandonedMs = 3_600_000;

/**
 * Checks every snapshot's signature, and the folder against the head. Values are not opened.
 *
 * @param among only of these snapshots; all when left out
 */
export async function findFaults(store: StoreFiles, among?: readonly string[]): Promise<StoreFault[]> {
  const [head, files] = [await store.readHead(), await store.snapshotIds()];
  const looked = among === undefined ? null : new Set(among);
  const there = new Set(files);
  const pruned = new Set(head.pruned.map((record) => record.id));
  const named = new Set(head.ids);
  const missing: StoreFault[] = head.ids
    .filter((id) => !there.has(id) && looked?.has(id) !== false)
    .map((id) => ({ snapshotId: id, fault: 'missing' }));
  const inQuestion = files.filter((id) => looked?.has(id) !== false);
  const found = await inParallel(inQuestion, parallelCalls, async (id): Promise<StoreFault | null> => {
    if (pruned.has(id)) return { snapshotId: id, fault: 'returned' };
    const failure = await failureOf(store, id);
    if (failure === null) return null;
    if (failure === 'keyWrong' && !named.has(id)) return { snapshotId: id, fault: 'unfinished' };
    return { snapshotId: id, fault: failure === 'tampered' ? 'tampered' : 'malformed' };
  });
  return [...missing, ...found.filter((fault) => fault !== null)];
}

/**
 * Removes what a process left that was killed while it kept a snapshot and another one rotated the key: nobody was told
 * of it, the head has never named it, and no key of the store opens it. To be called under the lock.
 */
export async function removeUnfinished(store: StoreFiles, head: StoreHead, now: number): Promise<void> {
  const known = new Set([...head.ids, ...head.pruned.map(({ id }) => id)]);
  const unknown = (await store.snapshotIds()).filter((id) => !known.has(id));
  await inParallel(unknown, parallelCalls, async (id) => {
    if ((await failureOf(store, id)) !== 'keyWrong') return;
    const writtenAt = await store.writtenAt(id);
    if (writtenAt !== null && now - writtenAt > abandonedMs) await store.removeSnapshot(id);
  });
}

/** Why a snapshot cannot be read; null when it can. */
async function failureOf(store: StoreFiles, id: string): Promise<VaultError['failure'] | null> {
  try {
    await store.readSnapshot(id);
    return null;
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    return error.failure;
  }
}
