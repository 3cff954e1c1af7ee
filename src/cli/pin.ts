import { exitCodes, usageError } from './commandError.ts';
import { findSnapshot, withBackup } from './configurationVault.ts';
import { parseCommandLine } from './options.ts';
import type { Terminal } from './terminal.ts';

/** `pin ID`, `pin ID --remove`: a pinned snapshot stays whatever is pruned. */
export async function pin(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, { remove: { type: 'boolean' } });
  const pinned = values['remove'] !== true;
  await withOne(positionals, terminal, async (backup, id) => {
    await backup.setPinned(id, pinned);
    terminal.print(`${id} is ${pinned ? 'pinned' : 'pinned no more'}.`);
  });
  return exitCodes.ok;
}

/** `delete ID`: removes one snapshot that is not pinned. */
export async function deleteOne(args: string[], terminal: Terminal): Promise<number> {
  await withOne(parseCommandLine(args, {}).positionals, terminal, async (backup, id) => {
    await backup.delete(id);
    terminal.print(`${id} is deleted.`);
  });
  return exitCodes.ok;
}

type Backup = Parameters<Parameters<typeof withBackup>[1]>[0];

async function withOne(
  [typed, ...more]: readonly string[],
  terminal: Terminal,
  work: (backup: Backup, id: string) => Promise<void>,
): Promise<void> {
  if (typed === undefined || more.length > 0) throw usageError('name one snapshot');
  await withBackup(terminal, async (backup) => work(backup, (await findSnapshot(backup, typed)).id));
}
