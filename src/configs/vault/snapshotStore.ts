/**
 * A folder of snapshots. Snapshots are written once, each in a file of its own, so that two windows add without waiting
 * for each other; the signed head that lists them is changed under a lock. Every order of writes leaves, at any crash,
 * a store that opens: a snapshot goes to the disk before the head names it, and leaves the head before its file goes.
 */
import { createSecretKey, randomBytes, type KeyObject } from 'node:crypto';
import path from 'node:path';
import { nodeFiles, type FileLayer } from '../../files/fileLayer.ts';
import { inParallel } from '../../files/inParallel.ts';
import { FolderBusyError, withFolderLock } from '../../files/withFolderLock.ts';
import { sweepLeftovers, writeAtomically } from '../../files/writeAtomically.ts';
import { createDataKey, type MasterKey, type StoreKeys } from './keys.ts';
import {
  readKeyId,
  readSnapshotFile,
  rewrapSnapshotFile,
  writeSnapshotFile,
  type Manifest,
  type SnapshotFile,
} from './snapshotFile.ts';
import type { SnapshotEntry } from '../snapshotSummary.ts';
import { entryOf, readIndex, writeIndex } from './snapshotIndex.ts';
import type { StoreFault } from './storeFault.ts';
import { emptyHead, nextHead, readHead, writeHead, type StoreHead } from './storeHead.ts';
import {
  beginRotation,
  createKeyring,
  peekKeyring,
  readKeyring,
  rotationKey,
  writeKeyring,
  type Keyring,
} from './storeKeyring.ts';
import { openRecovery, sealForRecovery, type RecoverySlot } from './recovery.ts';
import { resealManifest } from './sealContent.ts';
import { VaultError } from './vaultError.ts';

const keyringName = 'keyring.json';
const headName = 'head.json';
const indexName = 'index.json';
const snapshotsName = 'snapshots';
const lockWaitMs = 10_000;
/** So many snapshots are read without their index entry before the index is written anew. */
const mostUnindexed = 50;
/** File calls under way at once. */
const parallelCalls = 16;
const emptyPeek = { storeId: '', keyId: '', recovery: null } as const;

export interface StoreOptions {
  /** UTC epoch milliseconds. */
  now: () => number;
  files?: FileLayer;
  /** The head counter this store was last seen with: a lower one is a store rolled back. */
  lastCounter?: number;
}

/** What a look without the key tells of a store folder. */
export interface StorePeek {
  exists: boolean;
  keyId: string | null;
  recovery: RecoverySlot | null;
}

export class SnapshotStore {
  readonly folder: string;
  readonly #files: FileLayer;
  readonly #now: () => number;
  #key: MasterKey;
  #keys: StoreKeys;
  #keyring: Keyring;
  /** What is known of snapshots by id; null until the index was read. */
  #entries: Map<string, SnapshotEntry> | null = null;

  private constructor(folder: string, key: MasterKey, keyring: Keyring, options: StoreOptions) {
    this.folder = folder;
    this.#files = options.files ?? nodeFiles;
    this.#now = options.now;
    this.#key = key;
    this.#keys = key.forStore(keyring.storeId);
    this.#keyring = keyring;
  }

  /** What is known of a folder without a key. @throws VaultError storeMalformed */
  static async peek(folder: string, files: FileLayer = nodeFiles): Promise<StorePeek> {
    const text = await readIfThere(path.join(folder, keyringName), files);
    if (text !== null) {
      const { keyId, recovery } = peekKeyring(text);
      return { exists: true, keyId, recovery };
    }
    // Snapshots without a keyring are a damaged store, never an empty one: a new key would bury them.
    const snapshots = await files.readdir(path.join(folder, snapshotsName)).catch(ignoreMissing);
    if (snapshots?.some((name) => name.endsWith('.json'))) throw new VaultError('storeMalformed', 'keyring');
    return { exists: false, keyId: null, recovery: null };
  }

