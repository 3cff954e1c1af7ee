/**
 * Puts a store under another key, or seals all of it anew. Each can be cut short at any step: the store still opens, and
 * the next call finishes what was begun.
 */
import { createDataKey, type MasterKey } from './keys.ts';
import { resealManifest } from './sealContent.ts';
import { ignoreUnreadable, withStoreLock, type OpenedSnapshot, type StoreFiles } from './storeFiles.ts';
import { nextHead, type StoreHead } from './storeHead.ts';
import { beginRotation } from './storeKeyring.ts';

/**
 * Rewraps every data key under another master key, and signs anew.
 *
 * @returns The snapshots that could not be read, and that no key opens from now on.
 * @throws VaultError busy, keyWrong
 */
export function rotateStore(store: StoreFiles, newKey: MasterKey): Promise<string[]> {
  return withStoreLock(store.folder, async (stillHeld) => {
    // A rotation that another window was cut off in has to end first: only one old key is kept.
    await finishRotation(store, stillHeld);
    const oldKey = store.key;
    const keyring = beginRotation(store.keyring, oldKey, newKey.forStore(store.storeId));
    stillHeld();
    store.useKey(newKey);
    try {
      await store.writeKeyring(keyring);
    } catch (error) {
      // Nothing was begun: this store goes on under its old key.
      store.useKey(oldKey);
      throw error;
    }
    return rewrapAll(store, stillHeld);
  });
}

/** Finishes a rotation that was cut short; does nothing when there is none. @throws VaultError busy */
export async function resumeRotation(store: StoreFiles): Promise<void> {
  if (store.keyring.rotation === null) return;
  await withStoreLock(store.folder, (stillHeld) => finishRotation(store, stillHeld));
}

/**
 * Seals every value of every snapshot anew, under new data keys and a new fingerprint key.
 *
 * @returns The snapshots that could not be read and stay as they are.
 * @throws VaultError busy, keyWrong
 */
export function resealStore(store: StoreFiles): Promise<string[]> {
  return withStoreLock(store.folder, async (stillHeld) => {
    await finishRotation(store, stillHeld);
    if (!store.keyring.resealing) {
      const fingerprintKey = store.keys.wrap(createDataKey(), 'fingerprint', store.storeId);
      stillHeld();
      await store.writeKeyring({ ...store.keyring, fingerprintKey, resealing: true });
    }
    const unread: string[] = [];
    for (const id of await store.snapshotIds()) {
      const snapshot = await store.readSnapshot(id).catch(ignoreUnreadable);
      if (snapshot) await resealSnapshot(store, snapshot, stillHeld);
      else unread.push(id);
    }
    stillHeld();
    await store.writeKeyring({ ...store.keyring, resealing: false });
    return namedInHead(unread, await store.readHead());
  });
}

async function resealSnapshot(
  store: StoreFiles,
  { manifest, openedKey }: OpenedSnapshot,
  stillHeld: () => void,
): Promise<void> {
  const dataKey = createDataKey();
  const resealed = resealManifest(manifest, openedKey, dataKey, store.fingerprintKey());
  if (resealed === null) return;
  stillHeld();
  await store.writeSnapshots([{ manifest: resealed, dataKey }]);
}

async function finishRotation(store: StoreFiles, stillHeld: () => void): Promise<void> {
  if ((await store.currentKeyring()).rotation !== null) await rewrapAll(store, stillHeld);
}

/** One damaged snapshot must not keep all others, and with them the store, between two keys. */
async function rewrapAll(store: StoreFiles, stillHeld: () => void): Promise<string[]> {
  const unread: string[] = [];
  for (const id of await store.snapshotIds()) {
    const rewrapped = await store.rewrapSnapshot(id).catch(ignoreUnreadable);
    if (rewrapped === null) unread.push(id);
    else if (rewrapped !== 'done') {
      stillHeld();
      await rewrapped.write();
    }
  }
  const head = await store.readHead();
  stillHeld();
  await store.writeHead(nextHead(head, {}));
  await store.writeKeyring({ ...store.keyring, rotation: null });
  return namedInHead(unread, head);
}

/** What the head does not name is being written, or taken back, by somebody who is told that the keys have changed. */
function namedInHead(unread: readonly string[], { ids }: StoreHead): string[] {
  return unread.filter((id) => ids.includes(id));
}
