/** From the runs of all logs to jobs. */
import type { ParsedLog } from '../logs/parseLog.ts';
import type { BackupRun } from '../run.ts';
import { keepKnown } from './keepKnown.ts';
import { learnCadence } from './cadence.ts';
import type { JobHistory } from './job.ts';
import { joinById, joinByTime } from './joinRuns.ts';
import { nameJobs } from './nameJobs.ts';

const dayMs = 86_400_000;

/**
 * The jobs that the logs tell of, by id. A run seen in several places is one run; each job's runs are in time order, and
 * those without a time keep the place that their file gave them. A run that was still going on when its log was written,
 * but has long been over at `now` or was followed by the next, counts as failed. No logs, or none with runs, give no jobs.
 *
 * @param at.now UTC epoch milliseconds
 * @param at.earlier an earlier result: runs that it has already keep their objects, and unchanged jobs their arrays.
 * @example buildJobs([parser.snapshot()], { now: Date.UTC(2026, 5, 30) })[0].runs.length //=> 29
 */
export function buildJobs(
  logs: readonly ParsedLog[],
  at: { now: number; earlier?: readonly JobHistory[] },
): JobHistory[] {
  const earlier = new Map(at.earlier?.map(({ id, runs }) => [id, runs]));
  const placed = joinById(logs);
  nameJobs(placed);
  const byJob = new Map<string, BackupRun[]>();
  for (const { run } of placed) {
    const runs = byJob.get(run.job);
    if (runs) runs.push(run);
    else byJob.set(run.job, [run]);
  }
  return [...byJob]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, runs]) => buildJob(id, runs, at.now, earlier.get(id)));
}

function buildJob(
  id: string,
  told: readonly BackupRun[],
  now: number,
  earlier: readonly BackupRun[] | undefined,
): JobHistory {
  const runs = keepKnown(settleRunning(joinByTime(orderByTime(told)), now), earlier ?? []);
  const times: number[] = [];
  for (const { startedAt } of runs) if (startedAt !== null) times.push(startedAt);
  return {
    id,
    tool: runs[0]!.tool,
    host: runs.findLast((run) => run.host !== null)?.host ?? null,
    repository: runs.findLast((run) => run.repository !== null)?.repository ?? null,
    runs,
    completeness: runs.every((run) => run.onlyInCatalog) ? 'successes-only' : 'complete',
    cadence: learnCadence(times, now),
  };
}

/** Sorts by start; a run without one stays behind the run that its file told before it. */
function orderByTime(runs: readonly BackupRun[]): BackupRun[] {
  if (isInOrder(runs)) return [...runs];
  const places = placesInTime(runs);
  return runs
    .map((run, n) => ({ run, at: places[n]! }))
    .sort((a, b) => (a.at === b.at ? 0 : a.at - b.at))
    .map(({ run }) => run);
}

function isInOrder(runs: readonly BackupRun[]): boolean {
  for (let n = 1; n < runs.length; n++) if (!(runs[n - 1]!.startedAt! <= runs[n]!.startedAt!)) return false;
  return runs.every(({ startedAt }) => startedAt !== null);
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

function settleRunning(runs: BackupRun[], now: number): BackupRun[] {
  runs.forEach((run, n) => {
    if (run.outcome !== 'running') return;
    const followed = n < runs.length - 1;
    const over = run.startedAt !== null && now - run.startedAt > 2 * dayMs;
    if (followed || over) runs[n] = { ...run, outcome: run.tool === 'script' ? 'unknown' : 'failure' };
  });
  return runs;
}
