import { exitCodes } from './commandError.ts';
import { withBackup } from './configurationVault.ts';
import { parseCommandLine } from './options.ts';
import type { Terminal } from './terminal.ts';

/** `verify`: checks every snapshot's signature, and the store against its signed list. Exit 1 when something is wrong. */
export async function verify(args: string[], terminal: Terminal): Promise<number> {
  parseCommandLine(args, {});
  const faults = await withBackup(terminal, (backup) => backup.verify());
  for (const { snapshotId, fault } of faults) terminal.print(`${snapshotId}  ${fault}`);
  if (faults.length === 0) terminal.print('Every snapshot is what was signed.');
  return faults.length === 0 ? exitCodes.ok : exitCodes.error;
}
