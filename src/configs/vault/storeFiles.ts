/**
 * The files of an opened store and the keys they are under: each document by itself. What must be written before what, and
 * under which lock, is `SnapshotStore`'s and `storeRotation`'s.
 */
import { createSecretKey, type KeyObject } from 'node:crypto';
import path from 'node:path';
import { nodeFiles, type FileLayer } from '../../files/fileLayer.ts';
import { FolderBusyError, patienceMs, withFolderLock } from '../../files/withFolderLock.ts';
import { writeAtomically, writeManyAtomically } from '../../files/writeAtomically.ts';
import type { SnapshotEntry } from '../snapshotSummary.ts';
import type { MasterKey, StoreKeys } from './keys.ts';
import {
  readKeyId,
  readSnapshotFile,
  rewrapSnapshotFile,
  writeSnapshotFile,
  type Manifest,
  type SnapshotFile,
} from './snapshotFile.ts';
import { readIndex, writeIndex } from './snapshotIndex.ts';
import { readHead, writeHead, type StoreHead } from './storeHead.ts';
import { peekKeyring, readKeyring, rotationKey, writeKeyring, type Keyring } from './storeKeyring.ts';
import { VaultError } from './vaultError.ts';

/** File calls under way at once. */
export const parallelCalls = 16;
const keyringName = 'keyring.json';
const headName = 'head.json';
const indexName = 'index.json';
const snapshotsName = 'snapshots';

/** A snapshot whose signature holds, with its data key unwrapped. */
export type OpenedSnapshot = SnapshotFile & { openedKey: Buffer };

/** A snapshot that is in no file yet, with its data key. */
export interface NewSnapshot {
  manifest: Manifest;
  dataKey: Buffer;
  /** The mark of the fingerprint key it was made with. */
  madeWith: string;
}

/** The documents of an opened store, each read, verified and written by itself. */
export class StoreFiles {
  readonly folder: string;
  readonly #files: FileLayer;
  #key: MasterKey;
  #keys: StoreKeys;
  #keyring: Keyring;
  /** The highest head counter that was read or written. */
  #counter = 0;
  /** Unwrapped once, and again when the keyring has another. */
  #fingerprint: { mark: string; key: KeyObject } | null = null;

  private constructor(folder: string, key: MasterKey, keyring: Keyring, files: FileLayer) {
    this.folder = folder;
    this.#files = files;
    this.#key = key;
    this.#keys = key.forStore(keyring.storeId);
    this.#keyring = keyring;
  }

  /** The store that is there. @throws VaultError keyWrong, tampered, storeMalformed */
  static async open(folder: string, key: MasterKey, files: FileLayer): Promise<StoreFiles> {
    const text = await files.readFile(path.join(folder, keyringName), 'utf8');
    return new StoreFiles(folder, key, readKeyring(text, key.forStore(peekKeyring(text).storeId)), files);
  }

  /** Writes the documents of a new store, the keyring last: a folder without one is no store yet. */
  static async create(
    folder: string,
    { keyring, head, keys }: { keyring: Keyring; head: StoreHead; keys: StoreKeys },
    files: FileLayer,
  ): Promise<void> {
    await writeAtomically(path.join(folder, headName), writeHead(head, keys), { files });
    await writeAtomically(path.join(folder, keyringName), writeKeyring(keyring, keys), { files });
  }

  /** The text of a folder's keyring; null when it has none. */
  static keyringText(folder: string, files: FileLayer): Promise<string | null> {
    return readIfThere(path.join(folder, keyringName), files);
  }

  /** Where a folder's snapshots are. */
  static snapshotsFolder(folder: string): string {
    return path.join(folder, snapshotsName);
  }

  get key(): MasterKey {
    return this.#key;
  }

  get keys(): StoreKeys {
    return this.#keys;
  }

  get keyring(): Keyring {
    return this.#keyring;
  }

  get storeId(): string {
    return this.#keyring.storeId;
  }

