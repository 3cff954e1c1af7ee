/** What the runs of a job tell by themselves, whatever is predicted of the next one: the long work of an assessment. */
import { anomaliesAmong, type FindAnomaliesOptions, type RunAnomaly } from './anomalies/findAnomalies.ts';
import { forecastGrowth, type StorageGrowth } from './forecast/forecastStorage.ts';
import type { MeasuredJob } from './history/job.ts';
import { outcomes, type FailureClass, type MeasuredRun, type Outcome } from './run.ts';

/** The moment and the zone of the report, and what the person has marked as expected. */
export type StudyOptions = Omit<FindAnomaliesOptions, 'onJudged'>;

/** Plain data, so that it can be worked out in another thread. */
export interface RunStudy {
  outcomes: Record<Outcome, number>;
  /** Failed runs of each class, the most frequent class first. */
  failures: [FailureClass, number][];
  anomalies: RunAnomaly[];
  /** Null when too few runs tell a size. */
  growth: StorageGrowth | null;
}

const forecastDays = 90;

/** @example studyRuns({ id: 'etc', runs: [] }, { now: 0, zone: 'UTC' }).growth //=> null */
export function studyRuns(job: MeasuredJob, options: StudyOptions): RunStudy {
  return {
    outcomes: countOutcomes(job.runs),
    failures: countFailures(job.runs),
    anomalies: anomaliesAmong(job, options),
    growth: forecastGrowth(job, forecastDays),
  };
}

function countOutcomes(runs: readonly MeasuredRun[]): Record<Outcome, number> {
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  for (const run of runs) counts[run.outcome]++;
  return counts;
}

function countFailures(runs: readonly MeasuredRun[]): [FailureClass, number][] {
  const counts = new Map<FailureClass, number>();
  for (const { outcome, failureClass } of runs) {
    if (outcome !== 'failure') continue;
    const found = failureClass ?? 'other';
    counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a);
}
