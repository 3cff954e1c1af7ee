/** One job's part of the risk report: everything the wing knows about it, put together. */
import { message } from '../wording/message.ts';
import { locateAnomalies, type ExpectedMark } from './anomalies/findAnomalies.ts';
import { withCapacity } from './forecast/forecastStorage.ts';
import type { JobHistory } from './history/job.ts';
import type { JobForecaster } from './prediction/jobForecaster.ts';
import { predictNextRun, prepareJob, type PreparedJob } from './prediction/predictNextRun.ts';
import { actionForClass } from './prediction/recommendActions.ts';
import type { JobReport, RunSummary } from './report.ts';
import type { BackupRun } from './run.ts';
import { studyRuns, type RunStudy } from './studyRuns.ts';

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
  study: RunStudy;
}

const dayMs = 86_400_000;
const recentRunsShown = 30;

/**
 * Assesses a job that has at least one run.
 *
 * @param forecaster what `learnJobs` made for the job; undefined for a catalog, which cannot be predicted.
 * @param earlier the job's last assessment, of which it keeps what still holds.
 * @param study what `studyRuns` made of the job, where that has been done; else it is done here, if need be.
 */
export function assessJob(
  history: JobHistory,
  forecaster: JobForecaster | undefined,
  options: AssessmentOptions,
  earlier?: Assessment,
  study?: RunStudy,
): Assessment {
  const known = knownStudy(history, options, earlier);
  const { outcomes, failures, anomalies, growth } = known ?? study ?? studyRuns(history, options);
  const { runs } = history;
  const { now, capacityBytes, maxRisk } = options;
  const isLearned = known !== null && earlier?.prepared?.forecaster === forecaster;
  const prepared =
    forecaster && forecaster.labels.length > 0
      ? isLearned && earlier?.prepared
        ? { ...earlier.prepared, cadence: history.cadence }
        : prepareJob(forecaster, history.cadence)
      : null;
  const report: JobReport = {
    id: history.id,
    tool: history.tool,
    host: history.host,
    repository: history.repository,
    runs: runs.length,
    outcomes,
    completeness: history.completeness,
    lastRun: summarize(runs.at(-1)!),
    lastSuccessAt: runs.findLast((run) => run.outcome === 'success')?.startedAt ?? null,
    recentRuns: runs.slice(-recentRunsShown).reverse().map(summarize),
    cadence: history.cadence,
    prediction: prepared && predictNextRun(prepared, { now, maxRisk }),
    notPredictable: prepared
      ? null
      : message(history.completeness === 'successes-only' ? 'predict.successesOnly' : 'predict.noRuns'),
    recentRisks: prepared ? recentRisks(prepared) : [],
    anomalies: locateAnomalies(anomalies, history),
    forecast: growth && withCapacity(growth, { capacityBytes, now }),
    evaluation: prepared?.evaluation ?? null,
    failureClasses: failures.map(([failureClass, count]) => ({
      failureClass,
      runs: count,
      action: message(actionForClass[failureClass]),
    })),
  };
  return { report, prepared, basis: { history, options, study: { outcomes, failures, anomalies, growth } } };
}

/** The study that an earlier assessment of the job rests on; null where that does not hold any more. */
export function knownStudy(
  history: JobHistory,
  options: AssessmentOptions,
  earlier: Assessment | undefined,
): RunStudy | null {
  if (!earlier || earlier.basis.history.runs !== history.runs) return null;
  const before = earlier.basis.options;
  const holds =
    before.zone === options.zone &&
    JSON.stringify(before.expected) === JSON.stringify(options.expected) &&
    // Runs that were dated in the future are not looked at before their time comes.
    before.now <= options.now &&
    (history.runs.findLast(({ startedAt }) => startedAt !== null)?.startedAt ?? -Infinity) <= before.now + dayMs;
  return holds ? earlier.basis.study : null;
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

function summarize(run: BackupRun): RunSummary {
  const { startedAt, durationMs, outcome, sizeBytes, addedBytes, kind, error, failureClass, source } = run;
  return { startedAt, durationMs, outcome, sizeBytes, addedBytes, kind, error, failureClass, source };
}
