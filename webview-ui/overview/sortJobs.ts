import type { JobOverview } from '../../src/protocol/reportOverview.ts';
import type { SortColumn, ViewState } from '../viewState.ts';

/** A new array in the wanted order; jobs without the value come last either way, and ties keep the report's order. */
export function sortJobs(
  jobs: readonly JobOverview[],
  { column, descending }: ViewState['sort'],
  now: number,
): JobOverview[] {
  const direction = descending ? -1 : 1;
  if (column === 'job') return jobs.toSorted((a, b) => direction * a.id.localeCompare(b.id));
  return jobs.toSorted((a, b) => {
    const [left, right] = [sortValue(a, column, now), sortValue(b, column, now)];
    if (left === null || right === null) return left === right ? 0 : left === null ? 1 : -1;
    return direction * (left - right);
  });
}

function sortValue(job: JobOverview, column: Exclude<SortColumn, 'job'>, now: number): number | null {
  switch (column) {
    case 'risk':
      return job.prediction?.failureProbability ?? null;
    case 'lastRun':
      return job.lastRun.startedAt;
    case 'nextRun':
      // A run that is late was expected in the past.
      return job.cadence && job.cadence.overdueMs !== null
        ? now - job.cadence.overdueMs
        : (job.cadence?.nextExpectedAt ?? null);
    case 'findings':
      return job.findings?.count ?? 0;
    case 'full':
      return job.daysToFull?.earliest ?? null;
  }
}
