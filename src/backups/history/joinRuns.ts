/** One run told twice, in a log and in a catalog or in two logs, becomes one run. */
import type { ParsedLog } from '../logs/parseLog.ts';
import type { BackupRun, RunSource, TimeOrigin } from '../run.ts';

/** A run, and which log it came from first. */
export interface PlacedRun {
  run: BackupRun;
  log: ParsedLog;
  /** The catalog's name for the job, when the run stands in one too. */
  catalogJob: string | null;
}

const originRank: Readonly<Record<TimeOrigin, number>> = { record: 0, wrapper: 1, joined: 2, fileTime: 3, none: 4 };

/**
 * All runs of all logs in order, those with the same id of the tool joined. restic's ids are compared by their first
 * eight digits, the form its logs print. A log's word goes before a catalog's; what one leaves open the other fills in.
 */
export function joinById(logs: readonly ParsedLog[]): PlacedRun[] {
  const placed: PlacedRun[] = [];
  const byId = new Map<string, PlacedRun>();
  for (const log of logs) {
    for (const run of log.runs) {
      const entry: PlacedRun = { run, log, catalogJob: run.onlyInCatalog ? run.job : null };
      const key = joinKey(run);
      const known = key === null ? undefined : byId.get(key);
      const bothListed = known?.run.onlyInCatalog === true && run.onlyInCatalog;
      // A catalog that is printed every night tells its old entries again and again.
      if (bothListed && known.log === log && known.run.job === run.job) continue;
      if (!known || (known.log === log && known.run.onlyInCatalog === run.onlyInCatalog)) {
        placed.push(entry);
        if (key !== null && !known) byId.set(key, entry);
        continue;
      }
      if (known.run.onlyInCatalog && !run.onlyInCatalog) known.log = log;
      known.run = mergeRuns(known.run, run);
      known.catalogJob ??= entry.catalogJob;
    }
  }
  return placed;
}

/** The id by which a run is the same as another one of its tool; null when it has none. */
export function joinKey({ tool, runId, job }: BackupRun): string | null {
  if (runId === null) return null;
  if (tool === 'restic') return `restic ${runId.slice(0, 8)}`;
  if (tool === 'borg' || tool === 'borgmatic') return `borg ${runId}`;
  // These are times: two databases that are saved at the same moment have the same.
  if (tool === 'pgbackrest' || tool === 'barman') return `${nameWithoutPlace(job)} ${runId}`;
  return tool === 'generic' ? `${job}\n${runId}` : `${tool} ${runId}`;
}

/** A job's name without host and repository, which a catalog may leave out: `pgbackrest db-1:main → /r` is `pgbackrest main`. */
export function nameWithoutPlace(job: string): string {
  return job.replace(/ → .*$/, '').replace(/^(\S{1,20} )[^\s:]{1,255}:/, '$1');
}

/**
 * The richer of two records of one run. The one from a log is the base; each field it leaves open comes from the other.
 *
 * @example mergeRuns(fromLog, fromCatalog).alsoIn //=> [fromCatalog.source]
 */
export function mergeRuns(first: BackupRun, second: BackupRun): BackupRun {
  const [base, other] = first.onlyInCatalog && !second.onlyInCatalog ? [second, first] : [first, second];
  const merged = { ...base };
  for (const key of Object.keys(other) as (keyof BackupRun)[])
    if (merged[key] === null) Object.assign(merged, { [key]: other[key] });
  if (
    originRank[other.startedAtFrom] < originRank[base.startedAtFrom] &&
    originRank[base.startedAtFrom] > originRank.wrapper
  ) {
    merged.startedAt = other.startedAt;
    merged.startedAtFrom = 'joined';
  }
  if (base.outcome === 'running' || base.outcome === 'unknown') merged.outcome = other.outcome;
  if (base.runId !== null && other.runId !== null && other.runId.length > base.runId.length) merged.runId = other.runId;
  merged.onlyInCatalog = base.onlyInCatalog && other.onlyInCatalog;
  merged.alsoIn = [...base.alsoIn, other.source, ...other.alsoIn].filter((source) => !isSame(source, base.source));
  return merged;
}

function isSame(a: RunSource, b: RunSource): boolean {
  return a.path === b.path && a.line === b.line;
}

const exactMs = 1000;
const looseMs = 60_000;

/**
 * Joins neighbors, in runs of one job in time order, that stand in different files and began at the same moment: within
 * a second, or within a minute when one of them comes from a catalog or another tool (a journal beside the tool's log).
 * Runs with different ids of their own stay apart.
 */
export function joinByTime(runs: readonly BackupRun[]): readonly BackupRun[] {
  const path = runs[0]?.source.path;
  if (runs.every(({ source }) => source.path === path)) return runs;
  const joined: BackupRun[] = [];
  for (const run of runs) {
    const before = joined.at(-1);
    if (before && isTheSameRun(before, run)) joined[joined.length - 1] = mergeRuns(before, run);
    else joined.push(run);
  }
  return joined;
}

function isTheSameRun(a: BackupRun, b: BackupRun): boolean {
  if (a.startedAt === null || b.startedAt === null || a.source.path === b.source.path) return false;
  if (a.runId !== null && b.runId !== null && a.runId !== b.runId) return false;
  const loose = a.onlyInCatalog !== b.onlyInCatalog || a.tool !== b.tool;
  if (Math.abs(b.startedAt - a.startedAt) > (loose ? looseMs : exactMs)) return false;
  const settled =
    a.outcome !== 'running' && a.outcome !== 'unknown' && b.outcome !== 'running' && b.outcome !== 'unknown';
  return !settled || a.outcome === b.outcome || loose;
}
