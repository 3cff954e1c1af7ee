/** Invented histories for the prediction tests, the same each time. */
import type { JobHistory } from '../../../../src/backups/history/job.ts';
import { newRun, type BackupRun, type Outcome } from '../../../../src/backups/run.ts';

export const dayMs = 86_400_000;
export const start = Date.UTC(2026, 0, 5, 2);

/** Outcomes by letter: s success, f failure, p partial, c cancelled, r running. */
const outcomes: Record<string, Outcome> = { s: 'success', f: 'failure', p: 'partial', c: 'cancelled', r: 'running' };

/** One run a night, its outcomes written as letters. */
export function nightly(letters: string, more: (index: number) => Partial<BackupRun> = () => ({})): JobHistory {
  const runs = Array.from(letters).map((letter, index) =>
    newRun({
      job: 'nightly',
      tool: 'restic',
      outcome: outcomes[letter]!,
      startedAt: start + index * dayMs,
      source: { path: 'backup.log', line: index + 1, endLine: index + 1 },
      ...more(index),
    }),
  );
  return { ...job, runs };
}

const job = {
  id: 'nightly',
  tool: 'restic',
  host: null,
  repository: null,
  completeness: 'complete',
  cadence: null,
} as const;

/** Numbers from 0 to 1 that look random (a linear congruential generator). */
export function seededNumbers(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32) / 2 ** 32;
}

/** Letters of a job that fails in bursts: a failure follows a failure with 70 %, a success with 8 %. */
export function bursts(count: number, seed = 1): string {
  const next = seededNumbers(seed);
  let failed = false;
  return Array.from({ length: count }, () => ((failed = next() < (failed ? 0.7 : 0.08)) ? 'f' : 's')).join('');
}
