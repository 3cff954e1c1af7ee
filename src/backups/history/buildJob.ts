/** From the runs that are told of one job to the job. */
import type { BackupRun } from '../run.ts';
import { cadenceAt, learnSchedule, type Schedule } from './cadence.ts';
import { keepKnown } from './keepKnown.ts';
import type { JobHistory } from './job.ts';
import { joinByTime } from './joinRuns.ts';

const dayMs = 86_400_000;

/** A job, and what it takes to tell it again at a later moment. */
export interface BuiltJob {
  history: JobHistory;
  schedule: Schedule | null;
  /** Its last run was going on when its log was written: what became of it depends on the moment. */
  isOpen: boolean;
}

/**
 * The job of some runs, in the order of their files, at least one. A run seen in several places is one run; the runs are
 * in time order, and those without a time keep the place that their file gave them. A run that was still going on when
 * its log was written, but has long been over at `now` or was followed by the next, counts as failed.
 *
 * @param now UTC epoch milliseconds
 * @param earlier runs of an earlier result: those that are still the same keep their objects, an unchanged list its array
 */
export function buildJob(
  id: string,
  told: readonly BackupRun[],
  now: number,
  earlier: readonly BackupRun[] = [],
): BuiltJob {
  const joined = joinByTime(orderByTime(told));
  const runs = keepKnown(settleRunning(joined, now), earlier);
  const times: number[] = [];
  for (const { startedAt } of runs) if (startedAt !== null) times.push(startedAt);
  const schedule = learnSchedule(times);
  const history: JobHistory = {
    id,
    tool: runs[0]!.tool,
    host: runs.findLast((run) => run.host !== null)?.host ?? null,
    repository: runs.findLast((run) => run.repository !== null)?.repository ?? null,
    runs,
    completeness: runs.every((run) => run.onlyInCatalog) ? 'successes-only' : 'complete',
    cadence: cadenceAt(schedule, now),
  };
  return { history, schedule, isOpen: joined.at(-1)!.outcome === 'running' };
}

/** Sorts by start; a run without one stays behind the run that its file told before it. */
function orderByTime(runs: readonly BackupRun[]): readonly BackupRun[] {
  if (isInOrder(runs)) return runs;
  const places = placesInTime(runs);
  return runs
    .map((run, n) => ({ run, at: places[n]! }))
    .sort((a, b) => (a.at === b.at ? 0 : a.at - b.at))
    .map(({ run }) => run);
}

function isInOrder(runs: readonly BackupRun[]): boolean {
  let before = -Infinity;
  for (const { startedAt } of runs) {
    if (startedAt === null || !(before <= startedAt)) return false;
    before = startedAt;
  }
  return true;
}

/** The start of each run; for one without, that of the run before it in its file, or of the first one there that has one. */
function placesInTime(runs: readonly BackupRun[]): Float64Array {
  const places = new Float64Array(runs.length);
  const sameFile = (a: number, b: number): boolean => runs[a]?.source.path === runs[b]?.source.path;
  runs.forEach(({ startedAt }, n) => (places[n] = startedAt ?? (sameFile(n, n - 1) ? places[n - 1]! : -Infinity)));
  for (let n = runs.length - 2; n >= 0; n--)
    if (places[n] === -Infinity && sameFile(n, n + 1)) places[n] = places[n + 1]!;
  return places;
}

function settleRunning(runs: readonly BackupRun[], now: number): BackupRun[] {
  return runs.map((run, n) => {
    if (run.outcome !== 'running') return run;
    const followed = n < runs.length - 1;
    const over = run.startedAt !== null && now - run.startedAt > 2 * dayMs;
    return followed || over ? { ...run, outcome: run.tool === 'script' ? 'unknown' : 'failure' } : run;
  });
}
