import type { SnapshotType } from '../configs/snapshotSummary.ts';
import { formatTime } from '../wording/format.ts';
import { exitCodes, usageError } from './commandError.ts';
import { withBackup } from './configurationVault.ts';
import { toIso } from '../exports/reportJson.ts';
import { machineZone, parseCommandLine, parseCount, type OptionValues } from './options.ts';
import { printable } from './printable.ts';
import type { Terminal } from './terminal.ts';

const types: readonly string[] = ['file', 'env', 'application'] satisfies SnapshotType[];

/** `snapshots`: what is kept, newest first. */
export async function snapshots(args: string[], terminal: Terminal): Promise<number> {
  const { values } = parseCommandLine(args, {
    type: { type: 'string' },
    days: { type: 'string' },
    json: { type: 'boolean' },
  });
  const type = readSnapshotType(values);
  const days = typeof values['days'] === 'string' ? parseCount('days', values['days']) : null;
  const list = await withBackup(terminal, (backup) => backup.listConfigBackups(type, days));
  const wording = { language: 'en', zone: machineZone(), templates: {} };
  for (const { createdAt, ...summary } of list) {
    const { id, type: kind, name, secrets, pinned } = summary;
    terminal.print(
      values['json'] === true
        ? JSON.stringify({ ...summary, createdAt: toIso(createdAt) })
        : `${id}  ${formatTime(createdAt, wording)}  ${kind.padEnd(11)}  ${String(secrets).padStart(3)} sealed  ${printable(name)}${pinned ? '  (pinned)' : ''}`,
    );
  }
  return exitCodes.ok;
}

/** The kind of configuration that `--type` names; null without it. */
export function readSnapshotType(values: OptionValues): SnapshotType | null {
  const type = values['type'];
  if (typeof type !== 'string') return null;
  if (!types.includes(type)) throw usageError(`--type: one of ${types.join(', ')}`);
  return type as SnapshotType;
}
