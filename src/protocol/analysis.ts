/** What can be asked of the analysis, in a worker thread or in the same process. */
import type { MetricBaseline, MetricVerdict } from '../backups/anomalies/detectAnomalies.ts';
import type { ExpectedMark } from '../backups/anomalies/findAnomalies.ts';
import type { StorageCapacity } from '../backups/forecast/capacityOf.ts';
import type { SpaceNeeds } from '../backups/forecast/predictSpaceNeeds.ts';
import type { LogMapping } from '../backups/logs/mapping.ts';
import type { TrainingRecord } from '../backups/predictor.ts';
import type { BackupPlan, HistoricalContext } from '../backups/prediction/plan.ts';
import type { JobReport, JobSeries, Prediction, RiskReport } from '../backups/report.ts';
import type { Wording } from '../wording/format.ts';
import type { ReportFormat } from './reportFile.ts';

export interface AnalysisOptions {
  /** The moment the report speaks of, UTC epoch milliseconds. */
  now: number;
  /** IANA zone in which local times without a zone are read. */
  zone: string;
  /** Bytes the repositories may take; null when not known. */
  capacityBytes: number | null;
  /** Capacities of single storages; `capacityBytes` counts for the others. */
  capacities?: readonly StorageCapacity[];
  /** Probability above which the advice is to wait, 0 to 1. */
  maxRisk: number;
  /** Formats of the user's own; the first whose glob matches a log counts. */
  mappings?: readonly LogMapping[];
  /** Runs that a person called expected. */
  expected?: readonly ExpectedMark[];
}

export interface AnalyzeRequest {
  /** Files, or folders to be searched for logs. */
  paths: string[];
  options: AnalysisOptions;
}

export interface ExportRequest {
  /** The file, absolute. */
  path: string;
  format: ReportFormat;
  wording: Wording;
  maxRisk: number;
  /** Of Backup Foresight. */
  version: string;
  /** The folder of the built page. */
  pageFolder: string;
}

export interface AnalyzeProgress {
  path: string;
  bytesRead: number;
  bytesTotal: number;
}

/** A report whose jobs are fetched in pieces: all at once they would hold the receiver's event loop. */
export interface ReportHead extends Omit<RiskReport, 'jobs'> {
  /** How many jobs `jobReports` has of it. */
  jobCount: number;
}

/** What the thread is started with; with nothing, it does all of its work itself. */
export interface AnalysisThreadData {
  /** The built study thread, which it starts for a large analysis. */
  studyScript: string;
}

/** Every call: its argument, its result and the progress it reports on the way. */
export interface AnalysisMethods {
  analyze: { request: AnalyzeRequest; response: ReportHead; progress: AnalyzeProgress };
  /** Jobs of the last report, in its order, from a position on. */
  jobReports: { request: { from: number; count: number }; response: JobReport[]; progress: never };
  series: { request: { job: string; maxPoints: number }; response: JobSeries; progress: never };
  /** Writes the last report to a file, which holds the old content or the new one at every moment. */
  exportReport: { request: ExportRequest; response: null; progress: never };
  predict: {
    request: { plan: BackupPlan; context: HistoricalContext | null; options: AnalysisOptions };
    response: Prediction;
    progress: never;
  };
  /** Keeps what was learned under `model`, for `predictTrained`. */
  train: {
    request: { model: number; records: readonly TrainingRecord[]; zone: string; maxRisk: number };
    response: { jobs: string[] };
    progress: never;
  };
  /** Null when the model is not known: it was trained in an earlier thread, or a newer one has taken its place. */
  predictTrained: {
    request: { model: number; plan: BackupPlan; context: HistoricalContext };
    response: Prediction | null;
    progress: never;
  };
  detectAnomalies: {
    request: { current: Record<string, number>; baseline: Record<string, MetricBaseline> };
    response: MetricVerdict[];
    progress: never;
  };
  predictSpaceNeeds: {
    request: { historicalSizes: readonly number[]; daysAhead: number };
    response: SpaceNeeds;
    progress: never;
  };
  historicalBaseline: {
    request: { records: readonly TrainingRecord[] };
    response: Record<string, MetricBaseline>;
    progress: never;
  };
}
