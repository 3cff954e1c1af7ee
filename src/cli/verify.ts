import { exitCodes } from './commandError.ts';
import { explainVaultErrors, openStore, withBackup } from './configurationVault.ts';
import { parseCommandLine } from './options.ts';
import type { Terminal } from './terminal.ts';

/**
 * `verify [--accept-older]`: checks every snapshot's signature, and the store against its signed list. Exit 1 when
 * something is wrong. With `--accept-older` it goes on with a store that an older copy has taken the place of.
 */
export async function verify(args: string[], terminal: Terminal): Promise<number> {
  const { values } = parseCommandLine(args, { 'accept-older': { type: 'boolean' } });
  if (values['accept-older'] === true) await explainVaultErrors(() => openStore(terminal, true));
  const faults = await withBackup(terminal, (backup) => backup.verify());
  for (const { snapshotId, fault } of faults) terminal.print(`${snapshotId}  ${fault}`);
  if (faults.some(({ fault }) => fault === 'unfinished'))
    terminal.print('Unfinished: was being kept when the key was rotated, and never told as kept; prune removes it.');
  if (faults.length === 0) terminal.print('Every snapshot is what was signed.');
  return faults.length === 0 ? exitCodes.ok : exitCodes.error;
}
