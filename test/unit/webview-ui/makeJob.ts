import type { JobReport, RunSummary } from '../../../src/backups/report.ts';
import type { Outcome } from '../../../src/backups/run.ts';

/** A run of which little is known. */
export function makeRunSummary(outcome: Outcome, startedAt: number | null): RunSummary {
  const source = { path: '/logs/job.log', line: 1, endLine: 1 };
  const unknown = { durationMs: null, sizeBytes: null, addedBytes: null, kind: null, error: null, failureClass: null };
  return { outcome, startedAt, ...unknown, source };
}

/** A job of which little is known; `newestFirst` are its runs. */
export function makeJob(newestFirst: RunSummary[], more: Partial<JobReport> = {}): JobReport {
  const count = (outcome: Outcome): number => newestFirst.filter((run) => run.outcome === outcome).length;
  return {
    id: 'job',
    tool: 'restic',
    host: null,
    repository: null,
    runs: newestFirst.length,
    outcomes: {
      success: count('success'),
      partial: count('partial'),
      failure: count('failure'),
      cancelled: count('cancelled'),
      running: count('running'),
      skipped: count('skipped'),
      unknown: count('unknown'),
    },
    completeness: 'complete',
    lastRun: newestFirst[0]!,
    lastSuccessAt: newestFirst.find(({ outcome }) => outcome === 'success')?.startedAt ?? null,
    recentRuns: newestFirst,
    cadence: null,
    prediction: null,
    notPredictable: null,
    recentRisks: [],
    anomalies: [],
    forecast: null,
    evaluation: null,
    failureClasses: [],
    ...more,
  };
}