  /** For fingerprints of values and contents. */
  fingerprintKey(): KeyObject {
    const mark = this.fingerprintMark;
    if (this.#fingerprint?.mark !== mark) {
      const key = this.#keys.unwrap(this.#keyring.fingerprintKey, 'fingerprint', this.storeId);
      this.#fingerprint = { mark, key: createSecretKey(key) };
    }
    return this.#fingerprint.key;
  }

  /** Tells the fingerprint key from any other, as the keyring was last read. */
  get fingerprintMark(): string {
    return this.#keyring.fingerprintKey.tag;
  }

  /** What is written from now on is under this key. */
  useKey(key: MasterKey): void {
    this.#key = key;
    this.#keys = key.forStore(this.storeId);
  }

  /** The keyring as it stands on the disk, which another window may have written. @throws VaultError keyWrong */
  async currentKeyring(): Promise<Keyring> {
    const text = await this.#files.readFile(path.join(this.folder, keyringName), 'utf8');
    this.#keyring = readKeyring(text, this.#keys);
    return this.#keyring;
  }

  async writeKeyring(keyring: Keyring): Promise<void> {
    await this.#write(path.join(this.folder, keyringName), writeKeyring(keyring, this.#keys));
    this.#keyring = keyring;
  }

  /**
   * @param made snapshots that are to be added
   * @throws VaultError keyWrong when another window has put the store under another key: open it anew; busy when it has
   * changed the fingerprint key: what was made with the old one has to be made again.
   */
  async requireCurrentKeys(made: readonly NewSnapshot[]): Promise<void> {
    await this.currentKeyring();
    const { fingerprintMark } = this;
    if (made.some(({ madeWith }) => madeWith !== fingerprintMark)) throw new VaultError('busy');
  }

  /**
   * @throws VaultError keyWrong when another window has put the store under another key; storeRolledBack when the head is
   * older than one that was read or written here; tampered, storeMalformed
   */
  async readHead(): Promise<StoreHead> {
    // Reads overtake each other: only what was known when this one began may be asked of it.
    const seen = this.#counter;
    const head = await this.#verifiedHead();
    if (head.counter < seen) throw new VaultError('storeRolledBack');
    this.#counter = Math.max(this.#counter, head.counter);
    return head;
  }

