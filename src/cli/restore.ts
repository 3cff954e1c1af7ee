import path from 'node:path';
import type { RestoreTarget } from '../configs/vault/restoreTarget.ts';
import { CommandError, exitCodes, usageError } from './commandError.ts';
import { findSnapshot, withBackup } from './configurationVault.ts';
import { diffText } from './diffText.ts';
import { parseCommandLine } from './options.ts';
import { readKeyPlace } from './show.ts';
import type { Terminal } from './terminal.ts';

/**
 * `restore ID [--to FILE]`: writes what a snapshot was taken of, to the byte, to where it was taken or elsewhere. A file
 * that stands there is replaced with `--overwrite` only, after a snapshot of it.
 */
export async function restore(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, {
    to: { type: 'string' },
    key: { type: 'string' },
    document: { type: 'string' },
    shell: { type: 'boolean' },
    overwrite: { type: 'boolean' },
    'dry-run': { type: 'boolean' },
  });
  const [typed, ...more] = positionals;
  if (typed === undefined || more.length > 0) throw usageError('name one snapshot');
  const key = readKeyPlace('key', values);
  const part = { ...(key === null ? {} : { key }), asShellScript: values['shell'] === true };
  return withBackup(terminal, async (backup) => {
    const { id } = await findSnapshot(backup, typed);
    const { origin } = await backup.show(id);
    const to = typeof values['to'] === 'string' ? path.resolve(values['to']) : origin?.path;
    if (to === undefined) throw usageError('--to is needed: the file to write');
    const target: RestoreTarget = { path: to, root: null };
    const { stamp, isSame, diff, modeBefore, modeAfter } = await backup.planRestore(id, target, part);
    if (values['dry-run'] === true) {
      terminal.print(stamp === null ? `Would write ${to}, which does not exist.` : `Would replace ${to}.`);
      if (isSame) terminal.print('It is the same already.');
      if (modeBefore !== null && modeAfter !== null && modeBefore !== modeAfter)
        terminal.print(`mode ${modeBefore.toString(8)} -> ${modeAfter.toString(8)}`);
      if (diff) for (const line of diffText(diff)) terminal.print(line);
      return exitCodes.ok;
    }
    if (stamp !== null && !isSame && values['overwrite'] !== true)
      throw new CommandError(
        `${to}: exists already; nothing was written (--dry-run shows what differs, --overwrite replaces it)`,
      );
    const { safetySnapshotId, hasOwner } = await backup.restore(id, target, stamp, part);
    if (safetySnapshotId !== null) terminal.print(`What stood there is kept as ${safetySnapshotId}.`);
    terminal.print(`Restored to ${to}.`);
    if (!hasOwner) terminal.warn(`backup-foresight restore: ${to}: the owner could not be set; it belongs to you`);
    return exitCodes.ok;
  });
}
