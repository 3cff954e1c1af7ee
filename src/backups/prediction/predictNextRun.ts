/** The prediction for a job's next run: probability, interval, reasons, advice and decision. */
import { logit, probit } from 'simple-statistics';
import { message } from '../../wording/message.ts';
import type { Cadence, Evaluation, Prediction, PredictionMethod, RiskFactor } from '../report.ts';
import { confidenceOf } from './confidenceOf.ts';
import { evaluate } from './evaluate.ts';
import { explain } from './explain.ts';
import { factorMessage, type FactorSubject } from './factorMessage.ts';
import type { FactorName, GivenFactorName } from './features.ts';
import type { JobForecaster, Opinions } from './jobForecaster.ts';
import type { PlannedRun } from './jobState.ts';
import { isTime } from '../history/localClock.ts';
import type { BackupPlan, HistoricalContext } from './plan.ts';
import { recommendActions } from './recommendActions.ts';
import { vaguePrior, type RatePrior } from './rule.ts';

/** A job made ready for questions: learned, and scored. */
export interface PreparedJob {
  forecaster: JobForecaster;
  evaluation: Evaluation | null;
  cadence: Cadence | null;
}

export interface Question {
  /** UTC epoch milliseconds: a run that is overdue can start then at the earliest. Null when not known. */
  now: number | null;
  /** Probability above which the advice is to wait, 0 to 1. */
  maxRisk: number;
  plan?: BackupPlan;
  context?: HistoricalContext;
}

/** A success rate that comes with the question is worth this many runs: the job's own soon outweigh it. */
const contextRuns = 10;
/** A reason that changes the probability by less than this is not worth a line of its own. */
const smallestFactor = 0.005;
/** Variance of a rate of fourteen runs, for each p(1 − p). */
const toldVariance = 1 / 14;
const intervalMass = 0.9;
const gigabyte = 1e9;

/** The costly part, done once a job: after it, each question takes well under a millisecond. */
export function prepareJob(forecaster: JobForecaster, cadence: Cadence | null): PreparedJob {
  return { forecaster, cadence, evaluation: evaluate(forecaster) };
}

/**
 * Predicts the next run. Without a model the rule answers; with no runs at all, what came with the question or the
 * other jobs; where the scorecard shows no skill over the base rate, the base rate. Asking again with another hour,
 * size or duration is what-if: nothing is learned from questions.
 */
export function predictNextRun(job: PreparedJob, question: Question): Prediction {
  const { forecaster, evaluation } = job;
  const { state } = forecaster;
  const planned = plannedRun(job, question);
  const prior = priorFor(forecaster.prior, question.context);
  const reportedFailures = question.context?.recentFailures ?? 0;
  const row = forecaster.describe(planned, prior);
  const skilled = evaluation === null || evaluation.betterThanBaseRate;
  const opinions = forecaster.opinionsOn(row, prior);
  const { baseRate } = opinions;
  const known = skilled ? opinions.mixed : baseRate;
  const given = takeGiven(forecaster, planned, reportedFailures, known);
  const { probability } = given;
  const interval = intervalAround(probability, given.varianceFrom(varianceOf(forecaster, opinions, known, prior)));
  const subject: FactorSubject = { state, planned, prior, reportedFailures };
  const explained = skilled ? [...explain(opinions, forecaster.model, row)] : [];
  const riskFactors = riskFactorsOf([...explained, ...given.contributions], subject);
  const { confidence, reason } =
    state.rule.runs > 0
      ? confidenceOf({ runs: state.rule.runs, interval, baseRate, evaluation })
      : { confidence: 'low' as const, reason: message(sourceWithoutRuns(forecaster, question.context)) };
  const proceed = probability <= question.maxRisk;
  return {
    failureProbability: probability,
    interval,
    confidence,
    confidenceReason: reason,
    method: skilled ? methodOf(opinions) : 'rule',
    baseProbability: baseRate,
    riskFactors,
    recommendedActions: recommendActions(state, riskFactors, probability),
    decision: {
      action: proceed ? 'proceed' : 'delay_or_manual',
      confidence,
      reason: message(proceed ? 'decision.proceed' : 'decision.wait', { probability, limit: question.maxRisk }),
    },
  };
}

function plannedRun({ cadence }: PreparedJob, { now, plan, context }: Question): PlannedRun {
  const next = cadence?.nextExpectedAt ?? null;
  const usual = now === null ? next : Math.max(now, next ?? now);
  const startsAt = isTime(plan?.startsAt) ? plan.startsAt : usual;
  const planned: PlannedRun = { startsAt };
  if (isRate(context?.successRate)) planned.given = { previousSuccessRate: context.successRate };
  const sizeBytes = plan?.estimatedSizeBytes ?? (plan?.databaseSizeGb ?? 0) * gigabyte;
  if (sizeBytes > 0 && Number.isFinite(sizeBytes)) planned.sizeBytes = sizeBytes;
  const durationMs = (plan?.estimatedDurationSeconds ?? 0) * 1000;
  if (durationMs > 0 && Number.isFinite(durationMs)) planned.durationMs = durationMs;
  return planned;
}

