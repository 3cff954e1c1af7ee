/**
 * A folder of snapshots. Snapshots are written once, each in a file of its own, so that two windows add without waiting
 * for each other; the signed head that lists them is changed under a lock. Every order of writes leaves, at any crash,
 * a store that opens: a snapshot goes to the disk before the head names it, and leaves the head before its file goes.
 */
import { randomBytes, type KeyObject } from 'node:crypto';
import { nodeFiles, type FileLayer } from '../../files/fileLayer.ts';
import { inParallel } from '../../files/inParallel.ts';
import { sweepLeftovers } from '../../files/writeAtomically.ts';
import type { SnapshotEntry } from '../snapshotSummary.ts';
import { findFaults, removeUnfinished } from './findFaults.ts';
import type { MasterKey } from './keys.ts';
import { openRecovery, sealForRecovery, type RecoverySlot } from './recovery.ts';
import { entryOf } from './snapshotIndex.ts';
import {
  ignoreMissing,
  ignoreUnreadable,
  parallelCalls,
  StoreFiles,
  withStoreLock,
  type NewSnapshot,
  type OpenedSnapshot,
} from './storeFiles.ts';
import type { StoreFault } from './storeFault.ts';
import { emptyHead, nextHead, type StoreHead } from './storeHead.ts';
import { createKeyring, peekKeyring } from './storeKeyring.ts';
import { resealStore, resumeRotation, rotateStore } from './storeRotation.ts';
import { VaultError } from './vaultError.ts';

/** So many snapshots are read without their index entry before the index is written anew. */
const mostUnindexed = 50;
const emptyPeek = { storeId: '', keyId: '', recovery: null } as const;

/** What a store takes from whoever opens it. */
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
  storeId: string | null;
  keyId: string | null;
  recovery: RecoverySlot | null;
}

/** An opened store: every change of it goes through here, in an order that no crash breaks. */
export class SnapshotStore {
  readonly #store: StoreFiles;
  readonly #now: () => number;
  /** What is known of snapshots by id; null until the index was read. */
  #entries: Map<string, SnapshotEntry> | null = null;

  private constructor(store: StoreFiles, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  /** What is known of a folder without a key. @throws VaultError storeMalformed */
  static async peek(folder: string, files: FileLayer = nodeFiles): Promise<StorePeek> {
    const text = await StoreFiles.keyringText(folder, files);
    if (text !== null) {
      return { exists: true, ...peekKeyring(text) };
    }
    // Snapshots without a keyring are a damaged store, never an empty one: a new key would bury them.
    const snapshots = await files.readdir(StoreFiles.snapshotsFolder(folder)).catch(ignoreMissing);
    if (snapshots?.some((name) => name.endsWith('.json'))) throw new VaultError('storeMalformed', 'keyring');
    return { exists: false, storeId: null, keyId: null, recovery: null };
  }

  /**
   * Opens the store in a folder, or makes one in an empty folder.
   * @throws VaultError keyWrong, tampered, storeMalformed, storeRolledBack
   */
  static async open(folder: string, key: MasterKey, options: StoreOptions): Promise<SnapshotStore> {
    const { files = nodeFiles, now, lastCounter = 0 } = options;
    const snapshotsFolder = StoreFiles.snapshotsFolder(folder);
    if (!(await SnapshotStore.peek(folder, files)).exists) {
      await files.mkdir(snapshotsFolder, { recursive: true, mode: 0o700 });
      await SnapshotStore.#initialize(folder, key, now(), files);
    }
    const store = new SnapshotStore(await StoreFiles.open(folder, key, files), now);
    if ((await store.readHead()).counter < lastCounter) throw new VaultError('storeRolledBack');
    for (const swept of [folder, snapshotsFolder]) await sweepLeftovers(swept, now(), files);
    return store;
  }

  /**
   * The master key of a store, by its recovery passphrase: for a machine that has lost it, or never had it.
   * @throws VaultError recoveryMissing, passphraseWrong, storeMalformed
   */
  static async recoverKey(folder: string, passphrase: string, files: FileLayer = nodeFiles): Promise<MasterKey> {
    const text = await StoreFiles.keyringText(folder, files);
    const { storeId, keyId, recovery } = text === null ? emptyPeek : peekKeyring(text);
    if (recovery === null) throw new VaultError('recoveryMissing');
    const key = await openRecovery(recovery, passphrase, storeId);
    // A slot that was put there from another store's keyring opens, and its key fits nothing.
    if (key.id !== keyId) throw new VaultError('recoveryMalformed');
    return key;
  }

  static async #initialize(folder: string, key: MasterKey, now: number, files: FileLayer): Promise<void> {
    await withStoreLock(folder, async () => {
      // Another window may have been first while this one waited.
      if ((await SnapshotStore.peek(folder, files)).exists) return;
      const storeId = randomBytes(16).toString('hex');
      const keys = key.forStore(storeId);
      await StoreFiles.create(folder, { keyring: createKeyring(storeId, keys, now), head: emptyHead, keys }, files);
    });
  }

