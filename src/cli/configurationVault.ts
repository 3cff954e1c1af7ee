/** Where the command line keeps configuration snapshots and their key, and how it opens them. */
import { mkdir, open, readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { ConfigurationBackup } from '../configs/configurationBackup.ts';
import { MasterKey } from '../configs/vault/keys.ts';
import { SnapshotStore } from '../configs/vault/snapshotStore.ts';
import { VaultError, type VaultFailure } from '../configs/vault/vaultError.ts';
import { CommandError } from './commandError.ts';
import { machineZone } from './options.ts';
import type { Terminal } from './terminal.ts';

const failureTexts: Record<VaultFailure, string> = {
  keyMissing: 'there is no key; make one with: backup-foresight key init',
  keyMalformed: 'the key is damaged or cut off',
  keyWrong: 'the store is under another key',
  keyDiffers: 'another key stands there already',
  passphraseWrong: 'the passphrase is wrong',
  passphraseTooShort: 'the passphrase is shorter than 12 characters',
  recoveryMissing: 'no recovery passphrase is set up',
  recoveryMalformed: 'the recovery record is damaged',
  tampered: 'it is not what was signed; somebody or something changed it',
  storeMalformed: 'the store is damaged',
  storeRolledBack: 'the store is older than when it was last seen',
  snapshotMissing: 'there is no such snapshot',
  snapshotMalformed: 'the snapshot is damaged',
  valueMissing: 'the snapshot holds no such value',
  notAFile: 'it is no plain file',
  pinned: 'it is pinned; unpin it first',
  busy: 'another process is changing the store; try again',
};

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
  return MasterKey.parse(await readFile(file, 'utf8'));
}

/** Makes a key and its file. Never over an existing file, and never while a store waits for another key. */
export async function createKey(): Promise<{ file: string; id: string }> {
  const { keyId } = await SnapshotStore.peek(storeFolder());
  if (keyId !== null)
    throw new CommandError(`${storeFolder()} is under key ${keyId}: bring that key back instead of making another`);
  const file = keyFile();
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  const handle = await open(file, 'wx', 0o600).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST')
      throw new CommandError(`${file}: a key stands there already`);
    throw error;
  });
  try {
    const key = MasterKey.create();
    await handle.writeFile(`${key.reveal()}\n`);
    await handle.sync();
    return { file, id: key.id };
  } finally {
    await handle.close();
  }
}

/** Runs `work` on the opened store; every refusal of the vault becomes one line. */
export async function withBackup<T>(terminal: Terminal, work: (backup: ConfigurationBackup) => Promise<T>): Promise<T> {
  return explainVaultErrors(async () => {
    const store = await SnapshotStore.open(storeFolder(), await readKey(), { now: () => terminal.now() });
    await store.resumeRotation();
    const rules = { sensitiveKeys: [], safeKeys: [] };
    return work(new ConfigurationBackup(store, { rules, now: () => terminal.now(), zone: machineZone() }));
  });
}

export async function explainVaultErrors<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    throw new CommandError(`${error.about === null ? '' : `${error.about}: `}${failureTexts[error.failure]}`);
  }
}