function priorFor(prior: RatePrior, context: HistoricalContext | undefined): RatePrior {
  if (!isRate(context?.successRate)) return prior;
  const runs = prior.runs + contextRuns;
  return { rate: (prior.rate * prior.runs + (1 - context.successRate) * contextRuns) / runs, runs };
}

function isRate(value: number | undefined): value is number {
  return value !== undefined && value >= 0 && value <= 1;
}

function sourceWithoutRuns(
  forecaster: JobForecaster,
  context: HistoricalContext | undefined,
): 'confidence.givenOnly' | 'confidence.neighborsOnly' | 'confidence.nothingKnown' {
  if (context?.successRate !== undefined || context?.recentFailures !== undefined) return 'confidence.givenOnly';
  return forecaster.prior === vaguePrior ? 'confidence.nothingKnown' : 'confidence.neighborsOnly';
}

function methodOf({ modelTrust }: Opinions): PredictionMethod {
  return modelTrust < 0.05 ? 'rule' : modelTrust > 0.8 ? 'model' : 'blend';
}

/** A probability once what came with the question is taken in, and how it came to that. */
interface Given {
  probability: number;
  contributions: [GivenFactorName, number][];
  /** Variance of the probability, from that of the one before. */
  varianceFrom: (variance: number) => number;
}

/** Takes in reported failures, then a planned size, then a planned duration: each adds what it adds to those before. */
function takeGiven(
  { state, excess }: JobForecaster,
  planned: PlannedRun,
  reportedFailures: number,
  known: number,
): Given {
  const untold = state.rule.untoldFailures(reportedFailures);
  const reported = known + untold * (1 - known);
  const [size, duration] = state.excessOf(planned);
  const sized = excess.ask([size, 0], logit(reported)).probability;
  const { probability, variance } = excess.ask([size, duration], logit(reported));
  const steepness = (probability * (1 - probability)) / (reported * (1 - reported));
  const isPlanned = size > 0 || duration > 0;
  return {
    probability: isPlanned ? probability : reported,
    contributions: [
      ['reportedFailures', reported - known],
      ['plannedSize', size > 0 ? sized - reported : 0],
      ['plannedDuration', duration > 0 ? probability - (size > 0 ? sized : reported) : 0],
    ],
    varianceFrom(before) {
      // What was told is no surer than the runs whose place it takes.
      const ofTold = untold * reported * (1 - reported) * toldVariance;
      const ofKnown = before * (1 - untold) ** 2 + ofTold;
      return isPlanned ? ofKnown * steepness ** 2 + variance * (probability * (1 - probability)) ** 2 : ofKnown;
    },
  };
}

function riskFactorsOf(
  contributions: readonly [FactorName | GivenFactorName | 'level', number][],
  subject: FactorSubject,
): RiskFactor[] {
  const factors: RiskFactor[] = [];
  let other = 0;
  for (const [name, contribution] of contributions) {
    const said = name === 'level' || Math.abs(contribution) < smallestFactor ? null : factorMessage(name, subject);
    if (said) factors.push({ name, message: said, contribution });
    else other += contribution;
  }
  factors.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  if (other !== 0) factors.push({ name: 'other', message: message('factor.other'), contribution: other });
  return factors;
}

/**
 * Variance of the failure probability: that of a mixture, what each predictor is unsure of, and how far the two are
 * apart.
 */
function varianceOf(
  { state }: JobForecaster,
  { baseRate, rule, model, modelTrust }: Opinions,
  probability: number,
  prior: RatePrior,
): number {
  const ofRate = (rate: number, runs: number): number => (rate * (1 - rate)) / (runs + 1);
  const spread = (weight: number, said: number, variance: number): number =>
    weight * (variance + (said - probability) ** 2);
  if (probability === baseRate) return ofRate(baseRate, state.rule.runs + prior.runs);
  return (
    spread(1 - modelTrust, rule, ofRate(rule, state.rule.weight)) +
    spread(modelTrust, model.probability, model.variance * (model.probability * (1 - model.probability)) ** 2)
  );
}

/**
 * Wilson's score interval (1927) of as many runs as leave the variance that there is. It holds where an interval around
 * the estimate does not, near 0 and 1.
 */
function intervalAround(probability: number, variance: number): [number, number] {
  const runs = (probability * (1 - probability)) / variance;
  const z = probit((1 + intervalMass) / 2);
  const middle = (probability + z ** 2 / (2 * runs)) / (1 + z ** 2 / runs);
  const reach = (z / (1 + z ** 2 / runs)) * Math.sqrt(variance + (z / (2 * runs)) ** 2);
  return [Math.max(0, middle - reach), Math.min(1, middle + reach)];
}
