import { lstat } from 'node:fs/promises';
import { writeAtomically } from '../files/writeAtomically.ts';
import { CommandError, exitCodes, usageError } from './commandError.ts';
import { withBackup } from './configurationVault.ts';
import { parseCommandLine } from './options.ts';
import type { Terminal } from './terminal.ts';

/** `restore ID --to FILE`: writes what a snapshot was taken of, to the byte, into a file that does not exist yet. */
export async function restore(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, { to: { type: 'string' } });
  const [id, ...more] = positionals;
  const target = values['to'];
  if (id === undefined || more.length > 0) throw usageError('name one snapshot');
  if (typeof target !== 'string') throw usageError('--to is needed: the file to write');
  if (await lstat(target).catch(() => null)) throw new CommandError(`${target}: exists already; nothing was written`);
  await withBackup(terminal, async (backup) => writeAtomically(target, await backup.contentOf(id)));
  terminal.print(`Restored to ${target}.`);
  return exitCodes.ok;
}
