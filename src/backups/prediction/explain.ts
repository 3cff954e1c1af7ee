/** Why a probability is what it is: exact contributions of each reason, in probability. */
import { logit } from 'simple-statistics';
import type { FailureModel } from './failureModel.ts';
import type { FactorName } from './features.ts';
import type { Opinions } from './jobForecaster.ts';

/** Change in probability by reason; `level` is what the model adds to every run alike. */
export type Contributions = Map<FactorName | 'level', number>;

/**
 * Splits `mixed − baseRate` exactly. In log-odds a logistic model is a sum, so a reason's share is its term; terms are
 * taken to probability by integrated gradients along the straight way from the base rate (Sundararajan and others
 * 2017), which for a logistic curve is each term times the mean slope on the way. The rule's whole difference is the
 * recent rate's. Both add up by how far each is trusted.
 */
export function explain(
  { baseRate, rule, model, modelTrust }: Opinions,
  by: FailureModel,
  row: Float64Array,
): Contributions {
  const result: Contributions = new Map([['recentRate', (1 - modelTrust) * (rule - baseRate)]]);
  if (modelTrust === 0) return result;
  const distance = logit(model.probability) - logit(baseRate);
  const slope = Math.abs(distance) > 1e-9 ? (model.probability - baseRate) / distance : baseRate * (1 - baseRate);
  // What the model is unsure of draws every term towards 0 alike.
  const damping = logit(model.probability) / (model.logOdds || 1);
  let explained = 0;
  const add = (factor: FactorName | 'level', term: number): void => {
    result.set(factor, (result.get(factor) ?? 0) + modelTrust * slope * term);
    explained += term;
  };
  for (const [factor, term] of by.termsOf(row)) add(factor, damping * term);
  add('level', distance - explained);
  return result;
}
