/** How far to trust a probability: from the width of its interval, the amount of data and the scorecard. */
import { message, type Message } from '../../wording/message.ts';
import type { Confidence, Evaluation } from '../report.ts';

const fewRuns = 20;
const manyRuns = 100;
const wide = 0.4;
const narrow = 0.2;
const badCalibration = 0.15;
const goodCalibration = 0.08;

export interface Evidence {
  /** Runs that ended in success or failure. */
  runs: number;
  interval: [number, number];
  baseRate: number;
  evaluation: Evaluation | null;
}

/** The confidence, and what keeps it from being higher (or, when high, what it rests on). */
export function confidenceOf({ runs, interval: [low, high], baseRate, evaluation }: Evidence): {
  confidence: Confidence;
  reason: Message;
} {
  const width = high - low;
  const error = evaluation ? calibrationError(evaluation) : 1;
  const uncertain = message('confidence.wideInterval', { low, high });
  if (runs < fewRuns || evaluation === null)
    return { confidence: 'low', reason: message('confidence.fewRuns', { runs }) };
  if (width > wide) return { confidence: 'low', reason: uncertain };
  if (error > badCalibration) return { confidence: 'low', reason: message('confidence.unproven', { error }) };
  if (!evaluation.betterThanBaseRate) {
    return { confidence: 'medium', reason: message('confidence.notBetter', { base: baseRate }) };
  }
  if (runs < manyRuns) return { confidence: 'medium', reason: message('confidence.fewRuns', { runs }) };
  if (width > narrow) return { confidence: 'medium', reason: uncertain };
  if (error > goodCalibration) return { confidence: 'medium', reason: message('confidence.unproven', { error }) };
  return { confidence: 'high', reason: message('confidence.proven', { runs, error, low, high }) };
}

/**
 * How far the observed rates of the reliability bins lie from what was predicted, on average, beyond what chance alone
 * would do to a perfect forecaster (the mean absolute deviation of a binomial share): with few runs in a bin, that is much.
 */
function calibrationError({ reliability, model }: Evaluation): number {
  let error = 0;
  for (const { predicted, observed, runs } of reliability) {
    const byChance = Math.sqrt((2 * predicted * (1 - predicted)) / (Math.PI * runs));
    error += (runs / model.runs) * (Math.abs(predicted - observed) - byChance);
  }
  return Math.max(error, 0);
}
