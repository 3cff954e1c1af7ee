import type { JobReport } from '../../backups/report.ts';

/** The moments between which something happened that a job has failed since, UTC epoch milliseconds. */
export interface FailureOnset {
  /** Start of the last run that succeeded. */
  after: number;
  /** Start of the first run after it that failed. */
  until: number;
}

/**
 * When a job began to fail; null when its last run did not fail, when none ever succeeded, or when no times are known. Of
 * a long row of failures the oldest that the report shows counts.
 *
 * @example
 * failureOnset({ lastRun, recentRuns: [lastRun, good], lastSuccessAt: good.startedAt })
 * //=> { after: good.startedAt, until: lastRun.startedAt }
 */
export function failureOnset({
  lastRun,
  recentRuns,
  lastSuccessAt,
}: Pick<JobReport, 'lastRun' | 'recentRuns' | 'lastSuccessAt'>): FailureOnset | null {
  if (lastRun.outcome !== 'failure' || lastSuccessAt === null) return null;
  const since = recentRuns.flatMap(({ outcome, startedAt }) =>
    outcome === 'failure' && startedAt !== null && startedAt > lastSuccessAt ? [startedAt] : [],
  );
  return since.length === 0 ? null : { after: lastSuccessAt, until: Math.min(...since) };
}
