import { median } from 'simple-statistics';
import type { JobHistory } from '../history/job.ts';
import type { StorageSeries } from '../report.ts';
import type { BackupRun } from '../run.ts';

/** Bytes at the end of each day (UTC), one value a day without gaps, oldest first. */
export interface DailySeries {
  series: StorageSeries;
  bytes: number[];
  /** Start of the run that gave the last value. */
  lastAt: number;
}

const dayMs = 86_400_000;
const fewestValues = 5;
/** Older days than this tell nothing of the next weeks that the newer ones do not. */
const mostDays = 730;

/**
 * What a job's storage took, day by day, by the best evidence there is: the repository's own size, else the sum of what
 * the runs added, else the size of the backup. Days without a run repeat the day before. When the series was reset (a
 * prune or compaction took a large part away) only what came after counts, unless resets come again and again: then they
 * are part of the pattern. Null with fewer than five timed values.
 *
 * @example
 * dailySeries({ ...history, runs: [] })
 * //=> null
 */
export function dailySeries(history: JobHistory): DailySeries | null {
  return (
    daily('repository', history.runs, (run) => run.repositoryBytes) ??
    daily('added', history.runs, addedSoFar()) ??
    daily('size', history.runs, (run) => run.sizeBytes)
  );
}

function addedSoFar(): (run: BackupRun) => number | null {
  let sum = 0;
  return (run) => (run.addedBytes === null ? null : (sum += Math.max(0, run.addedBytes)));
}

function daily(
  series: StorageSeries,
  runs: readonly BackupRun[],
  value: (run: BackupRun) => number | null,
): DailySeries | null {
  const bytes: number[] = [];
  let day = 0;
  let lastAt = 0;
  let known = 0;
  for (const run of runs) {
    if (run.startedAt === null || (run.outcome !== 'success' && run.outcome !== 'partial')) continue;
    const size = value(run);
    if (size === null || !Number.isFinite(size) || size < 0) continue;
    const today = Math.floor(run.startedAt / dayMs);
    if (bytes.length > 0 && today < day) continue;
    for (; bytes.length > 0 && day < today - 1 && today - day <= mostDays; day++) bytes.push(bytes.at(-1)!);
    if (bytes.length > 0 && day === today) bytes[bytes.length - 1] = size;
    else bytes.push(size);
    day = today;
    lastAt = run.startedAt;
    known++;
  }
  if (known < fewestValues) return null;
  return { series, bytes: afterLastReset(bytes.slice(-mostDays)), lastAt };
}

/** A drop this large, as a share of the level and in typical daily changes, is a reset. */
const resetShare = 0.05;
const resetChanges = 5;
const recurring = 3;

function afterLastReset(bytes: number[]): number[] {
  const changes = bytes.slice(1).map((value, i) => value - bytes[i]!);
  if (changes.length === 0) return bytes;
  const typical = median(changes.map(Math.abs));
  const resets = changes.flatMap((change, i) =>
    -change > Math.max(resetShare * bytes[i]!, resetChanges * typical) ? [i + 1] : [],
  );
  const last = resets.at(-1);
  if (last === undefined) return bytes;
  const gaps = resets.slice(1).map((reset, i) => reset - resets[i]!);
  const isPattern = resets.length >= recurring && bytes.length - last <= 3 * median(gaps);
  return isPattern || bytes.length - last < fewestValues ? bytes : bytes.slice(last);
}
