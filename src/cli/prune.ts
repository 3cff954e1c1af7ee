import type { RetentionPolicy, RetentionRule } from '../configs/vault/retention.ts';
import { formatTime } from '../wording/format.ts';
import { exitCodes, usageError } from './commandError.ts';
import { withBackup } from './configurationVault.ts';
import { machineZone, parseCommandLine, parseCount } from './options.ts';
import { printable } from './printable.ts';
import { toIso } from '../exports/reportJson.ts';
import type { Terminal } from './terminal.ts';

const rules: readonly RetentionRule[] = ['last', 'hourly', 'daily', 'weekly', 'monthly', 'yearly'];

/** `prune --keep-daily 7 …`: removes snapshots that no rule keeps, and tells of each why it stays. */
export async function prune(args: string[], terminal: Terminal): Promise<number> {
  const { values } = parseCommandLine(args, {
    'dry-run': { type: 'boolean' },
    json: { type: 'boolean' },
    ...Object.fromEntries(rules.map((rule) => [`keep-${rule}`, { type: 'string' as const }])),
  });
  const policy: RetentionPolicy = {};
  for (const rule of rules) {
    const typed = values[`keep-${rule}`];
    if (typeof typed === 'string') policy[rule] = parseCount(`keep-${rule}`, typed);
  }
  if (Object.keys(policy).length === 0) throw usageError('say what to keep, such as --keep-daily 7 --keep-monthly 12');
  const dryRun = values['dry-run'] === true;
  const wording = { language: 'en', zone: machineZone(), templates: {} };
  await withBackup(terminal, async (backup) => {
    const kept = new Map((await backup.listConfigBackups()).map((summary) => [summary.id, summary]));
    for (const { id, reasons } of await backup.prune(policy, { dryRun })) {
      const { name, createdAt } = kept.get(id) ?? { name: '', createdAt: 0 };
      const verdict = reasons.length > 0 ? 'keep' : dryRun ? 'would remove' : 'removed';
      terminal.print(
        values['json'] === true
          ? JSON.stringify({ id, name, createdAt: toIso(createdAt), verdict, reasons })
          : `${id}  ${formatTime(createdAt, wording)}  ${verdict.padEnd(12)}  ${printable(name)}  ${reasons.join(', ')}`.trimEnd(),
      );
    }
  });
  return exitCodes.ok;
}
