/** A job: all runs of one backup, in time order, with what the order teaches. */
import type { BackupRun, MeasuredRun } from '../run.ts';
import type { Cadence, Completeness } from '../report.ts';

export interface JobHistory {
  id: string;
  tool: string;
  host: string | null;
  repository: string | null;
  /** Oldest first; runs without a start time keep the place their file gave them. Every run once. */
  runs: readonly BackupRun[];
  completeness: Completeness;
  /** Null with fewer than three timed runs. */
  cadence: Cadence | null;
}

/** A job by what was measured of its runs, in the same order. */
export interface MeasuredJob {
  id: string;
  runs: readonly MeasuredRun[];
}
