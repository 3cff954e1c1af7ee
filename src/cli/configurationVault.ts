/** Where the command line keeps configuration snapshots and their key, and how it opens them. */
import { mkdir, readFile, rename, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { ConfigurationBackup } from '../configs/configurationBackup.ts';
import type { SnapshotSummary } from '../configs/snapshotSummary.ts';
import { MasterKey } from '../configs/vault/keys.ts';
import { RestoreError } from '../configs/vault/restoreError.ts';
import { SnapshotStore } from '../configs/vault/snapshotStore.ts';
import { VaultError } from '../configs/vault/vaultError.ts';
import { FolderBusyError, patienceMs, withFolderLock } from '../files/withFolderLock.ts';
import { writeAtomically } from '../files/writeAtomically.ts';
import { CommandError } from './commandError.ts';
import { describeFileError } from './describeFileError.ts';
import { acceptCounter, keepLastSeen, lastSeenCounter } from './lastSeen.ts';
import { machineZone } from './options.ts';
import { printable } from './printable.ts';
import { readSmallFile } from './readSmallFile.ts';
import type { Terminal } from './terminal.ts';
import { failureTexts, refusalTexts } from './vaultTexts.ts';

/** A key and its export are each far smaller; whatever is larger is another file. */
const largestKeyFile = 16 * 1024;

/** The store's folder: `CONFIG_BACKUP_DIR`, else a folder of the user's own. */
export function storeFolder(): string {
  return process.env['CONFIG_BACKUP_DIR'] || path.join(homedir(), '.local', 'share', 'backup-foresight', 'snapshots');
}

/** The key file: `BACKUP_FORESIGHT_KEY_FILE`, else one of the user's own. */
export function keyFile(): string {
  return process.env['BACKUP_FORESIGHT_KEY_FILE'] || path.join(homedir(), '.config', 'backup-foresight', 'key');
}

/** The key: from `BACKUP_FORESIGHT_KEY`, else from the key file. Never from an argument, which every process can see. */
export async function readKey(): Promise<MasterKey> {
  const given = process.env['BACKUP_FORESIGHT_KEY'];
  if (given) return MasterKey.parse(given);
  const file = keyFile();
  const stats = await stat(file).catch(() => null);
  if (!stats) throw new VaultError('keyMissing');
  if (process.platform !== 'win32' && (stats.mode & 0o077) !== 0)
    throw new CommandError(`${file}: others can read the key; run: chmod 600 ${file}`);
  return MasterKey.parse(readKeyText(file));
}

/** What stands in a file that should hold a key, or the export of one. */
export function readKeyText(file: string): string {
  try {
    return readSmallFile(file, largestKeyFile);
  } catch (error) {
    throw new CommandError(`${file}: ${describeFileError(error)}`);
  }
}

/** The key that a rotation has written and not finished with; null when there is none. */
export async function readNextKey(): Promise<MasterKey | null> {
  if (process.env['BACKUP_FORESIGHT_KEY']) return null;
  const text = await readFile(nextKeyFile(), 'utf8').catch(() => null);
  return text === null ? null : MasterKey.parse(text);
}

/** Where a rotation keeps the new key until the store is under it. */
function nextKeyFile(): string {
  return `${keyFile()}.next`;
}

/** Makes a key and its file. Never over an existing file, and never while a store waits for another key. */
export async function createKey(): Promise<{ file: string; id: string }> {
  const { keyId } = await SnapshotStore.peek(storeFolder());
  if (keyId !== null)
    throw new CommandError(`${storeFolder()} is under key ${keyId}: bring that key back instead of making another`);
  const key = MasterKey.create();
  if (!(await writeNewKeyFile(key))) throw new CommandError(`${keyFile()}: a key stands there already`);
  return { file: keyFile(), id: key.id };
}

/** Writes a key that was brought back. @throws VaultError keyDiffers when another key stands there, or the store needs another */
export async function keepKey(key: MasterKey): Promise<void> {
  const { keyId } = await SnapshotStore.peek(storeFolder());
  if (keyId !== null && keyId !== key.id) throw new VaultError('keyDiffers', storeFolder());
  if (!(await writeNewKeyFile(key)) && (await readKey()).id !== key.id) throw new VaultError('keyDiffers', keyFile());
}

/** False when a key stands there already, though another process may have put it there just now; it stays. */
async function writeNewKeyFile(key: MasterKey): Promise<boolean> {
  await mkdir(path.dirname(keyFile()), { recursive: true, mode: 0o700 });
  return writeNewFile(keyFile(), `${key.reveal()}\n`);
}

/** Writes a file where none is. False when something stands there, which stays. */
export async function writeNewFile(file: string, text: string): Promise<boolean> {
  try {
    await writeAtomically(file, text, { isNew: true });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return false;
  }
}

/**
 * Puts the store under a new key. The new key is on the disk before the store is under it, and the old one until after:
 * whenever it is cut off, one of the two opens the store, and the next command goes on. One process at a time: another
 * one's new key in between would take the place of the only key that opens the store.
 *
 * @returns The snapshots that could not be read, and that no key opens from now on.
 */
export async function rotateKey(terminal: Terminal): Promise<{ store: SnapshotStore; unread: string[] }> {
  // What was cut off ends first.
  await openStore(terminal);
  return withFolderLock(keyFile(), patienceMs, async (stillHeld) => {
    const store = await openStore(terminal);
    const next = (await readNextKey()) ?? MasterKey.create();
    await writeAtomically(nextKeyFile(), `${next.reveal()}\n`);
    stillHeld();
    const unread = await store.rotate(next);
    await rememberStore(terminal, store);
    await rename(nextKeyFile(), keyFile());
    return { store, unread };
  });
}

/** Ends what a rotation that was cut short has left; one that is still at it ends it by itself. */
async function keepNextKey(next: MasterKey): Promise<void> {
  try {
    await withFolderLock(keyFile(), patienceMs, async () => {
      if ((await readNextKey())?.id === next.id) await rename(nextKeyFile(), keyFile());
    });
  } catch (error) {
    if (!(error instanceof FolderBusyError)) throw error;
  }
}

/**
 * Opens the store; a rotation that was cut short is finished, and its key takes the old one's place.
 *
 * @param acceptOlder takes a store that is older than when it was last seen here for the store from now on
 * @throws VaultError storeRolledBack, and as `SnapshotStore.open`
 */
export async function openStore(terminal: Terminal, acceptOlder = false): Promise<SnapshotStore> {
  const { keyId, storeId } = await SnapshotStore.peek(storeFolder());
  try {
    return await openPeeked(terminal, { keyId, storeId }, acceptOlder);
  } catch (error) {
    // Another process has put it under its next key meanwhile, and that is at hand too.
    if (!(await isKeyChanged(error, keyId))) throw error;
    return openStore(terminal, acceptOlder);
  }
}

async function openPeeked(
  terminal: Terminal,
  { keyId, storeId }: { keyId: string | null; storeId: string | null },
  acceptOlder: boolean,
): Promise<SnapshotStore> {
  // In this order: a key is beside the key file before the store is under it, and in its place after.
  const [next, key] = [await readNextKey(), await readKey()];
  const isUnderNext = next !== null && keyId === next.id;
  // Looked up before the store is: another process may add to it meanwhile, and tell of it.
  const lastCounter = acceptOlder ? 0 : lastSeenCounter(storeId);
  const store = await SnapshotStore.open(storeFolder(), isUnderNext ? next : key, {
    now: () => terminal.now(),
    lastCounter,
    ...(terminal.files && { files: terminal.files }),
  });
  await store.resumeRotation();
  if (isUnderNext) await keepNextKey(next);
  if (acceptOlder) await acceptCounter(store.storeId, (await store.readHead()).counter);
  else await rememberStore(terminal, store);
  return store;
}

/** Whether a failure comes of another process that has put the store under another key than the one it was under. */
async function isKeyChanged(error: unknown, keyId: string | null): Promise<boolean> {
  if (!(error instanceof VaultError && error.failure === 'keyWrong')) return false;
  return (await SnapshotStore.peek(storeFolder())).keyId !== keyId;
}

/** Keeps how far the store has come, so that an older copy of it shows. */
export async function rememberStore(terminal: Terminal, store: SnapshotStore): Promise<void> {
  await keepLastSeen(terminal, store.storeId, (await store.readHead()).counter);
}

/** Runs `work` on the opened store; every refusal of the vault becomes one line. */
export async function withBackup<T>(
  terminal: Terminal,
  work: (backup: ConfigurationBackup, store: SnapshotStore) => Promise<T>,
): Promise<T> {
  return explainVaultErrors(async () => {
    const store = await openStore(terminal);
    const { keyId } = store;
    const rules = { sensitiveKeys: listIn('CONFIG_SENSITIVE_KEYS'), safeKeys: listIn('CONFIG_SAFE_KEYS') };
    const now = (): number => terminal.now();
    try {
      const result = await work(new ConfigurationBackup(store, { rules, now, zone: machineZone() }), store);
      await rememberStore(terminal, store);
      return result;
    } catch (error) {
      // It was the right key when the store was opened.
      throw (await isKeyChanged(error, keyId)) ? new VaultError('busy') : error;
    }
  });
}

/** A comma-separated list in an environment variable; empty when it is not set. */
export function listIn(variable: string): string[] {
  const listed = (process.env[variable] ?? '').split(',').map((entry) => entry.trim());
  return listed.filter((entry) => entry !== '');
}

/** The snapshot whose id begins with what was typed. */
export async function findSnapshot(backup: ConfigurationBackup, typed: string): Promise<SnapshotSummary> {
  const found = (await backup.listConfigBackups()).filter(({ id }) => id.startsWith(typed));
  if (typed.length < 4 || found.length === 0) throw new CommandError(`${printable(typed)}: there is no such snapshot`);
  if (found.length > 1) throw new CommandError(`${printable(typed)}: ${found.length} snapshots begin so`);
  return found[0]!;
}

export async function explainVaultErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof RestoreError)
      throw new CommandError(`${printable(error.about)}: ${refusalTexts[error.refusal]}; nothing was written`);
    if (error instanceof FolderBusyError) throw new CommandError(failureTexts.busy);
    if (isOfStore(error)) throw new CommandError(`${printable(storeFolder())}: ${describeFileError(error)}`);
    if (!(error instanceof VaultError)) throw error;
    throw new CommandError(
      `${error.about === null ? '' : `${printable(error.about)}: `}${failureTexts[error.failure]}`,
    );
  }
}

/** Whether the file system refused something to the store: a full disk names no path. */
function isOfStore(error: unknown): boolean {
  const { code, path: about } = error as NodeJS.ErrnoException;
  return code !== undefined && (about === undefined || about.startsWith(path.resolve(storeFolder())));
}