  /**
   * Opens the store in a folder, or makes one in an empty folder.
   * @throws VaultError keyWrong, tampered, storeMalformed, storeRolledBack
   */
  static async open(folder: string, key: MasterKey, options: StoreOptions): Promise<SnapshotStore> {
    const files = options.files ?? nodeFiles;
    if (!(await SnapshotStore.peek(folder, files)).exists) {
      await files.mkdir(path.join(folder, snapshotsName), { recursive: true, mode: 0o700 });
      await SnapshotStore.#initialise(folder, key, options.now(), files);
    }
    const text = await files.readFile(path.join(folder, keyringName), 'utf8');
    const keyring = readKeyring(text, key.forStore(peekKeyring(text).storeId));
    const store = new SnapshotStore(folder, key, keyring, options);
    const { counter } = await store.readHead();
    if (counter < (options.lastCounter ?? 0)) throw new VaultError('storeRolledBack');
    for (const swept of [folder, store.#snapshotsFolder]) await sweepLeftovers(swept, options.now(), files);
    return store;
  }

  /**
   * The master key of a store, by its recovery passphrase: for a machine that has lost it, or never had it.
   * @throws VaultError recoveryMissing, passphraseWrong, storeMalformed
   */
  static async recoverKey(folder: string, passphrase: string, files: FileLayer = nodeFiles): Promise<MasterKey> {
    const text = await readIfThere(path.join(folder, keyringName), files);
    const { storeId, keyId, recovery } = text === null ? emptyPeek : peekKeyring(text);
    if (recovery === null) throw new VaultError('recoveryMissing');
    const key = await openRecovery(recovery, passphrase, storeId);
    // A slot that was put there from another store's keyring opens, and its key fits nothing.
    if (key.id !== keyId) throw new VaultError('recoveryMalformed');
    return key;
  }

  static async #initialise(folder: string, key: MasterKey, now: number, files: FileLayer): Promise<void> {
    await withLock(folder, async () => {
      // Another window may have been first while this one waited.
      if ((await SnapshotStore.peek(folder, files)).exists) return;
      const storeId = randomBytes(16).toString('hex');
      const keys = key.forStore(storeId);
      await writeAtomically(path.join(folder, headName), writeHead(emptyHead, keys), { files });
      await writeAtomically(path.join(folder, keyringName), writeKeyring(createKeyring(storeId, keys, now), keys), {
        files,
      });
    });
  }

  get storeId(): string {
    return this.#keyring.storeId;
  }

  get keyId(): string {
    return this.#keys.keyId;
  }

  /** The slot that a passphrase opens; null until one is set. */
  get recovery(): RecoverySlot | null {
    return this.#keyring.recovery;
  }

  /** True when a rotation was cut short: `resumeRotation` finishes it. */
  get isRotating(): boolean {
    return this.#keyring.rotation !== null;
  }

  /** For fingerprints of values and contents. */
  fingerprintKey(): KeyObject {
    return createSecretKey(this.#keys.unwrap(this.#keyring.fingerprintKey, 'fingerprint', this.storeId));
  }

  /** A new snapshot's id and data key. */
  begin(): { id: string; dataKey: Buffer } {
    return { id: randomBytes(16).toString('hex'), dataKey: createDataKey() };
  }

  /**
   * Writes snapshots and names them in the head. When the head stays locked by another window, they are safe on the disk
   * all the same, and the next change of the head takes them in.
   */
  async add(...added: { manifest: Manifest; dataKey: Buffer }[]): Promise<void> {
    await this.#requireCurrentKey();
    await inParallel(added, parallelCalls, async ({ manifest, dataKey }) => {
      const wrapped = { keyId: this.keyId, sealed: this.#keys.wrap(dataKey, 'snapshot', manifest.id) };
      const text = writeSnapshotFile({ manifest, dataKey: wrapped }, this.#keys);
      await writeAtomically(this.#snapshotPath(manifest.id), text, { files: this.#files });
    });
    try {
      await this.changeHead(
        () => ({}),
        added.map(({ manifest }) => manifest),
      );
    } catch (error) {
      if (!(error instanceof VaultError && error.failure === 'busy')) throw error;
      await this.#requireCurrentKey().catch(async (rotated: unknown) => {
        // Another window rotated the key meanwhile and may have passed these files by: they would never open again.
        for (const { manifest } of added)
          await this.#files.unlink(this.#snapshotPath(manifest.id)).catch(ignoreMissing);
        throw rotated;
      });
    }
    for (const { manifest } of added) this.#entries?.set(manifest.id, entryOf(manifest));
  }

  /** Reads and verifies one snapshot, and unwraps its data key. @throws VaultError snapshotMissing, snapshotMalformed, tampered */
  async read(id: string): Promise<SnapshotFile & { openedKey: Buffer }> {
    const text = await this.#readSnapshotText(id);
    if (text === null) throw new VaultError('snapshotMissing', id);
    const keys = this.#keysFor(readKeyId(text, id));
    const file = readSnapshotFile(text, id, keys);
    return { ...file, openedKey: keys.unwrap(file.dataKey.sealed, 'snapshot', id) };
  }

  /** Ids of all snapshots: those the head names, and those written since. Oldest first by the head's order. */
  async ids(): Promise<string[]> {
    const head = await this.readHead();
    return [...head.ids, ...(await this.#unlisted(head, await this.#filesThere()))];
  }

  /**
   * What lists need of every snapshot whose file is there, oldest first; from the index, and read and verified where it
   * lacks one. Those that cannot be verified are left out: `verify` tells of them.
   */
  async entries(): Promise<SnapshotEntry[]> {
    const [head, there] = await Promise.all([this.readHead(), this.#filesThere()]);
    const known = (this.#entries ??= await this.#readIndex());
    const present = new Set(there);
    const ids = [...head.ids, ...(await this.#unlisted(head, there))].filter((id) => present.has(id));
    const unknown = ids.filter((id) => !known.has(id));
    const read = await inParallel(unknown, parallelCalls, (id) => this.read(id).catch(ignoreUnreadable));
    for (const file of read) if (file) known.set(file.manifest.id, entryOf(file.manifest));
    const entries = ids.flatMap((id) => known.get(id) ?? []);
    if (read.length >= mostUnindexed) await this.#writeIndex(entries);
    return entries.sort((a, b) => a.createdAt - b.createdAt);
  }

  async #readIndex(): Promise<Map<string, SnapshotEntry>> {
    const text = await readIfThere(path.join(this.folder, indexName), this.#files);
    return text === null ? new Map() : readIndex(text, this.#keys);
  }

  /** A cache that cannot be written, on a full disk, is no failure. */
  async #writeIndex(entries: readonly SnapshotEntry[]): Promise<void> {
    const text = writeIndex(entries, this.#keys);
    await writeAtomically(path.join(this.folder, indexName), text, { files: this.#files }).catch(() => undefined);
  }

  async readHead(): Promise<StoreHead> {
    const text = await readIfThere(path.join(this.folder, headName), this.#files);
    if (text === null) throw new VaultError('storeMalformed', 'head');
    try {
      return readHead(text, this.#keys);
    } catch (error) {
      const oldKey = rotationKey(this.#keyring, this.#keys);
      if (!oldKey) throw error;
      return readHead(text, oldKey.forStore(this.storeId));
    }
  }

  /**
   * Changes the head under the lock, taking in snapshots it does not name yet. Gives the new head.
   *
   * @param verified snapshots just written, which need no look before they are taken in
   * @throws VaultError busy
   */
  async changeHead(
    change: (head: StoreHead) => Partial<Omit<StoreHead, 'counter'>>,
    verified: readonly Manifest[] = [],
  ): Promise<StoreHead> {
    return withLock(this.folder, async (stillHeld) => {
      await this.#requireCurrentKey();
      const old = await this.readHead();
      const listed = { ...old, ids: [...old.ids, ...(await this.#unlisted(old, await this.#filesThere(), verified))] };
      const head = nextHead(listed, change(listed));
      stillHeld();
      await writeAtomically(path.join(this.folder, headName), writeHead(head, this.#keys), { files: this.#files });
      return head;
    });
  }

  /** Removes snapshots: first from the head, with a signed record, then their files. Pinned ones stay. */
  async remove(ids: readonly string[]): Promise<string[]> {
    const removed: string[] = [];
    await this.changeHead((head) => {
      const wanted = new Set(ids.filter((id) => !head.pinned.includes(id) && head.ids.includes(id)));
      removed.push(...wanted);
      const at = this.#now();
      return {
        ids: head.ids.filter((id) => !wanted.has(id)),
        pruned: [...head.pruned, ...removed.map((id) => ({ id, at }))],
      };
    });
    for (const id of removed) await this.#files.unlink(this.#snapshotPath(id)).catch(ignoreMissing);
    return removed;
  }

  async setPinned(id: string, pinned: boolean): Promise<void> {
    await this.changeHead((head) => {
      if (!head.ids.includes(id)) throw new VaultError('snapshotMissing', id);
      const others = head.pinned.filter((other) => other !== id);
      return { pinned: pinned ? [...others, id] : others };
    });
  }

  /** Checks every snapshot's signature, and the folder against the head. Values are not opened. */
  async verify(): Promise<StoreFault[]> {
    const [head, files] = [await this.readHead(), await this.#filesThere()];
    const there = new Set(files);
    const pruned = new Set(head.pruned.map((record) => record.id));
    const missing: StoreFault[] = head.ids
      .filter((id) => !there.has(id))
      .map((id) => ({ snapshotId: id, fault: 'missing' }));
    const found = await inParallel(files, parallelCalls, async (id): Promise<StoreFault | null> => {
      if (pruned.has(id)) return { snapshotId: id, fault: 'returned' };
      try {
        await this.read(id);
        return null;
      } catch (error) {
        if (!(error instanceof VaultError)) throw error;
        return { snapshotId: id, fault: error.failure === 'tampered' ? 'tampered' : 'malformed' };
      }
    });
    return [...missing, ...found.filter((fault) => fault !== null)];
  }

  /** Seals the master key under a passphrase, for the day it is lost. @throws VaultError passphraseTooShort, busy */
  async setRecovery(passphrase: string): Promise<void> {
    const recovery = await sealForRecovery(this.#key, passphrase, this.storeId);
    await withLock(this.folder, async () => this.#writeKeyring({ ...(await this.#currentKeyring()), recovery }));
  }

  /**
   * Puts the store under another master key by rewrapping every data key and signing anew. The caller keeps both keys
   * until this has returned: a rotation that was cut short opens with the new one and is finished by `resumeRotation`.
   */
  async rotate(newKey: MasterKey): Promise<void> {
    await withLock(this.folder, async (stillHeld) => {
      // A rotation that another window was cut off in has to end first: only one old key is kept.
      if ((await this.#currentKeyring()).rotation !== null) await this.#rewrapAll(stillHeld);
      const newKeys = newKey.forStore(this.storeId);
      const keyring = beginRotation(this.#keyring, this.#key, newKeys);
      stillHeld();
      const [oldKey, oldKeys] = [this.#key, this.#keys];
      [this.#key, this.#keys] = [newKey, newKeys];
      try {
        await this.#writeKeyring(keyring);
      } catch (error) {
        // Nothing was begun: this store goes on under its old key.
        [this.#key, this.#keys] = [oldKey, oldKeys];
        throw error;
      }
      await this.#rewrapAll(stillHeld);
    });
  }

  /** Finishes a rotation that was cut short; does nothing when there is none. */
  async resumeRotation(): Promise<void> {
    if (!this.isRotating) return;
    await withLock(this.folder, async (stillHeld) => {
      if ((await this.#currentKeyring()).rotation !== null) await this.#rewrapAll(stillHeld);
    });
  }

  /** True when `reseal` was cut short: calling it again finishes it. */
  get isResealing(): boolean {
    return this.#keyring.resealing;
  }

  /**
   * Seals every value of every snapshot anew, under new data keys and a new fingerprint key: after the master key leaked,
   * and after `rotate`. Copies that were made before stay readable with the old key.
   *
   * @returns The snapshots that could not be read and stay as they are.
   * @throws VaultError busy, keyWrong
   */
  async reseal(): Promise<string[]> {
    return withLock(this.folder, async (stillHeld) => {
      if ((await this.#currentKeyring()).rotation !== null) await this.#rewrapAll(stillHeld);
      if (!this.#keyring.resealing) {
        const fingerprintKey = this.#keys.wrap(createDataKey(), 'fingerprint', this.storeId);
        stillHeld();
        await this.#writeKeyring({ ...this.#keyring, fingerprintKey, resealing: true });
      }
      const unread: string[] = [];
      for (const id of await this.#filesThere()) {
        const file = await this.read(id).catch(ignoreUnreadable);
        if (file) await this.#resealOne(file, stillHeld);
        else unread.push(id);
      }
      stillHeld();
      await this.#writeKeyring({ ...this.#keyring, resealing: false });
      return unread;
    });
  }

  async #resealOne(
    { manifest, openedKey }: SnapshotFile & { openedKey: Buffer },
    stillHeld: () => void,
  ): Promise<void> {
    const { id } = manifest;
    const dataKey = createDataKey();
    const resealed = resealManifest(manifest, openedKey, dataKey, this.fingerprintKey());
    if (resealed === null) return;
    const wrapped = { keyId: this.keyId, sealed: this.#keys.wrap(dataKey, 'snapshot', id) };
    stillHeld();
    const text = writeSnapshotFile({ manifest: resealed, dataKey: wrapped }, this.#keys);
    await writeAtomically(this.#snapshotPath(id), text, { files: this.#files });
  }

  async #rewrapAll(stillHeld: () => void): Promise<void> {
    for (const id of await this.#filesThere()) {
      const text = await this.#readSnapshotText(id);
      if (text === null || readKeyId(text, id) === this.keyId) continue;
      const { openedKey } = await this.read(id);
      const dataKey = { keyId: this.keyId, sealed: this.#keys.wrap(openedKey, 'snapshot', id) };
      stillHeld();
      const rewrapped = rewrapSnapshotFile(text, id, dataKey, this.#keys);
      await writeAtomically(this.#snapshotPath(id), rewrapped, { files: this.#files });
    }
    const head = await this.readHead();
    stillHeld();
    await writeAtomically(path.join(this.folder, headName), writeHead(nextHead(head, {}), this.#keys), {
      files: this.#files,
    });
    if (this.#entries) await this.#writeIndex([...this.#entries.values()]);
    await this.#writeKeyring({ ...this.#keyring, rotation: null });
  }

  /**
   * @throws VaultError keyWrong when another window has put the store under another key: open it anew; busy when it has
   * changed the fingerprint key: what was made with the old one has to be made again.
   */
  async #requireCurrentKey(): Promise<void> {
    const { tag } = this.#keyring.fingerprintKey;
    if ((await this.#currentKeyring()).fingerprintKey.tag !== tag) throw new VaultError('busy');
  }

  /** The keyring as it stands on the disk, which another window may have written. */
  async #currentKeyring(): Promise<Keyring> {
    const text = await this.#files.readFile(path.join(this.folder, keyringName), 'utf8');
    this.#keyring = readKeyring(text, this.#keys);
    return this.#keyring;
  }

  async #writeKeyring(keyring: Keyring): Promise<void> {
    await writeAtomically(path.join(this.folder, keyringName), writeKeyring(keyring, this.#keys), {
      files: this.#files,
    });
    this.#keyring = keyring;
  }

  #keysFor(keyId: string): StoreKeys {
    if (keyId === this.keyId) return this.#keys;
    const oldKey = rotationKey(this.#keyring, this.#keys);
    if (oldKey?.id !== keyId) throw new VaultError('keyWrong');
    return oldKey.forStore(this.storeId);
  }

  /** Snapshots whose files are there and that the head does not name, oldest first. */
  async #unlisted(head: StoreHead, there: readonly string[], verified: readonly Manifest[] = []): Promise<string[]> {
    const known = new Set([...head.ids, ...head.pruned.map((record) => record.id)]);
    const written = new Map(verified.map((manifest) => [manifest.id, manifest]));
    const unknown = there.filter((id) => !known.has(id));
    const found = await inParallel(unknown, parallelCalls, async (id) => {
      const manifest = written.get(id) ?? (await this.read(id).catch(ignoreUnreadable))?.manifest;
      return manifest ? [{ id, createdAt: manifest.createdAt }] : [];
    });
    return found
      .flat()
      .sort((a, b) => a.createdAt - b.createdAt)
      .map(({ id }) => id);
  }

  async #filesThere(): Promise<string[]> {
    const names = await this.#files.readdir(this.#snapshotsFolder);
    return names.filter((name) => /^[0-9a-f]{32}\.json$/.test(name)).map((name) => name.slice(0, 32));
  }

  #readSnapshotText(id: string): Promise<string | null> {
    return readIfThere(this.#snapshotPath(id), this.#files);
  }

  get #snapshotsFolder(): string {
    return path.join(this.folder, snapshotsName);
  }

  #snapshotPath(id: string): string {
    // An id comes from callers and files: nothing but an id may become a path.
    if (!/^[0-9a-f]{32}$/.test(id)) throw new VaultError('snapshotMissing');
    return path.join(this.#snapshotsFolder, `${id}.json`);
  }
}

async function withLock<T>(folder: string, work: (stillHeld: () => void) => Promise<T>): Promise<T> {
  try {
    return await withFolderLock(folder, lockWaitMs, work);
  } catch (error) {
    if (error instanceof FolderBusyError) throw new VaultError('busy');
    throw error;
  }
}

async function readIfThere(file: string, files: FileLayer): Promise<string | null> {
  try {
    return await files.readFile(file, 'utf8');
  } catch (error) {
    return ignoreMissing(error);
  }
}

function ignoreMissing(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}

/** A snapshot that cannot be read is not taken into the head; `verify` tells of it. */
function ignoreUnreadable(error: unknown): null {
  if (error instanceof VaultError) return null;
  throw error;
}
