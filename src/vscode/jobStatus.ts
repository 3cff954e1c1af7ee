import type { JobReport, RiskReport } from '../backups/report.ts';

/**
 * A job in one word, the most pressing first: `atRisk` (predicted above the limit), `overdue`, `failed` (the last run
 * failed, yet the next is expected to go well), `unknown` (cannot be predicted), `fine`.
 */
export type JobStatus = 'atRisk' | 'overdue' | 'failed' | 'unknown' | 'fine';

/** @example jobStatus(jobWhoseDecisionIsToWait) //=> 'atRisk' */
export function jobStatus(job: JobReport): JobStatus {
  if (isAtRisk(job)) return 'atRisk';
  if (isOverdue(job)) return 'overdue';
  if (job.lastRun.outcome === 'failure') return 'failed';
  return job.prediction === null ? 'unknown' : 'fine';
}

export function isOverdue({ cadence }: JobReport): boolean {
  return cadence !== null && cadence.overdueMs !== null;
}

/** Whether the advice for the job's next run is to wait. */
export function isAtRisk(job: JobReport): boolean {
  return job.prediction?.decision.action === 'delay_or_manual';
}

export function countAtRisk(report: RiskReport): number {
  return report.jobs.filter(isAtRisk).length;
}