  async #verifiedHead(): Promise<StoreHead> {
    const text = await readIfThere(path.join(this.folder, headName), this.#files);
    if (text === null) throw new VaultError('storeMalformed', 'head');
    try {
      return readHead(text, this.#keys);
    } catch (error) {
      const oldKey = rotationKey(this.#keyring, this.#keys);
      try {
        if (oldKey) return readHead(text, oldKey.forStore(this.storeId));
      } catch {
        // That rotation may be over, and another one too.
      }
      await this.currentKeyring();
      throw error;
    }
  }

  async writeHead(head: StoreHead): Promise<void> {
    await this.#write(path.join(this.folder, headName), writeHead(head, this.#keys));
    this.#counter = Math.max(this.#counter, head.counter);
  }

  async readIndex(): Promise<Map<string, SnapshotEntry>> {
    const text = await readIfThere(path.join(this.folder, indexName), this.#files);
    return text === null ? new Map() : readIndex(text, this.#keys);
  }

  /** A cache that cannot be written, on a full disk, is no failure. */
  async writeIndex(entries: Iterable<SnapshotEntry>): Promise<void> {
    await this.#write(path.join(this.folder, indexName), writeIndex(entries, this.#keys)).catch(() => undefined);
  }

  /** Ids of the snapshots whose files are there, in no order. */
  async snapshotIds(): Promise<string[]> {
    const names = await this.#files.readdir(StoreFiles.snapshotsFolder(this.folder));
    return names.filter((name) => /^[0-9a-f]{32}\.json$/.test(name)).map((name) => name.slice(0, 32));
  }

  /**
   * Reads and verifies one snapshot, and unwraps its data key.
   *
   * @throws VaultError snapshotMissing, snapshotMalformed, tampered; keyWrong where it is under none of the store's keys
   */
  async readSnapshot(id: string): Promise<OpenedSnapshot> {
    const text = await this.#snapshotText(id);
    if (text === null) throw new VaultError('snapshotMissing', id);
    const keys = this.#keysFor(readKeyId(text, id));
    const file = readSnapshotFile(text, id, keys);
    return { ...file, openedKey: keys.unwrap(file.dataKey.sealed, 'snapshot', id) };
  }

  /** When this returns, all of them last; before, any of them may be there. */
  async writeSnapshots(snapshots: readonly Omit<NewSnapshot, 'madeWith'>[]): Promise<void> {
    const contents = snapshots.map(({ manifest, dataKey }) => ({
      name: path.basename(this.#snapshotPath(manifest.id)),
      content: writeSnapshotFile({ manifest, dataKey: this.#wrapped(manifest.id, dataKey) }, this.#keys),
    }));
    await writeManyAtomically(StoreFiles.snapshotsFolder(this.folder), contents, this.#files);
  }

  /**
   * A snapshot with its data key under the store's key, to be written in its place; its text stays as it is.
   *
   * @returns `done` when it is under that key already.
   * @throws VaultError snapshotMalformed, tampered, keyWrong
   */
  async rewrapSnapshot(id: string): Promise<'done' | { write: () => Promise<void> }> {
    const text = await this.#snapshotText(id);
    if (text === null || readKeyId(text, id) === this.#keys.keyId) return 'done';
    const { openedKey } = await this.readSnapshot(id);
    const rewrapped = rewrapSnapshotFile(text, id, this.#wrapped(id, openedKey), this.#keys);
    return { write: () => this.#write(this.#snapshotPath(id), rewrapped) };
  }

  /** When a snapshot's file was written, in UTC epoch milliseconds; null when it is gone. */
  async writtenAt(id: string): Promise<number | null> {
    return (await this.#files.lstat(this.#snapshotPath(id)).catch(ignoreMissing))?.mtimeMs ?? null;
  }

  /** One that is gone already is no failure. */
  async removeSnapshot(id: string): Promise<void> {
    await this.#files.unlink(this.#snapshotPath(id)).catch(ignoreMissing);
  }

  #wrapped(id: string, dataKey: Buffer): SnapshotFile['dataKey'] {
    return { keyId: this.#keys.keyId, sealed: this.#keys.wrap(dataKey, 'snapshot', id) };
  }

  #keysFor(keyId: string): StoreKeys {
    if (keyId === this.#keys.keyId) return this.#keys;
    const oldKey = rotationKey(this.#keyring, this.#keys);
    if (oldKey?.id !== keyId) throw new VaultError('keyWrong');
    return oldKey.forStore(this.storeId);
  }

  #snapshotText(id: string): Promise<string | null> {
    return readIfThere(this.#snapshotPath(id), this.#files);
  }

  #snapshotPath(id: string): string {
    // An id comes from callers and files: nothing but an id may become a path.
    if (!/^[0-9a-f]{32}$/.test(id)) throw new VaultError('snapshotMissing');
    return path.join(StoreFiles.snapshotsFolder(this.folder), `${id}.json`);
  }

  async #write(file: string, text: string): Promise<void> {
    await writeAtomically(file, text, { files: this.#files });
  }
}

/** Does work that changes what others rely on, one process at a time. @throws VaultError busy */
export async function withStoreLock<T>(folder: string, work: (stillHeld: () => void) => Promise<T>): Promise<T> {
  try {
    return await withFolderLock(folder, patienceMs, work);
  } catch (error) {
    if (error instanceof FolderBusyError) throw new VaultError('busy');
    throw error;
  }
}

/** For a snapshot that cannot be read and is passed by; `verify` tells of it. */
export function ignoreUnreadable(error: unknown): null {
  if (error instanceof VaultError) return null;
  throw error;
}

/** For what need not be there. */
export function ignoreMissing(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
  throw error;
}

async function readIfThere(file: string, files: FileLayer = nodeFiles): Promise<string | null> {
  try {
    return await files.readFile(file, 'utf8');
  } catch (error) {
    return ignoreMissing(error);
  }
}
