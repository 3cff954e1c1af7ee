/** A job's scorecard: how good the predictions were that were made from earlier runs only. */
import type { Evaluation } from '../report.ts';
import { measure, reliabilityOf } from './metrics.ts';
import type { JobForecaster } from './jobForecaster.ts';

/** Fewer scored runs than this say nothing. */
const fewestScored = 5;

/** One run, as it was predicted before it was seen. */
export interface WalkForwardPrediction {
  startedAt: number | null;
  /** 0 to 1; null where nothing came before. */
  probability: number | null;
  failed: boolean;
}

/** Every run of a job that ended in success or failure, in time order, each predicted from earlier ones only. */
export function walkForwardOf(forecaster: JobForecaster): WalkForwardPrediction[] {
  const predicted = forecaster.predicted.from(0);
  const startedAt = forecaster.startedAt.from(0);
  return Array.from(forecaster.labels.from(0), (label, i) => ({
    startedAt: knownOrNull(startedAt[i]!),
    probability: knownOrNull(predicted[i]!),
    failed: label === 1,
  }));
}

/**
 * Scores the later half of a job's runs, where predictions rest on a history, against always saying the base rate so
 * far, and against repeating the last outcome (as likely as that has been right so far). Null when there are fewer
 * than five runs to score.
 */
export function evaluate(forecaster: JobForecaster): Evaluation | null {
  const from = Math.floor(forecaster.labels.length / 2);
  const labels = forecaster.labels.from(from);
  if (labels.length < fewestScored) return null;
  const model = forecaster.predicted.from(from);
  const baseRate = measure({ probabilities: forecaster.baseRates.from(from), labels }, 0);
  const forecasts = lastOutcomeForecasts(forecaster.labels.from(0));
  const last = measure({ probabilities: forecasts.subarray(from), labels }, baseRate.brier);
  const scored = measure({ probabilities: model, labels }, baseRate.brier);
  return {
    model: scored,
    baseRate,
    lastOutcome: last,
    reliability: reliabilityOf({ probabilities: model, labels }),
    since: forecaster.startedAt.from(from).find((at) => !Number.isNaN(at)) ?? null,
    betterThanBaseRate: scored.logLoss < baseRate.logLoss,
  };
}

const knownOrNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

/** How often a failure followed an outcome like the last one, so far, counting from half of two. */
function lastOutcomeForecasts(labels: Float64Array): Float64Array {
  const seen = [
    { failures: 1, runs: 2 },
    { failures: 1, runs: 2 },
  ];
  return labels.map((label, i) => {
    const last = seen[labels[i - 1] ?? 0]!;
    const forecast = last.failures / last.runs;
    if (i > 0) {
      last.failures += label;
      last.runs++;
    }
    return forecast;
  });
}
