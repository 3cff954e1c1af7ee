/**
 * The one record that everything else speaks: one run of one backup job, as some log or catalog tells it.
 */

/**
 * How a run ended. `partial` means a usable archive with something left out (restic exit 3, borg return code 1): it is
 * neither a success nor a failure and counts as neither anywhere.
 */
export type Outcome = 'success' | 'partial' | 'failure' | 'cancelled' | 'running' | 'skipped' | 'unknown';

/** Every outcome, in the order people see them. */
export const outcomes: readonly Outcome[] = [
  'success',
  'partial',
  'failure',
  'cancelled',
  'running',
  'skipped',
  'unknown',
];

/** Where a run stands in a file. Lines count from 1; `endLine` is the last line that belongs to the run. */
export interface RunSource {
  path: string;
  line: number;
  endLine: number;
}

/** How the start time of a run is known, from the surest to the weakest. */
export type TimeOrigin = 'record' | 'wrapper' | 'joined' | 'fileTime' | 'none';

/** Every kind of backup. */
export const backupKinds = ['full', 'differential', 'incremental'] as const;

/** What is in a backup: everything, the change since the last full one, or the change since the last one of any kind. */
export type BackupKind = (typeof backupKinds)[number];

/** Every class of failures. */
export const failureClasses = [
  'lock',
  'space',
  'auth',
  'network',
  'permission',
  'sourceMissing',
  'repositoryMissing',
  'integrity',
  'timeout',
  'other',
] as const;

/** Why a run failed, in the classes a person can act on. */
export type FailureClass = (typeof failureClasses)[number];

/** Inputs of the original system's records that no log line gives; they enter the prediction when present. */
export interface GivenContext {
  /** 0 to 23. */
  hourOfDay?: number;
  /** 0 (Monday) to 6 (Sunday), as Python's `weekday()`. */
  dayOfWeek?: number;
  /** 0 to 1. */
  previousSuccessRate?: number;
}

/** One run of one backup job. Unknown numbers are null, never 0 and never NaN. */
export interface BackupRun {
  /** Id of the job: stable over time, distinct for each host and repository. */
  job: string;
  /** The tool that wrote the record: `restic`, `borg`, `generic`, … */
  tool: string;
  host: string | null;
  repository: string | null;
  /** The tool's own id of what the run produced (snapshot, archive, label): joins a log with a catalog. */
  runId: string | null;
  /** UTC epoch milliseconds; null when nothing tells (the run then keeps its place in the file). */
  startedAt: number | null;
  startedAtFrom: TimeOrigin;
  durationMs: number | null;
  outcome: Outcome;
  /** Bytes the run looked at: the size of the source, the "size" of a backup. */
  sizeBytes: number | null;
  /** Bytes the run added to the repository. */
  addedBytes: number | null;
  fileCount: number | null;
  changedFileCount: number | null;
  /** Bytes the whole repository took on disk after the run. */
  repositoryBytes: number | null;
  kind: BackupKind | null;
  /** What the tool said went wrong: one line, at most 500 characters. */
  error: string | null;
  failureClass: FailureClass | null;
  given: GivenContext | null;
  source: RunSource;
  /** Other places that tell of the same run (a catalog beside the log). */
  alsoIn: readonly RunSource[];
  /** Known only from a catalog, which lists nothing but the runs that produced a backup. */
  onlyInCatalog: boolean;
}

/** What is compared from run to run: all that anomalies and storage forecasts are made from. */
export type MeasuredRun = Pick<
  BackupRun,
  | 'startedAt'
  | 'outcome'
  | 'kind'
  | 'failureClass'
  | 'durationMs'
  | 'sizeBytes'
  | 'addedBytes'
  | 'fileCount'
  | 'changedFileCount'
  | 'repositoryBytes'
>;

/** The `alsoIn` of a run that is told once; shared, as a million runs need no million empty lists. */
export const nowhereElse: readonly RunSource[] = [];

/**
 * A run with every field unknown but those given: readers fill in what their tool tells.
 *
 * @example
 * newRun({ job: 'etc', tool: 'restic', outcome: 'success', source: { path: 'a.log', line: 1, endLine: 3 } }).sizeBytes
 * //=> null
 */
export function newRun(known: Pick<BackupRun, 'job' | 'tool' | 'outcome' | 'source'> & Partial<BackupRun>): BackupRun {
  return {
    job: known.job,
    tool: known.tool,
    host: known.host ?? null,
    repository: known.repository ?? null,
    runId: known.runId ?? null,
    startedAt: known.startedAt ?? null,
    startedAtFrom: known.startedAtFrom ?? (typeof known.startedAt === 'number' ? 'record' : 'none'),
    durationMs: known.durationMs ?? null,
    outcome: known.outcome,
    sizeBytes: known.sizeBytes ?? null,
    addedBytes: known.addedBytes ?? null,
    fileCount: known.fileCount ?? null,
    changedFileCount: known.changedFileCount ?? null,
    repositoryBytes: known.repositoryBytes ?? null,
    kind: known.kind ?? null,
    error: known.error ?? null,
    failureClass: known.failureClass ?? null,
    given: known.given ?? null,
    source: known.source,
    alsoIn: known.alsoIn ?? nowhereElse,
    onlyInCatalog: known.onlyInCatalog ?? false,
  };
}
