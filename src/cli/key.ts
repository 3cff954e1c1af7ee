import { lstat } from 'node:fs/promises';
import path from 'node:path';
import { isKeyExport, readKeyExport, writeKeyExport } from '../configs/vault/keyExport.ts';
import { MasterKey } from '../configs/vault/keys.ts';
import { SnapshotStore } from '../configs/vault/snapshotStore.ts';
import { CommandError, exitCodes, usageError } from './commandError.ts';
import {
  createKey,
  explainVaultErrors,
  keepKey,
  keyFile,
  openStore,
  readKey,
  readKeyText,
  readNextKey,
  rotateKey,
  storeFolder,
  writeNewFile,
} from './configurationVault.ts';
import { parseCommandLine, type OptionValues } from './options.ts';
import { choosePassphrase, readPassphrase } from './passphrase.ts';
import type { Terminal } from './terminal.ts';

type Action = (terminal: Terminal, rest: readonly string[], values: OptionValues) => Promise<number>;

const actions: Record<string, Action> = { status, init, rotate, recover, export: exportKey, import: importKey };

/** `key status|init|rotate|recover|export|import`: cares for the key of the snapshots. Never shows a key. */
export async function key(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, { reseal: { type: 'boolean' }, setup: { type: 'boolean' } });
  const [name = '', ...rest] = positionals;
  const action = Object.hasOwn(actions, name) ? actions[name]! : null;
  if (action === null || rest.length !== (name === 'export' || name === 'import' ? 1 : 0))
    throw usageError(`say what to do: ${Object.keys(actions).join(', ')}`);
  return explainVaultErrors(() => action(terminal, rest, values));
}

async function status(terminal: Terminal): Promise<number> {
  const { exists, keyId, recovery } = await SnapshotStore.peek(storeFolder());
  terminal.print(`store     ${exists ? `${storeFolder()}, under key ${keyId ?? ''}` : 'none yet'}`);
  const { id } = await readKey();
  const next = await readNextKey();
  terminal.print(`key       ${id}`);
  if (next !== null) terminal.print(`next key  ${next.id}, of a rotation that has not ended`);
  if (exists) terminal.print(`recovery  ${recovery === null ? 'no passphrase is set up' : 'by passphrase'}`);
  return !exists || keyId === id || keyId === next?.id ? exitCodes.ok : exitCodes.error;
}

async function init(terminal: Terminal): Promise<number> {
  const { file, id } = await createKey();
  terminal.print(`Key ${id} is in ${file}. Keep a copy elsewhere: without it no snapshot can be opened.`);
  terminal.print(
    'backup-foresight key export FILE makes that copy; key recover --setup opens the store by a passphrase.',
  );
  return exitCodes.ok;
}

async function rotate(terminal: Terminal, _: readonly string[], values: OptionValues): Promise<number> {
  if (process.env['BACKUP_FORESIGHT_KEY'])
    throw new CommandError('the key comes from BACKUP_FORESIGHT_KEY, where no new one can be kept; use a key file');
  const { store, unread: damaged } = await rotateKey(terminal);
  for (const id of damaged) terminal.warn(`backup-foresight key: ${id}: is damaged, and opens with no key any more`);
  terminal.print(
    `The store is under key ${store.keyId}. The recovery passphrase, if there was one, has to be set up again.`,
  );
  if (values['reseal'] !== true) return damaged.length === 0 ? exitCodes.ok : exitCodes.error;
  const unread = await store.reseal();
  for (const id of unread) terminal.warn(`backup-foresight key: ${id}: cannot be read, and stays as it is`);
  terminal.print(
    'Every value is sealed anew. Copies made before stay readable with the old key: change what it protected.',
  );
  return unread.length === 0 ? exitCodes.ok : exitCodes.error;
}

async function recover(terminal: Terminal, _: readonly string[], values: OptionValues): Promise<number> {
  if (values['setup'] === true) {
    const store = await openStore(terminal);
    await store.setRecovery(await choosePassphrase(terminal));
    terminal.print('The passphrase opens the store from now on: backup-foresight key recover');
    return exitCodes.ok;
  }
  const recovered = await SnapshotStore.recoverKey(
    storeFolder(),
    await readPassphrase(terminal, 'Recovery passphrase'),
  );
  await keepKey(recovered);
  terminal.print(`Key ${recovered.id} is in ${keyFile()} again.`);
  return exitCodes.ok;
}

async function exportKey(terminal: Terminal, [file]: readonly string[]): Promise<number> {
  const kept = await readKey();
  const refusal = new CommandError(`${file!}: exists already; nothing was written`);
  if (await lstat(file!).catch(() => null)) throw refusal;
  const text = await writeKeyExport(kept, await choosePassphrase(terminal));
  if (!(await writeNewFile(path.resolve(file!), text))) throw refusal;
  terminal.print(`Key ${kept.id} is in ${file!}, sealed by the passphrase.`);
  return exitCodes.ok;
}

async function importKey(terminal: Terminal, [file]: readonly string[]): Promise<number> {
  const text = readKeyText(file!);
  // VS Code exports the key's own text.
  const imported = isKeyExport(text)
    ? await readKeyExport(text, await readPassphrase(terminal, 'Passphrase of the export'))
    : MasterKey.parse(text);
  await keepKey(imported);
  terminal.print(`Key ${imported.id} is in ${keyFile()}.`);
  return exitCodes.ok;
}
