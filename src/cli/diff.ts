import path from 'node:path';
import type { ConfigurationBackup } from '../configs/configurationBackup.ts';
import type { LiveConfig } from '../configs/liveConfig.ts';
import type { SnapshotSummary } from '../configs/snapshotSummary.ts';
import { CommandError, exitCodes, usageError } from './commandError.ts';
import { findSnapshot, withBackup } from './configurationVault.ts';
import { diffText } from './diffText.ts';
import { parseCommandLine } from './options.ts';
import { readObjectFile } from './readObjectFile.ts';
import type { Terminal } from './terminal.ts';

/**
 * `diff ID [ID]`: what differs between two snapshots, or between one and the configuration as it is now. Secrets show as
 * changed or the same; none is opened.
 */
export async function diff(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, { file: { type: 'string' }, json: { type: 'boolean' } });
  const [before, after, ...more] = positionals;
  if (before === undefined || more.length > 0) throw usageError('name one snapshot, or two');
  const file = values['file'];
  const found = await withBackup(terminal, async (backup) => {
    const from = await findSnapshot(backup, before);
    if (after !== undefined) return backup.diff(from.id, (await findSnapshot(backup, after)).id);
    return backup.diffWithLive(from.id, await liveOf(backup, from, typeof file === 'string' ? file : null));
  }).catch((error: unknown) => {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
    throw new CommandError(`${(error as NodeJS.ErrnoException).path ?? ''}: no such file`);
  });
  if (values['json'] === true) terminal.print(JSON.stringify(found));
  else if (found.isSame) terminal.print('Nothing differs.');
  else for (const line of diffText(found)) terminal.print(line);
  return exitCodes.ok;
}

/** Where a snapshot's configuration stands now. */
export async function liveOf(
  backup: ConfigurationBackup,
  { id, type }: Pick<SnapshotSummary, 'id' | 'type'>,
  file: string | null,
): Promise<LiveConfig> {
  if (type === 'env') return { type, environment: process.env };
  if (type === 'application') {
    if (file === null) throw usageError('--file is needed: where the application’s configuration is now');
    return { type, config: readObjectFile(file) };
  }
  const { origin } = await backup.show(id);
  const at = file === null ? origin?.path : path.resolve(file);
  if (at === undefined) throw usageError('--file is needed: where the file is now');
  return { type, path: at };
}
