/**
 * The risk report: what the tree, the webview, the CLI and the gate all show. Data only: numbers in the units their
 * names say, times in UTC epoch milliseconds, and messages as codes that `src/wording` turns into text.
 */
import type { Message } from '../wording/message.ts';
import type { BackupKind, FailureClass, Outcome, RunSource } from './run.ts';

/** Whether a source tells of every run, or (a catalog) only of runs that produced a backup. */
export type Completeness = 'complete' | 'successes-only';

/** One file that was read. */
export interface SourceReport {
  path: string;
  /** The reader that took it: `restic`, `borg`, `generic`, …; `unknown` when none recognized a line. */
  format: string;
  runs: number;
  /** Runs at its beginning that were left out: it tells more than are kept in memory. */
  leftOutRuns: number;
  /** Lines that no reader could make sense of although they stood where a record should. */
  skippedLines: number;
  /** The first skipped line, from 1; null when none was skipped. */
  firstSkippedLine: number | null;
  outcomes: Completeness;
  /** Why the file could not be read at all; null when it was. */
  error: Message | null;
}

export type Confidence = 'high' | 'medium' | 'low';

/** `rule` below about 50 runs, `blend` while both are weighed, `model` where it has earned it. */
export type PredictionMethod = 'rule' | 'blend' | 'model';

/** One reason for a probability. Contributions are signed and add up, with the base probability, to the prediction. */
export interface RiskFactor {
  /** Stable name: `failureStreak`, `recentRate`, `hour`, … */
  name: string;
  message: Message;
  /** Change in probability, −1 to 1. */
  contribution: number;
}

export interface Decision {
  action: 'proceed' | 'delay_or_manual';
  confidence: Confidence;
  reason: Message;
}

/** How likely the next run of a job is to fail, and why. */
export interface Prediction {
  /** 0 to 1. */
  failureProbability: number;
  /** 90 % interval of that probability. */
  interval: [number, number];
  confidence: Confidence;
  confidenceReason: Message;
  method: PredictionMethod;
  /** Where the contributions start from: the job's long-run failure rate, 0 to 1. */
  baseProbability: number;
  riskFactors: RiskFactor[];
  recommendedActions: Message[];
  decision: Decision;
}

export type Severity = 'info' | 'warning' | 'critical';

export type Metric =
  'duration' | 'size' | 'added' | 'fileCount' | 'changedFileCount' | 'dedupRatio' | 'changeRate' | 'durationPerByte';

/** One finding about one run: a value outside what its job's own history leads to expect. */
export interface Anomaly {
  metric: Metric;
  /** `outlier`: this run alone; `levelShift`: a new normal begins; `drift`: slow change; the last two are findings of their own. */
  shape: 'outlier' | 'levelShift' | 'drift' | 'ransomwareLike' | 'sourceLoss';
  startedAt: number | null;
  /** In the metric's unit: bytes, milliseconds, a count or a ratio. */
  value: number;
  /** Range that the history led to expect, same unit. */
  expected: [number, number];
  /** Robust standard deviations from the expected value, signed, capped at ±50. */
  score: number;
  severity: Severity;
  isAnomaly: boolean;
  message: Message;
  source: RunSource;
}

export type Trend = 'growing' | 'shrinking' | 'flat';

/** What the storage forecast is about, from the best to the weakest evidence. */
export type StorageSeries = 'repository' | 'added' | 'size';

/** Bytes a job's repository will take, day by day. */
export interface StorageForecast {
  series: StorageSeries;
  trend: Trend;
  /** Median daily growth, bytes; negative when shrinking. */
  bytesPerDay: number;
  /** The model that was chosen: `damped`, `theta`, … */
  model: string;
  lastBytes: number;
  lastAt: number;
  /** Forecast points, one a day from the day after `lastAt`. */
  times: number[];
  point: number[];
  /** 95 % interval. */
  lower: number[];
  upper: number[];
  capacityBytes: number | null;
  /** Earliest and latest day the capacity is reached; latest null when it may never be; null altogether when flat or shrinking. */
  daysToFull: { earliest: number; latest: number | null } | null;
}

export interface Metrics {
  runs: number;
  failures: number;
  logLoss: number;
  brier: number;
  /** 1 − Brier / Brier of the base rate. */
  brierSkill: number;
  /** null when only one outcome occurs. */
  rocAuc: number | null;
  prAuc: number | null;
  /** Expected calibration error over ten bins. */
  ece: number;
}

export interface ReliabilityBin {
  /** Mean predicted probability and observed failure rate of the runs in the bin. */
  predicted: number;
  observed: number;
  runs: number;
}

/** A job's scorecard: how good earlier predictions turned out to be, each made from earlier runs only. */
export interface Evaluation {
  model: Metrics;
  baseRate: Metrics;
  lastOutcome: Metrics;
  reliability: ReliabilityBin[];
  since: number | null;
  /** False when the base rate was as good: then the base rate is what is used. */
  betterThanBaseRate: boolean;
}

/** When a job runs, learned from when it ran. */
export interface Cadence {
  medianIntervalMs: number;
  /** Robust spread of the intervals. */
  jitterMs: number;
  nextExpectedAt: number | null;
  /** How late the next run is at the report's time; null when it is not. */
  overdueMs: number | null;
  /** Runs that the cadence led to expect and nobody saw, over the whole history. */
  missedRuns: number;
}

export interface RunSummary {
  startedAt: number | null;
  durationMs: number | null;
  outcome: Outcome;
  sizeBytes: number | null;
  addedBytes: number | null;
  kind: BackupKind | null;
  error: string | null;
  failureClass: FailureClass | null;
  source: RunSource;
}

export interface JobReport {
  id: string;
  tool: string;
  host: string | null;
  repository: string | null;
  runs: number;
  outcomes: Record<Outcome, number>;
  completeness: Completeness;
  lastRun: RunSummary;
  lastSuccessAt: number | null;
  /** The newest runs, newest first, at most 30: what the tree and the overview show. `series` has them all. */
  recentRuns: RunSummary[];
  cadence: Cadence | null;
  /** Null when nothing can be predicted; `notPredictable` then says why. */
  prediction: Prediction | null;
  notPredictable: Message | null;
  /** What was predicted before each of the newest runs that could be predicted, oldest first, 0 to 1, at most 30. */
  recentRisks: number[];
  anomalies: Anomaly[];
  forecast: StorageForecast | null;
  evaluation: Evaluation | null;
  /** Failures by class, most frequent first. */
  failureClasses: { failureClass: FailureClass; runs: number; action: Message }[];
}

export interface RiskReport {
  schema: 1;
  generatedAt: number;
  sources: SourceReport[];
  /** Highest risk first. */
  jobs: JobReport[];
}

/** What a job's earlier runs led to expect of each run, as columns beside a `JobSeries`; null before there was enough. */
export interface ExpectedRange {
  lower: (number | null)[];
  upper: (number | null)[];
}

/** A job's runs as columns for the charts, oldest first; all arrays have the same length. */
export interface JobSeries {
  job: string;
  startedAt: (number | null)[];
  outcome: Outcome[];
  durationMs: (number | null)[];
  sizeBytes: (number | null)[];
  addedBytes: (number | null)[];
  repositoryBytes: (number | null)[];
  line: number[];
  /** Index into `paths`. */
  path: number[];
  paths: string[];
  /** The range beyond which a run would have been an anomaly; a metric is missing when nothing was learned of it. */
  expected: Partial<Record<'duration' | 'size' | 'added', ExpectedRange>>;
  /** How many runs were left out between the shown ones to keep the series small; 0 when all are here. */
  leftOut: number;
}
