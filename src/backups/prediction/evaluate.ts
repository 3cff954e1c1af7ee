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
  return forecaster.labels.map((label, i) => {
    const probability = forecaster.predicted[i]!;
    return {
      startedAt: forecaster.startedAt[i]!,
      probability: Number.isNaN(probability) ? null : probability,
      failed: label === 1,
    };
  });
}

/**
 * Scores the later half of a job's runs, where predictions rest on a history, against always saying the base rate so
 * far, and against repeating the last outcome (as likely as that has been right so far). Null when there are fewer
 * than five runs to score.
 */
export function evaluate(forecaster: JobForecaster): Evaluation | null {
  const from = Math.floor(forecaster.labels.length / 2);
  const labels = forecaster.labels.slice(from);
  if (labels.length < fewestScored) return null;
  const model = forecaster.predicted.slice(from);
  const baseRate = measure({ probabilities: forecaster.baseRates.slice(from), labels }, 0);
  const last = measure({ probabilities: lastOutcomeForecasts(forecaster.labels).slice(from), labels }, baseRate.brier);
  const scored = measure({ probabilities: model, labels }, baseRate.brier);
  return {
    model: scored,
    baseRate,
    lastOutcome: last,
    reliability: reliabilityOf({ probabilities: model, labels }),
    since: forecaster.startedAt.slice(from).find((at) => at !== null) ?? null,
    betterThanBaseRate: scored.logLoss < baseRate.logLoss,
  };
}

/** How often a failure followed an outcome like the last one, so far, counting from half of two. */
function lastOutcomeForecasts(labels: readonly number[]): number[] {
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
