import { timingSafeEqual } from 'node:crypto';
import { formatKeyPath, parseKeyPath } from '../configs/formats/keyPath.ts';
import type { KeyPlace } from '../configs/replaceValue.ts';
import { MasterKey } from '../configs/vault/keys.ts';
import { SnapshotStore } from '../configs/vault/snapshotStore.ts';
import { VaultError } from '../configs/vault/vaultError.ts';
import { formatTime } from '../wording/format.ts';
import { CommandError, exitCodes, usageError } from './commandError.ts';
import { findSnapshot, storeFolder, withBackup } from './configurationVault.ts';
import { machineZone, parseCommandLine, parseCount, type OptionValues } from './options.ts';
import { printable } from './printable.ts';
import type { Terminal } from './terminal.ts';

/** `show ID`: a snapshot with its secrets masked; `--reveal KEY` prints the one secret at that key, and nothing else. */
export async function show(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, {
    reveal: { type: 'string' },
    document: { type: 'string' },
    yes: { type: 'boolean' },
  });
  const [typed, ...more] = positionals;
  if (typed === undefined || more.length > 0) throw usageError('name one snapshot');
  const place = readKeyPlace('reveal', values);
  if (place !== null && values['yes'] !== true && !terminal.ask)
    throw new CommandError('a secret is shown on a terminal only; --yes prints it all the same');
  return withBackup(terminal, async (backup, store) => {
    const { id } = await findSnapshot(backup, typed);
    if (place !== null) {
      if (values['yes'] !== true) await askWhoSitsThere(terminal, store);
      terminal.print(await backup.reveal(id, place));
      return exitCodes.ok;
    }
    const { type, name, createdAt, pinned, text, masks } = await backup.show(id);
    const wording = { language: 'en', zone: machineZone(), templates: {} };
    terminal.print(
      `# ${id}  ${formatTime(createdAt, wording)}  ${type}  ${printable(name)}${pinned ? '  (pinned)' : ''}`,
    );
    if (text === null) terminal.print('(sealed whole)');
    else for (const line of text.replace(/\n$/, '').split('\n')) terminal.print(printable(line.replace(/\r$/, '')));
    for (const { path, reason } of masks)
      terminal.print(`# sealed: ${printable(formatKeyPath(path)) || '(all)'} (${reason})`);
    return exitCodes.ok;
  });
}

/** The key that an option names, with `--document`; null without the option. */
export function readKeyPlace(option: string, values: OptionValues): KeyPlace | null {
  const typed = values[option];
  if (typeof typed !== 'string') return null;
  const path = parseKeyPath(typed);
  if (path === null) throw usageError(`--${option}: '${typed}' is no key, such as db.password or hosts[0]."my.key"`);
  const document = typeof values['document'] === 'string' ? parseCount('document', values['document']) - 1 : 0;
  return { path, document };
}

/** A terminal left open must not give secrets away: the key or the recovery passphrase is asked for. */
async function askWhoSitsThere(terminal: Terminal, store: SnapshotStore): Promise<void> {
  const typed = await terminal.ask!('Recovery passphrase, or the key');
  if (typed.startsWith('bfkey1_')) {
    const [given, wanted] = [MasterKey.parse(typed).id, store.keyId].map((id) => Buffer.from(id)) as [Buffer, Buffer];
    if (!timingSafeEqual(given, wanted)) throw new VaultError('keyWrong');
    return;
  }
  await SnapshotStore.recoverKey(storeFolder(), typed);
}
