/** Learns all jobs at once: one walk over their runs, in the order in which they happened. */
import type { JobHistory } from '../history/job.ts';
import { localClock, type WeekPosition } from '../history/localClock.ts';
import type { BackupRun } from '../run.ts';
import { JobForecaster } from './jobForecaster.ts';
import { JobPool } from './jobPool.ts';

const hourMs = 3_600_000;
/** The time that all histories span is walked in at most this many slices; jobs learn from each other between them. */
const slices = 256;

interface Walk {
  forecaster: JobForecaster;
  runs: readonly BackupRun[];
  /** How many of the runs have been observed. */
  next: number;
}

/**
 * One forecaster a job, having predicted each of its runs before learning from it. It goes on learning with
 * `observe(run)`, in constant time but for the occasional training. What the jobs teach each other is handed out
 * between slices of time, so that no prediction rests on a run that came after it, of whichever job.
 *
 * A catalog lists successes only, so nothing can be learned from it: such jobs get no forecaster.
 *
 * @param options.zone IANA zone of hours and weekdays; throws RangeError when unknown.
 * @example learnJobs([], { zone: 'UTC' }).size //=> 0
 */
export function learnJobs(histories: readonly JobHistory[], { zone }: { zone: string }): Map<string, JobForecaster> {
  return new JobLearner(zone).learn(histories);
}

/**
 * `learnJobs` for histories that grow: where they only went on, learning goes on, with the same result as anew.
 */
export class JobLearner {
  readonly #clock: (at: number) => WeekPosition;
  #pool = new JobPool();
  #walks: Walk[] = [];
  /** Slices are counted from the first run, so that the same history told of another year teaches the same. */
  #firstAt = Infinity;
  #sliceMs = Infinity;
  /** The end of the slice that is still open. */
  #sliceEnd = Infinity;
  /** Take back what was heard before the open slice has ended. */
  #forgetPreview: (() => void)[] = [];

  /** @param zone IANA zone of hours and weekdays; throws RangeError when unknown. */
  constructor(zone: string) {
    this.#clock = localClock(zone);
  }

  /** As `learnJobs` says. The forecasters of an earlier call may be among the result, having learned more. */
  learn(histories: readonly JobHistory[]): Map<string, JobForecaster> {
    const teaching = histories.filter(({ completeness }) => completeness !== 'successes-only');
    const span = spanOf(teaching);
    if (this.#canGoOn(teaching, span)) {
      for (const forget of this.#forgetPreview) forget();
      teaching.forEach(({ runs }, n) => (this.#walks[n]!.runs = runs));
    } else this.#startAnew(teaching, span);
    this.#walkOn();
    this.#forgetPreview = this.#walks.length > 1 ? this.#handOut(this.#pool.preview()) : [];
    return new Map(this.#walks.map(({ forecaster }) => [forecaster.id, forecaster]));
  }

  #canGoOn(teaching: readonly JobHistory[], span: Span): boolean {
    if (teaching.length !== this.#walks.length || span.first !== this.#firstAt) return false;
    if (sliceMsOf(teaching, span) !== this.#sliceMs) return false;
    const openSince = this.#sliceEnd - this.#sliceMs;
    return teaching.every(({ id, runs }, n) => {
      const walk = this.#walks[n]!;
      return (
        walk.forecaster.id === id &&
        startsWith(runs, walk.runs) &&
        runs.slice(walk.next).every(({ startedAt }) => startedAt === null || !(startedAt < openSince))
      );
    });
  }

  #startAnew(teaching: readonly JobHistory[], span: Span): void {
    this.#pool = new JobPool();
    this.#walks = teaching.map(({ id, runs }) => ({
      forecaster: new JobForecaster(id, this.#clock, this.#pool, runs.length),
      runs,
      next: 0,
    }));
    this.#firstAt = span.first;
    this.#sliceMs = sliceMsOf(teaching, span);
    this.#sliceEnd = this.#sliceMs === Infinity ? Infinity : this.#endOfSlice(span.first);
  }

  #walkOn(): void {
    for (;;) {
      let nextAt = Infinity;
      for (const walk of this.#walks) {
        const { runs, forecaster } = walk;
        // A run without a time follows the one before it.
        while (walk.next < runs.length && (runs[walk.next]!.startedAt ?? -Infinity) < this.#sliceEnd)
          forecaster.observe(runs[walk.next++]!);
        if (walk.next < runs.length) nextAt = Math.min(nextAt, runs[walk.next]!.startedAt!);
      }
      if (nextAt === Infinity) return;
      this.#handOut(this.#pool.closeSlice());
      this.#sliceEnd = this.#endOfSlice(nextAt);
    }
  }

  #handOut(coefficients: ReturnType<JobPool['preview']>): (() => void)[] {
    const rates = JobPool.ratesOfOthers(this.#walks.map(({ forecaster }) => forecaster));
    return this.#walks.map(({ forecaster }) => forecaster.heed({ rate: rates.get(forecaster.id)!, coefficients }));
  }

  #endOfSlice(at: number): number {
    return this.#firstAt + (Math.floor((at - this.#firstAt) / this.#sliceMs) + 1) * this.#sliceMs;
  }
}

interface Span {
  first: number;
  last: number;
}

/** Between which moments the runs started. */
function spanOf(histories: readonly JobHistory[]): Span {
  const span = { first: Infinity, last: -Infinity };
  for (const { runs } of histories) {
    span.first = Math.min(span.first, runs.find(({ startedAt }) => startedAt !== null)?.startedAt ?? Infinity);
    span.last = Math.max(span.last, runs.findLast(({ startedAt }) => startedAt !== null)?.startedAt ?? -Infinity);
  }
  return span;
}

/** Hours doubled until they suffice: a history that grows keeps its slices until it is twice as long. */
function sliceMsOf(histories: readonly JobHistory[], { first, last }: Span): number {
  if (histories.length < 2 || !(first < last)) return Infinity;
  return hourMs * 2 ** Math.max(0, Math.ceil(Math.log2((last - first) / slices / hourMs)));
}

function startsWith(runs: readonly BackupRun[], begin: readonly BackupRun[]): boolean {
  return runs === begin || (runs.length >= begin.length && begin.every((run, n) => run === runs[n]));
}
