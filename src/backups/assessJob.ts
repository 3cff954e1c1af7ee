/** One job's part of the risk report: everything the wing knows about it, put together. */
import { message } from '../wording/message.ts';
import { findAnomalies, type ExpectedMark } from './anomalies/findAnomalies.ts';
import { forecastGrowth, withCapacity, type StorageGrowth } from './forecast/forecastStorage.ts';
import type { JobHistory } from './history/job.ts';
import type { JobForecaster } from './prediction/jobForecaster.ts';
import { predictNextRun, prepareJob, type PreparedJob } from './prediction/predictNextRun.ts';
import { actionForClass } from './prediction/recommendActions.ts';
import type { JobReport, RunSummary } from './report.ts';
import { outcomes, type BackupRun, type FailureClass, type Outcome } from './run.ts';

export interface AssessmentOptions {
  /** The moment the report speaks of, UTC epoch milliseconds. */
  now: number;
  /** IANA zone in which hours and weekdays are told. */
  zone: string;
  /** Bytes the repository may take; null when not known. */
  capacityBytes: number | null;
  /** Probability above which the advice is to wait, 0 to 1. */
  maxRisk: number;
  /** Runs the person has marked as expected. */
  expected?: readonly ExpectedMark[];
}

export interface Assessment {
  report: JobReport;
  /** Ready for what-if questions; null when the job cannot be predicted. */
  prepared: PreparedJob | null;
  /** What it was made from, so that the next one need not be made anew. */
  basis: Basis;
}

interface Basis {
  history: JobHistory;
  options: AssessmentOptions;
  told: ToldByRuns;
}

/** What the runs tell, however late it is. */
type ToldByRuns = Pick<
  JobReport,
  'outcomes' | 'lastRun' | 'lastSuccessAt' | 'recentRuns' | 'anomalies' | 'failureClasses'
> & { growth: StorageGrowth | null };

const dayMs = 86_400_000;
const forecastDays = 90;
const recentRunsShown = 30;

/**
 * Assesses a job that has at least one run.
 *
 * @param forecaster what `learnJobs` made for the job; undefined for a catalog, which cannot be predicted.
 * @param earlier the job's last assessment, of which it keeps what still holds.
 */
export function assessJob(
  history: JobHistory,
  forecaster: JobForecaster | undefined,
  options: AssessmentOptions,
  earlier?: Assessment,
): Assessment {
  const isKnown = earlier !== undefined && stillHolds(earlier.basis, history, options);
  const { growth, ...told } = isKnown ? earlier.basis.told : listenTo(history, options);
  const { now, capacityBytes, maxRisk } = options;
  const isLearned = isKnown && earlier.prepared?.forecaster === forecaster;
  const prepared =
    forecaster && forecaster.labels.length > 0
      ? isLearned && earlier.prepared
        ? { ...earlier.prepared, cadence: history.cadence }
        : prepareJob(forecaster, history.cadence)
      : null;
  const report: JobReport = {
    id: history.id,
    tool: history.tool,
    host: history.host,
    repository: history.repository,
    runs: history.runs.length,
    outcomes: told.outcomes,
    completeness: history.completeness,
    lastRun: told.lastRun,
    lastSuccessAt: told.lastSuccessAt,
    recentRuns: told.recentRuns,
    cadence: history.cadence,
    prediction: prepared && predictNextRun(prepared, { now, maxRisk }),
    notPredictable: prepared
      ? null
      : message(history.completeness === 'successes-only' ? 'predict.successesOnly' : 'predict.noRuns'),
    recentRisks: prepared ? recentRisks(prepared) : [],
    anomalies: told.anomalies,
    forecast: growth && withCapacity(growth, { capacityBytes, now }),
    evaluation: prepared?.evaluation ?? null,
    failureClasses: told.failureClasses,
  };
  return { report, prepared, basis: { history, options, told: { growth, ...told } } };
}

function stillHolds(basis: Basis, history: JobHistory, options: AssessmentOptions): boolean {
  const before = basis.options;
  return (
    basis.history.runs === history.runs &&
    before.zone === options.zone &&
    JSON.stringify(before.expected) === JSON.stringify(options.expected) &&
    // Runs that were dated in the future are not looked at before their time comes.
    before.now <= options.now &&
    (history.runs.findLast(({ startedAt }) => startedAt !== null)?.startedAt ?? -Infinity) <= before.now + dayMs
  );
}

function listenTo(history: JobHistory, { now, zone, expected }: AssessmentOptions): ToldByRuns {
  const { runs } = history;
  return {
    outcomes: countOutcomes(runs),
    lastRun: summarize(runs.at(-1)!),
    lastSuccessAt: runs.findLast((run) => run.outcome === 'success')?.startedAt ?? null,
    recentRuns: runs.slice(-recentRunsShown).reverse().map(summarize),
    anomalies: findAnomalies(history, { now, zone, ...(expected && { expected }) }),
    failureClasses: countFailureClasses(runs),
    growth: forecastGrowth(history, forecastDays),
  };
}

/** Highest risk first; then jobs without a prediction, by name. */
export function byRisk(a: JobReport, b: JobReport): number {
  const risk = (job: JobReport): number => job.prediction?.failureProbability ?? -1;
  return risk(b) - risk(a) || (a.id < b.id ? -1 : 1);
}

/** As the prediction is made: by the base rate where the scorecard shows no skill over it. */
function recentRisks({ forecaster, evaluation }: PreparedJob): number[] {
  const skilled = evaluation === null || evaluation.betterThanBaseRate;
  const said = skilled ? forecaster.predicted : forecaster.baseRates;
  return [...said.from(-recentRunsShown)].filter((risk) => !Number.isNaN(risk));
}

function countOutcomes(runs: readonly BackupRun[]): Record<Outcome, number> {
  const counts = Object.fromEntries(outcomes.map((outcome) => [outcome, 0])) as Record<Outcome, number>;
  for (const run of runs) counts[run.outcome]++;
  return counts;
}

function countFailureClasses(runs: readonly BackupRun[]): JobReport['failureClasses'] {
  const counts = new Map<FailureClass, number>();
  for (const { outcome, failureClass } of runs) {
    if (outcome !== 'failure') continue;
    const found = failureClass ?? 'other';
    counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([failureClass, count]) => ({ failureClass, runs: count, action: message(actionForClass[failureClass]) }));
}

function summarize(run: BackupRun): RunSummary {
  const { startedAt, durationMs, outcome, sizeBytes, addedBytes, kind, error, failureClass, source } = run;
  return { startedAt, durationMs, outcome, sizeBytes, addedBytes, kind, error, failureClass, source };
}
