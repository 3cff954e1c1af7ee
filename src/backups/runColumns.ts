/** A job's measured runs as columns of numbers: what one thread can hand another without copying object by object. */
import type { MeasuredJob } from './history/job.ts';
import { backupKinds, failureClasses, outcomes, type MeasuredRun } from './run.ts';

/** A number a run, NaN where it is not known; null when no run knows it. */
type Numbers = Float64Array<ArrayBuffer> | null;
/** For each run the place of its word in the list of them, counted from 1; 0 for null. */
type Words = Uint8Array<ArrayBuffer>;

/** Every column has one entry a run, in the order of the runs. */
export interface RunColumns {
  id: string;
  outcome: Words;
  kind: Words;
  failureClass: Words;
  startedAt: Numbers;
  durationMs: Numbers;
  sizeBytes: Numbers;
  addedBytes: Numbers;
  fileCount: Numbers;
  changedFileCount: Numbers;
  repositoryBytes: Numbers;
}

/**
 * The columns of a job; `fromColumns` gives the job back.
 *
 * @example toColumns({ id: 'etc', runs: [] }).startedAt //=> null
 */
export function toColumns({ id, runs }: MeasuredJob): RunColumns {
  const { length } = runs;
  const outcome = new Uint8Array(length);
  const kind = new Uint8Array(length);
  const failureClass = new Uint8Array(length);
  const startedAt = new Float64Array(length);
  const durationMs = new Float64Array(length);
  const sizeBytes = new Float64Array(length);
  const addedBytes = new Float64Array(length);
  const fileCount = new Float64Array(length);
  const changedFileCount = new Float64Array(length);
  const repositoryBytes = new Float64Array(length);
  // All of them in one walk: in a long history, fetching a run from memory is what takes time.
  for (let n = 0; n < length; n++) {
    const run = runs[n]!;
    outcome[n] = 1 + outcomes.indexOf(run.outcome);
    kind[n] = run.kind === null ? 0 : 1 + backupKinds.indexOf(run.kind);
    failureClass[n] = run.failureClass === null ? 0 : 1 + failureClasses.indexOf(run.failureClass);
    startedAt[n] = run.startedAt ?? NaN;
    durationMs[n] = run.durationMs ?? NaN;
    sizeBytes[n] = run.sizeBytes ?? NaN;
    addedBytes[n] = run.addedBytes ?? NaN;
    fileCount[n] = run.fileCount ?? NaN;
    changedFileCount[n] = run.changedFileCount ?? NaN;
    repositoryBytes[n] = run.repositoryBytes ?? NaN;
  }
  return {
    id,
    outcome,
    kind,
    failureClass,
    startedAt: nullUnlessKnown(startedAt),
    durationMs: nullUnlessKnown(durationMs),
    sizeBytes: nullUnlessKnown(sizeBytes),
    addedBytes: nullUnlessKnown(addedBytes),
    fileCount: nullUnlessKnown(fileCount),
    changedFileCount: nullUnlessKnown(changedFileCount),
    repositoryBytes: nullUnlessKnown(repositoryBytes),
  };
}

function nullUnlessKnown(column: Float64Array<ArrayBuffer>): Numbers {
  return column.some((value) => !Number.isNaN(value)) ? column : null;
}

/** The memory that holds the columns. */
export function buffersOf(columns: RunColumns): ArrayBuffer[] {
  return Object.values(columns).flatMap((column: string | Words | Numbers) =>
    column === null || typeof column === 'string' ? [] : [column.buffer],
  );
}

/** The job whose columns these are. */
export function fromColumns(columns: RunColumns): MeasuredJob {
  const { id, outcome, kind, failureClass } = columns;
  const numberAt = (column: Numbers, n: number): number | null => {
    const value = column === null ? NaN : column[n]!;
    return Number.isNaN(value) ? null : value;
  };
  const runs = Array.from(outcome, (word, n): MeasuredRun => ({
    outcome: outcomes[word - 1]!,
    kind: backupKinds[kind[n]! - 1] ?? null,
    failureClass: failureClasses[failureClass[n]! - 1] ?? null,
    startedAt: numberAt(columns.startedAt, n),
    durationMs: numberAt(columns.durationMs, n),
    sizeBytes: numberAt(columns.sizeBytes, n),
    addedBytes: numberAt(columns.addedBytes, n),
    fileCount: numberAt(columns.fileCount, n),
    changedFileCount: numberAt(columns.changedFileCount, n),
    repositoryBytes: numberAt(columns.repositoryBytes, n),
  }));
  return { id, runs };
}
