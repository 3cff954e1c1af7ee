import type { JobSeries } from '../../../../src/backups/report.ts';
import type { Outcome } from '../../../../src/backups/run.ts';

export interface PlainRun {
  at: number | null;
  outcome?: Outcome;
  durationMs?: number | null;
  sizeBytes?: number | null;
  addedBytes?: number | null;
}

/** A series as the worker would send it; run n stands on line n + 1 of one log. */
export function makeSeries(runs: PlainRun[], expected: JobSeries['expected'] = {}): JobSeries {
  return {
    job: 'job',
    startedAt: runs.map(({ at }) => at),
    outcome: runs.map(({ outcome = 'success' }) => outcome),
    durationMs: runs.map(({ durationMs = null }) => durationMs),
    sizeBytes: runs.map(({ sizeBytes = null }) => sizeBytes),
    addedBytes: runs.map(({ addedBytes = null }) => addedBytes),
    repositoryBytes: runs.map(() => null),
    line: runs.map((_, i) => i + 1),
    path: runs.map(() => 0),
    paths: ['/logs/job.log'],
    expected,
    leftOut: 0,
  };
}
