import { exitCodes, usageError } from './commandError.ts';
import { withBackup } from './configurationVault.ts';
import { machineZone, parseCommandLine } from './options.ts';
import { printable } from './printable.ts';
import { toIso } from '../exports/reportJson.ts';
import { readKeyPlace } from './show.ts';
import { readSnapshotType } from './snapshots.ts';
import type { Terminal } from './terminal.ts';
import { formatTime } from '../wording/format.ts';
import path from 'node:path';

/** `history NAME KEY`: when the value of a key changed, oldest first. Of a secret no value is shown. */
export async function history(args: string[], terminal: Terminal): Promise<number> {
  const { values, positionals } = parseCommandLine(args, {
    type: { type: 'string' },
    document: { type: 'string' },
    json: { type: 'boolean' },
  });
  const [typed, key, ...more] = positionals;
  if (typed === undefined || key === undefined || more.length > 0) throw usageError('name a configuration and a key');
  const place = readKeyPlace('key', { ...values, key })!;
  const type = readSnapshotType(values) ?? 'file';
  const name = type === 'file' ? path.resolve(typed) : typed;
  const events = await withBackup(terminal, (backup) => backup.history(type, name, place.path, place.document));
  const wording = { language: 'en', zone: machineZone(), templates: {} };
  for (const { createdAt, ...event } of events) {
    const { snapshotId, change, shown } = event;
    terminal.print(
      values['json'] === true
        ? JSON.stringify({ ...event, createdAt: toIso(createdAt) })
        : `${snapshotId}  ${formatTime(createdAt, wording)}  ${change.padEnd(7)}  ${printable(shown ?? '')}`.trimEnd(),
    );
  }
  if (events.length === 0) terminal.warn('backup-foresight history: no snapshot of this configuration has the key');
  return events.length === 0 ? exitCodes.error : exitCodes.ok;
}