  get folder(): string {
    return this.#store.folder;
  }

  get storeId(): string {
    return this.#store.storeId;
  }

  /** The key that the store is under: whoever has it can open the store again, in another thread. */
  get key(): MasterKey {
    return this.#store.key;
  }

  get keyId(): string {
    return this.#store.keys.keyId;
  }

  /** The slot that a passphrase opens; null until one is set. */
  get recovery(): RecoverySlot | null {
    return this.#store.keyring.recovery;
  }

  /** True when a rotation was cut short: `resumeRotation` finishes it. */
  get isRotating(): boolean {
    return this.#store.keyring.rotation !== null;
  }

  /** True when `reseal` was cut short: calling it again finishes it. */
  get isResealing(): boolean {
    return this.#store.keyring.resealing;
  }

  /** For fingerprints of values and contents. */
  fingerprintKey(): KeyObject {
    return this.#store.fingerprintKey();
  }

  /** A new snapshot's id, and the mark of the fingerprint key it is made with. */
  begin(): { id: string } & Pick<NewSnapshot, 'madeWith'> {
    return { id: randomBytes(16).toString('hex'), madeWith: this.#store.fingerprintMark };
  }

  /**
   * Writes snapshots and names them in the head. When the head stays locked by another window, they are safe on the disk
   * all the same, and the next change of the head takes them in.
   *
   * @throws VaultError keyWrong, or busy, when another window has changed the keys: nothing of them stays then
   */
  async add(...added: NewSnapshot[]): Promise<void> {
    await this.#store.requireCurrentKeys(added);
    await this.#store.writeSnapshots(added);
    try {
      await this.changeHead(() => ({}), added);
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      await this.#store.requireCurrentKeys(added).catch(async (changed: unknown) => {
        // Whoever changed the keys meanwhile may have passed these files by: they would never open again.
        for (const { manifest } of added) await this.#store.removeSnapshot(manifest.id);
        throw changed;
      });
      if (error.failure !== 'busy') throw error;
    }
    for (const { manifest } of added) this.#entries?.set(manifest.id, entryOf(manifest));
  }

  /** Reads and verifies one snapshot, and unwraps its data key. @throws VaultError snapshotMissing, snapshotMalformed, tampered */
  read(id: string): Promise<OpenedSnapshot> {
    return this.#store.readSnapshot(id);
  }

  /** Ids of all snapshots: those the head names, and those written since. Oldest first by the head's order. */
  async ids(): Promise<string[]> {
    const head = await this.readHead();
    return [...head.ids, ...(await this.#unlisted(head, await this.#store.snapshotIds()))];
  }

  /**
   * What lists need of every snapshot whose file is there, oldest first; from the index, and read and verified where it
   * lacks one. Those that cannot be verified are left out: `verify` tells of them.
   */
  async entries(): Promise<SnapshotEntry[]> {
    const [head, there] = await Promise.all([this.readHead(), this.#store.snapshotIds()]);
    const known = (this.#entries ??= await this.#store.readIndex());
    const present = new Set(there);
    const ids = [...head.ids, ...(await this.#unlisted(head, there))].filter((id) => present.has(id));
    const unknown = ids.filter((id) => !known.has(id));
    const read = await inParallel(unknown, parallelCalls, (id) => this.read(id).catch(ignoreUnreadable));
    for (const file of read) if (file) known.set(file.manifest.id, entryOf(file.manifest));
    const entries = ids.flatMap((id) => known.get(id) ?? []);
    if (read.length >= mostUnindexed) await this.#store.writeIndex(entries);
    return entries.sort((a, b) => a.createdAt - b.createdAt);
  }

  readHead(): Promise<StoreHead> {
    return this.#store.readHead();
  }

  /**
   * Changes the head under the lock, taking in snapshots it does not name yet. Gives the new head.
   *
   * @param written snapshots just written, which need no look before they are taken in
   * @throws VaultError busy, keyWrong
   */
  async changeHead(
    change: (head: StoreHead) => Partial<Omit<StoreHead, 'counter'>>,
    written: readonly NewSnapshot[] = [],
  ): Promise<StoreHead> {
    return withStoreLock(this.folder, (stillHeld) => this.#changeLockedHead(stillHeld, change, written));
  }

  async #changeLockedHead(
    stillHeld: () => void,
    change: (head: StoreHead) => Partial<Omit<StoreHead, 'counter'>>,
    written: readonly NewSnapshot[] = [],
  ): Promise<StoreHead> {
    await this.#store.requireCurrentKeys(written);
    const old = await this.readHead();
    const unlisted = await this.#unlisted(old, await this.#store.snapshotIds(), written);
    const listed = { ...old, ids: [...old.ids, ...unlisted] };
    const head = nextHead(listed, change(listed));
    stillHeld();
    await this.#store.writeHead(head);
    return head;
  }

  /**
   * Removes snapshots: first from the head, with a signed record, then their files, those that an earlier removal was cut
   * off before, and what nobody can finish any more. Pinned ones stay.
   */
  remove(ids: readonly string[]): Promise<string[]> {
    return withStoreLock(this.folder, async (stillHeld) => {
      const removed: string[] = [];
      const head = await this.#changeLockedHead(stillHeld, (old) => {
        const wanted = new Set(ids.filter((id) => !old.pinned.includes(id) && old.ids.includes(id)));
        removed.push(...wanted);
        const at = this.#now();
        return {
          ids: old.ids.filter((id) => !wanted.has(id)),
          pruned: [...old.pruned, ...removed.map((id) => ({ id, at }))],
        };
      });
      const there = new Set(await this.#store.snapshotIds());
      for (const { id } of head.pruned) if (there.has(id)) await this.#store.removeSnapshot(id);
      await removeUnfinished(this.#store, head, this.#now());
      return removed;
    });
  }

  async setPinned(id: string, pinned: boolean): Promise<void> {
    await this.changeHead((head) => {
      if (!head.ids.includes(id)) throw new VaultError('snapshotMissing', id);
      const others = head.pinned.filter((other) => other !== id);
      return { pinned: pinned ? [...others, id] : others };
    });
  }

  /**
   * Checks every snapshot's signature, and the folder against the head. Values are not opened. What seems wrong while
   * others change the store is looked at again while nobody does.
   */
  async verify(): Promise<StoreFault[]> {
    const suspected = await findFaults(this.#store);
    if (suspected.length === 0) return [];
    try {
      const ids = suspected.map(({ snapshotId }) => snapshotId);
      return await withStoreLock(this.folder, () => findFaults(this.#store, ids));
    } catch (error) {
      // Where no lock can be taken, as on a disk that is read-only, the first look counts.
      const { code } = error as NodeJS.ErrnoException;
      if ((error instanceof VaultError && error.failure === 'busy') || code !== undefined) return suspected;
      throw error;
    }
  }

  /** Seals the master key under a passphrase, for the day it is lost. @throws VaultError passphraseTooShort, busy */
  async setRecovery(passphrase: string): Promise<void> {
    const recovery = await sealForRecovery(this.#store.key, passphrase, this.storeId);
    await withStoreLock(this.folder, async () => {
      await this.#store.writeKeyring({ ...(await this.#store.currentKeyring()), recovery });
    });
  }

  /**
   * Puts the store under another master key by rewrapping every data key and signing anew. The caller keeps both keys
   * until this has returned: a rotation that was cut short opens with the new one and is finished by `resumeRotation`.
   *
   * @returns The snapshots that could not be read, and that no key opens from now on.
   * @throws VaultError busy, keyWrong
   */
  async rotate(newKey: MasterKey): Promise<string[]> {
    const unread = await rotateStore(this.#store, newKey);
    // The index is signed by the old key.
    if (this.#entries) await this.#store.writeIndex(this.#entries.values());
    return unread;
  }

  /** Finishes a rotation that was cut short; does nothing when there is none. */
  resumeRotation(): Promise<void> {
    return resumeRotation(this.#store);
  }

  /**
   * Seals every value of every snapshot anew, under new data keys and a new fingerprint key: after the master key leaked,
   * and after `rotate`. Copies that were made before stay readable with the old key.
   *
   * @returns The snapshots that could not be read and stay as they are.
   * @throws VaultError busy, keyWrong
   */
  reseal(): Promise<string[]> {
    return resealStore(this.#store);
  }

  /** Snapshots whose files are there and that the head does not name, oldest first. */
  async #unlisted(head: StoreHead, there: readonly string[], written: readonly NewSnapshot[] = []): Promise<string[]> {
    const known = new Set([...head.ids, ...head.pruned.map((record) => record.id)]);
    const own = new Map(written.map(({ manifest }) => [manifest.id, manifest]));
    const unknown = there.filter((id) => !known.has(id));
    const found = await inParallel(unknown, parallelCalls, async (id) => {
      const manifest = own.get(id) ?? (await this.read(id).catch(ignoreUnreadable))?.manifest;
      return manifest ? [{ id, createdAt: manifest.createdAt }] : [];
    });
    return found
      .flat()
      .sort((a, b) => a.createdAt - b.createdAt)
      .map(({ id }) => id);
  }
}
