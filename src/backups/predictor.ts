/** The original system's predictor, in this project's casing: six calls over plain records. */
import { detectAnomalies, type MetricBaseline, type MetricVerdict } from './anomalies/detectAnomalies.ts';
import { predictSpaceNeeds, type SpaceNeeds } from './forecast/predictSpaceNeeds.ts';
import { historicalBaseline, type BaselineMetric } from './history/baseline.ts';
import { learnCadence } from './history/cadence.ts';
import type { JobHistory } from './history/job.ts';
import { isTime } from './history/localClock.ts';
import { outcomeOfWord } from './logs/outcomeWord.ts';
import { learnJobs } from './prediction/learnJobs.ts';
import type { BackupPlan, HistoricalContext } from './prediction/plan.ts';
import { predictNextRun, prepareJob, type PreparedJob } from './prediction/predictNextRun.ts';
import type { Confidence, Prediction } from './report.ts';
import { newRun, type BackupRun, type GivenContext } from './run.ts';
import type { Message } from '../wording/message.ts';

/** One run, as the original system recorded it. What is not known is left out. */
export interface TrainingRecord {
  backupId: string;
  /** In any usual word: `completed`, `failed`, `partial`, … */
  status: string;
  durationSeconds?: number;
  sizeBytes?: number;
  /** 0 to 23. */
  hourOfDay?: number;
  /** 0 (Monday) to 6 (Sunday). */
  dayOfWeek?: number;
  /** 0 to 1. */
  previousSuccessRate?: number;
  /** UTC epoch milliseconds; records without one are taken to stand in the order in which they ran. */
  startedAt?: number;
}

/** What training leaves: every job ready for questions, and one without runs that knows what the others teach. */
export interface TrainedModel {
  jobs: ReadonlyMap<string, PreparedJob>;
  newcomer: PreparedJob;
}

/** What to do about the next run. */
export type BackupDecision =
  { action: 'proceed'; confidence: Confidence } | { action: 'delay_or_manual'; reason: Message };

export interface PredictorOptions {
  /** IANA zone of hours and weekdays. */
  zone?: string;
  /** Probability of failure above which a backup is to wait, 0 to 1. */
  maxRisk?: number;
}

/** Not a job's name: no record carries it. */
const newcomerId = '';

/**
 * Predicts, detects, forecasts and decides, as the original system's predictor did. It works untrained as well: then by
 * the rule, on what comes with the question.
 *
 * @example
 * const predictor = new BackupPredictor();
 * predictor.trainFailurePredictionModel([{ backupId: 'db', status: 'completed', hourOfDay: 2 }]);
 * predictor.predictBackupFailure({ backupId: 'db' }).confidence //=> 'low'
 */
export class BackupPredictor {
  readonly #zone: string;
  readonly #maxRisk: number;
  #model: TrainedModel;

  constructor({ zone = 'UTC', maxRisk = 0.5 }: PredictorOptions = {}) {
    this.#zone = zone;
    this.#maxRisk = maxRisk;
    this.#model = this.trainFailurePredictionModel([]);
  }

  /** Learns from runs of any number of jobs, in place of what was learned before. */
  trainFailurePredictionModel(records: readonly TrainingRecord[]): TrainedModel {
    const histories = historiesOf(records);
    const forecasters = learnJobs([...histories, historyOf(newcomerId, [])], { zone: this.#zone });
    const jobs = new Map(histories.map(({ id, cadence }) => [id, prepareJob(forecasters.get(id)!, cadence)]));
    this.#model = { jobs, newcomer: prepareJob(forecasters.get(newcomerId)!, null) };
    return this.#model;
  }

  /**
   * How likely the planned run is to fail. A job that was not trained is taken for a new one among those that were.
   *
   * @param context what is known of the job's past from elsewhere; the job's own runs soon outweigh it.
   */
  predictBackupFailure(plan: BackupPlan, context: HistoricalContext = {}): Prediction {
    const job = this.#model.jobs.get(plan.backupId) ?? this.#model.newcomer;
    return predictNextRun(job, { now: null, maxRisk: this.#maxRisk, plan, context });
  }

  /** Compares a run's metrics with a baseline; see `detectAnomalies`. */
  detectAnomalies(
    current: Readonly<Record<string, number>>,
    baseline: Readonly<Record<string, MetricBaseline>>,
  ): MetricVerdict[] {
    return detectAnomalies(current, baseline);
  }

  /** Forecasts the size some days ahead, from one size a day in gigabytes; see `predictSpaceNeeds`. */
  predictSpaceNeeds(historicalSizes: readonly number[], daysAhead: number): SpaceNeeds {
    return predictSpaceNeeds(historicalSizes, daysAhead);
  }

  /** What duration and size the successful runs usually have: a baseline for `detectAnomalies`. */
  historicalBaseline(records: readonly TrainingRecord[]): Record<string, BaselineMetric> {
    return historicalBaseline(records.map(runOf));
  }

  /** Whether to let a predicted run go ahead. */
  decide({ decision }: Prediction): BackupDecision {
    return decision.action === 'proceed'
      ? { action: 'proceed', confidence: decision.confidence }
      : { action: 'delay_or_manual', reason: decision.reason };
  }
}

function historiesOf(records: readonly TrainingRecord[]): JobHistory[] {
  const byJob = new Map<string, BackupRun[]>();
  records.forEach((record, index) => {
    const runs = byJob.get(record.backupId);
    const run = runOf(record, index);
    if (runs) runs.push(run);
    else byJob.set(record.backupId, [run]);
  });
  return Array.from(byJob, ([id, runs]) => historyOf(id, runs));
}

function historyOf(id: string, told: readonly BackupRun[]): JobHistory {
  // Runs without a time keep their place: only a wholly timed history can be put in order.
  const runs = told.every(({ startedAt }) => startedAt !== null)
    ? told.toSorted((a, b) => a.startedAt! - b.startedAt!)
    : told;
  const times = runs.map(({ startedAt }) => startedAt ?? NaN);
  const cadence = learnCadence(times, times.at(-1) ?? NaN);
  return { id, tool: 'generic', host: null, repository: null, runs, completeness: 'complete', cadence };
}

function runOf(record: TrainingRecord, index: number): BackupRun {
  const known = (value: number | undefined): number | null =>
    value !== undefined && Number.isFinite(value) && value >= 0 ? value : null;
  const durationSeconds = known(record.durationSeconds);
  const given: GivenContext = {};
  if (record.hourOfDay !== undefined) given.hourOfDay = record.hourOfDay;
  if (record.dayOfWeek !== undefined) given.dayOfWeek = record.dayOfWeek;
  const rate = known(record.previousSuccessRate);
  if (rate !== null && rate <= 1) given.previousSuccessRate = rate;
  return newRun({
    job: record.backupId,
    tool: 'generic',
    outcome: outcomeOfWord(record.status) ?? 'unknown',
    startedAt: isTime(record.startedAt) ? record.startedAt : null,
    durationMs: durationSeconds === null ? null : durationSeconds * 1000,
    sizeBytes: known(record.sizeBytes),
    given,
    source: { path: '', line: index + 1, endLine: index + 1 },
  });
}
