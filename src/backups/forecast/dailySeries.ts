import { median } from 'simple-statistics';
import type { MeasuredJob } from '../history/job.ts';
import type { StorageSeries } from '../report.ts';

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
 * dailySeries({ runs: [] })
 * //=> null
 */
export function dailySeries({ runs }: Pick<MeasuredJob, 'runs'>): DailySeries | null {
  // All three in one walk: in a long history, fetching a run from memory is what takes time.
  const repository = new DayByDay();
  const added = new DayByDay();
  const size = new DayByDay();
  let addedSoFar = 0;
  for (const run of runs) {
    if (run.startedAt === null || (run.outcome !== 'success' && run.outcome !== 'partial')) continue;
    repository.take(run.startedAt, run.repositoryBytes);
    if (run.addedBytes !== null) added.take(run.startedAt, (addedSoFar += Math.max(0, run.addedBytes)));
    size.take(run.startedAt, run.sizeBytes);
  }
  return repository.series('repository') ?? added.series('added') ?? size.series('size');
}

class DayByDay {
  readonly #bytes: number[] = [];
  #day = 0;
  #lastAt = 0;
  #known = 0;

  take(at: number, value: number | null): void {
    if (value === null || !Number.isFinite(value) || value < 0) return;
    const bytes = this.#bytes;
    const today = Math.floor(at / dayMs);
    if (bytes.length > 0 && today < this.#day) return;
    for (; bytes.length > 0 && this.#day < today - 1 && today - this.#day <= mostDays; this.#day++) {
      bytes.push(bytes.at(-1)!);
    }
    if (bytes.length > 0 && this.#day === today) bytes[bytes.length - 1] = value;
    else bytes.push(value);
    this.#day = today;
    this.#lastAt = at;
    this.#known++;
  }

  /** Null with too few values. */
  series(series: StorageSeries): DailySeries | null {
    if (this.#known < fewestValues) return null;
    return { series, bytes: afterLastReset(this.#bytes.slice(-mostDays)), lastAt: this.#lastAt };
  }
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
