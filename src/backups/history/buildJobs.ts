/** From the runs of all logs to jobs. */
import type { ParsedLog } from '../logs/parseLog.ts';
import { GrowingHistory } from './growingHistory.ts';
import type { JobHistory } from './job.ts';

/**
 * The jobs that the logs tell of, by id. A run seen in several places is one run; see `buildJob`. No logs, or none with
 * runs, give no jobs.
 *
 * @param at.now UTC epoch milliseconds
 * @example buildJobs([parser.snapshot()], { now: Date.UTC(2026, 5, 30) })[0].runs.length //=> 29
 */
export function buildJobs(logs: readonly ParsedLog[], { now }: { now: number }): JobHistory[] {
  return new GrowingHistory().tell(logs, now);
}
