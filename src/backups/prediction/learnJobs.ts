/** Learns all jobs at once: one walk over their runs, in the order in which they happened. */
import type { JobHistory } from '../history/job.ts';
import { localClock } from '../history/localClock.ts';
import type { BackupRun } from '../run.ts';
import { JobForecaster } from './jobForecaster.ts';
import { JobPool } from './jobPool.ts';

/** The time that all histories span is walked in this many slices; jobs learn from each other between them. */
const slices = 256;

/**
 * One forecaster a job, having predicted each of its runs before learning from it. It goes on learning with
 * `observe(run)`, in constant time but for the occasional training. What the jobs teach each other is handed out
 * between slices of time, so that no prediction rests on a run that came after it, of whichever job.
 *
 * A catalogue lists successes only, so nothing can be learned from it: such jobs get no forecaster.
 *
 * @param options.zone IANA zone of hours and weekdays; throws RangeError when unknown.
 * @example learnJobs([], { zone: 'UTC' }).size //=> 0
 */
export function learnJobs(histories: readonly JobHistory[], { zone }: { zone: string }): Map<string, JobForecaster> {
  const clock = localClock(zone);
  const pool = new JobPool();
  const walks = histories
    .filter(({ completeness }) => completeness !== 'successes-only')
    .map(({ id, runs }) => ({ forecaster: new JobForecaster(id, clock, pool), runs, next: 0 }));
  const forecasters = new Map(walks.map(({ forecaster }) => [forecaster.id, forecaster]));
  for (const end of sliceEnds(walks.map(({ runs }) => runs))) {
    for (const walk of walks) {
      const { runs, forecaster } = walk;
      // A run without a time follows the one before it.
      while (walk.next < runs.length && (runs[walk.next]!.startedAt ?? -Infinity) < end) {
        forecaster.observe(runs[walk.next++]!);
      }
    }
    if (walks.length === 1) continue;
    const coefficients = pool.coefficients();
    for (const [id, rate] of JobPool.ratesOfOthers(forecasters.values()))
      forecasters.get(id)!.heed({ rate, coefficients });
  }
  return forecasters;
}

/** Ends of equal slices of the time in which the runs started; the last one is never over. */
function sliceEnds(histories: readonly (readonly BackupRun[])[]): number[] {
  let first = Infinity;
  let last = -Infinity;
  for (const runs of histories) {
    for (const { startedAt } of runs) {
      if (startedAt === null) continue;
      first = Math.min(first, startedAt);
      last = Math.max(last, startedAt);
    }
  }
  if (histories.length < 2 || !(first < last)) return [Infinity];
  return Array.from({ length: slices }, (_, k) =>
    k === slices - 1 ? Infinity : first + ((k + 1) / slices) * (last - first),
  );
}
