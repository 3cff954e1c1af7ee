/** Learns all jobs at once: one walk over their runs, in the order in which they happened. */
import type { JobHistory } from '../history/job.ts';
import { JobForecaster } from './jobForecaster.ts';
import { localClock } from '../history/localClock.ts';

/**
 * One forecaster a job, having predicted each of its runs before learning from it. It goes on learning with
 * `observe(run)`, in constant time but for the occasional training.
 *
 * A catalogue lists successes only, so nothing can be learned from it: such jobs get no forecaster.
 *
 * @param zone IANA zone of hours and weekdays.
 * @example learnJobs([], { zone: 'UTC' }).size //=> 0
 */
export function learnJobs(histories: readonly JobHistory[], { zone }: { zone: string }): Map<string, JobForecaster> {
  const clock = localClock(zone);
  const forecasters = new Map<string, JobForecaster>();
  for (const history of histories) {
    if (history.completeness === 'successes-only') continue;
    const forecaster = new JobForecaster(history.id, clock);
    for (const run of history.runs) forecaster.observe(run);
    forecasters.set(history.id, forecaster);
  }
  return forecasters;
}
