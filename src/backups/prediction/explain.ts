/** Why a probability is what it is: exact contributions of each reason, in probability. */
import { logit } from 'simple-statistics';
import { contributionsTo, type FailureModel } from './failureModel.ts';
import type { FactorName } from './features.ts';
import type { Opinions } from './jobForecaster.ts';

/** Change in probability by reason; `level` is what the model adds to every run alike. */
export type Contributions = Map<FactorName | 'level', number>;

/**
 * Splits `mixed − baseRate` exactly. In log-odds a logistic model is a sum, so a reason's share is its term; terms are
 * taken to probability by integrated gradients along the straight way from the base rate (Sundararajan and others
 * 2017), which for a logistic curve is each term times the mean slope on the way. The rule's whole difference is the
 * recent rate's. Shares of several predictors add up by their weights.
 */
export function explain(opinions: Opinions, model: FailureModel | null, row: Float64Array): Contributions {
  const { baseRate, weights } = opinions;
  const result: Contributions = new Map();
  const add = (factor: FactorName | 'level', change: number): void => {
    result.set(factor, (result.get(factor) ?? 0) + change);
  };
  add('recentRate', weights.rule * (opinions.rule - baseRate));
  if (model === null || opinions.model === null) return result;
  const baseLogOdds = logit(baseRate);
  const logOdds = logit(opinions.model);
  const distance = logOdds - baseLogOdds;
  const slope = Math.abs(distance) > 1e-9 ? (opinions.model - baseRate) / distance : baseRate * (1 - baseRate);
  let explained = 0;
  for (const [factor, term] of contributionsTo(model, row)) {
    add(factor, weights.model * slope * term);
    explained += term;
  }
  add('level', weights.model * slope * (distance - explained));
  return result;
}
