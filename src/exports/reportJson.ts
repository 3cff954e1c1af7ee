/**
 * The JSON that `analyze --json`, `gate` and `runs` print: a contract, documented in docs/cli.md. Times are ISO 8601 in
 * UTC, durations seconds, sizes bytes, probabilities 0 to 1; what is not known is null.
 */
import type {
  Anomaly,
  JobReport,
  Metric,
  Prediction,
  RiskReport,
  RunSummary,
  SourceReport,
  StorageForecast,
} from '../backups/report.ts';
import type { BackupRun } from '../backups/run.ts';
import { formatMessage, type Wording } from '../wording/format.ts';
import type { Message } from '../wording/message.ts';

/** The names under which metrics go out: with their unit, as the records that programs exchange have it. */
const metricNames: Record<Metric, string> = {
  duration: 'duration_seconds',
  size: 'size_bytes',
  added: 'added_bytes',
  fileCount: 'file_count',
  changedFileCount: 'changed_file_count',
  dedupRatio: 'dedup_ratio',
  changeRate: 'change_rate',
  durationPerByte: 'seconds_per_byte',
};

/** @example toIso(0) //=> '1970-01-01T00:00:00.000Z' */
export function toIso(at: number | null): string | null {
  return at === null || !Number.isFinite(at) || Math.abs(at) > 8.64e15 ? null : new Date(at).toISOString();
}

function toSeconds(durationMs: number | null): number | null {
  return durationMs === null ? null : durationMs / 1000;
}

/** One line of `runs`. */
export function runJson(run: BackupRun): object {
  return {
    job: run.job,
    tool: run.tool,
    ...runFacts(run),
    source: run.source,
    ...(run.alsoIn.length > 0 && { alsoIn: run.alsoIn }),
  };
}

/** The whole of `analyze --json`. */
export function reportJson(report: RiskReport, wording: Wording): object {
  return {
    schema: report.schema,
    generatedAt: toIso(report.generatedAt),
    sources: report.sources.map((source) => sourceJson(source, wording)),
    jobs: report.jobs.map((job) => jobJson(job, wording)),
  };
}

function sourceJson(source: SourceReport, wording: Wording): object {
  return {
    path: source.path,
    format: source.format,
    runs: source.runs,
    leftOutRuns: source.leftOutRuns,
    skippedLines: source.skippedLines,
    firstSkippedLine: source.firstSkippedLine,
    outcomes: source.outcomes,
    error: text(source.error, wording),
  };
}

function jobJson(job: JobReport, wording: Wording): object {
  const { cadence } = job;
  return {
    id: job.id,
    tool: job.tool,
    host: job.host,
    repository: job.repository,
    runs: job.runs,
    outcomes: job.outcomes,
    completeness: job.completeness,
    lastRun: summaryJson(job.lastRun),
    lastSuccessAt: toIso(job.lastSuccessAt),
    cadence: cadence && {
      intervalSeconds: cadence.medianIntervalMs / 1000,
      jitterSeconds: cadence.jitterMs / 1000,
      nextExpectedAt: toIso(cadence.nextExpectedAt),
      overdueSeconds: toSeconds(cadence.overdueMs),
      missedRuns: cadence.missedRuns,
    },
    prediction: job.prediction && predictionJson(job.prediction, wording),
    notPredictable: text(job.notPredictable, wording),
    anomalies: job.anomalies.map((anomaly) => anomalyJson(anomaly, wording)),
    forecast: job.forecast && forecastJson(job.forecast),
    evaluation: job.evaluation && { ...job.evaluation, since: toIso(job.evaluation.since) },
    failureClasses: job.failureClasses.map((entry) => ({ ...entry, action: text(entry.action, wording) })),
  };
}

/** A prediction with its reasons in words. */
export function predictionJson(prediction: Prediction, wording: Wording): object {
  return {
    failureProbability: prediction.failureProbability,
    interval: prediction.interval,
    confidence: prediction.confidence,
    confidenceReason: text(prediction.confidenceReason, wording),
    method: prediction.method,
    baseProbability: prediction.baseProbability,
    riskFactors: prediction.riskFactors.map((factor) => ({
      name: factor.name,
      text: text(factor.message, wording),
      contribution: factor.contribution,
    })),
    recommendedActions: prediction.recommendedActions.map((action) => text(action, wording)),
    decision: {
      action: prediction.decision.action,
      confidence: prediction.decision.confidence,
      reason: text(prediction.decision.reason, wording),
    },
  };
}

function anomalyJson(anomaly: Anomaly, wording: Wording): object {
  const seconds = anomaly.metric === 'duration' || anomaly.metric === 'durationPerByte';
  const scale = (value: number): number => (seconds ? value / 1000 : value);
  return {
    metric: metricNames[anomaly.metric],
    shape: anomaly.shape,
    startedAt: toIso(anomaly.startedAt),
    value: scale(anomaly.value),
    expected: [scale(anomaly.expected[0]), scale(anomaly.expected[1])],
    score: anomaly.score,
    severity: anomaly.severity,
    isAnomaly: anomaly.isAnomaly,
    text: text(anomaly.message, wording),
    source: anomaly.source,
  };
}

function forecastJson(forecast: StorageForecast): object {
  return {
    series: forecast.series,
    trend: forecast.trend,
    bytesPerDay: forecast.bytesPerDay,
    model: forecast.model,
    lastBytes: forecast.lastBytes,
    lastAt: toIso(forecast.lastAt),
    capacityBytes: forecast.capacityBytes,
    daysToFull: forecast.daysToFull,
    days: forecast.times.map((at, i) => ({
      at: toIso(at),
      bytes: forecast.point[i]!,
      lower: forecast.lower[i]!,
      upper: forecast.upper[i]!,
    })),
  };
}

/** What every form of a run tells. */
function runFacts(run: BackupRun | RunSummary): object {
  return {
    startedAt: toIso(run.startedAt),
    durationSeconds: toSeconds(run.durationMs),
    outcome: run.outcome,
    sizeBytes: run.sizeBytes,
    addedBytes: run.addedBytes,
    kind: run.kind,
    error: run.error,
  };
}

function summaryJson(run: RunSummary): object {
  return {
    ...runFacts(run),
    failureClass: run.failureClass,
    source: run.source,
  };
}

function text(message: Message | null, wording: Wording): string | null {
  return message && formatMessage(message, wording);
}
