import type { Outcome } from '../src/backups/run.ts';
import type { Words } from './words.ts';

const order: readonly Outcome[] = ['success', 'partial', 'failure', 'cancelled', 'running', 'skipped', 'unknown'];

/** Counts in words, in the order people see them. @example outcomeCounts({ success: 27, failure: 2 }, words) //=> '27 succeeded, 2 failed' */
export function outcomeCounts(counts: Partial<Record<Outcome, number>>, words: Words): string {
  return order
    .filter((outcome) => (counts[outcome] ?? 0) > 0)
    .map((outcome) =>
      words.say('report.outcomeCount', { runs: counts[outcome]!, outcome: words.say(`report.outcome.${outcome}`) }),
    )
    .join(', ');
}
