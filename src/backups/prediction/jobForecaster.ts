/** Predicts a job's runs one after the other, each before it is seen, and learns which of its predictors to trust. */
import type { BackupRun } from '../run.ts';
import { logOddsOf, trainFailureModel, type FailureModel } from './failureModel.ts';
import { featureCount } from './features.ts';
import { JobState, type PlannedRun } from './jobState.ts';
import { labelOf } from './labelOf.ts';
import type { WeekPosition } from '../history/localClock.ts';
import { vaguePrior, type RatePrior } from './rule.ts';
import { TrainingRows } from './trainingRows.ts';

/** The model waits for this much: below it, the rule is better (measured on public histories). */
export const fewestRuns = 50;
export const fewestOfEach = 5;
const trainingLimit = 3000;

/** What the predictors say, and how much each is trusted. Weights add up to 1. */
export interface Opinions {
  baseRate: number;
  rule: number;
  /** Null while there is too little to train on. */
  model: number | null;
  weights: { baseRate: number; rule: number; model: number };
  /** The weighted mean: the prediction. */
  mixed: number;
}

/** Trust before any run, and how much of it is handed out anew after each: what was best may change. */
const firstTrust = { baseRate: 0.15, rule: 0.85, model: 0 };
const modelTrust = 0.5;
const shared = 0.01;

export class JobForecaster {
  readonly id: string;
  readonly state: JobState;
  prior: RatePrior = vaguePrior;
  model: FailureModel | null = null;
  weights = { ...firstTrust };
  /** One entry a labelled run, in time order; probabilities are NaN where nothing came before. */
  readonly startedAt: (number | null)[] = [];
  readonly labels: number[] = [];
  readonly predicted: number[] = [];
  readonly baseRates: number[] = [];
  readonly #rows = new TrainingRows(featureCount, trainingLimit);
  readonly #row = new Float64Array(featureCount);
  readonly #growth: number;
  #nextTraining = fewestRuns;

  /** @param growth the model is trained again each time the history has grown by this factor. */
  constructor(id: string, clock: (at: number) => WeekPosition, growth = 1.1) {
    this.id = id;
    this.state = new JobState(clock);
    this.#growth = growth;
  }

  /** The features of a run that is still to come. */
  describe(planned: PlannedRun, prior = this.prior): Float64Array {
    const row = new Float64Array(featureCount);
    this.state.describe(row, 0, planned, prior);
    return row;
  }

  /**
   * What each predictor says of a described run.
   *
   * @param reportedFailures failures among the last runs that the logs do not tell of.
   */
  opinionsOn(row: Float64Array, prior = this.prior, reportedFailures = 0): Opinions {
    const baseRate = this.state.rule.baseRate(prior);
    const rule = this.state.rule.probability(prior, reportedFailures);
    const model = this.model && 1 / (1 + Math.exp(-logOddsOf(this.model, row)));
    const { weights } = this;
    const mixed = weights.baseRate * baseRate + weights.rule * rule + weights.model * (model ?? 0);
    return { baseRate, rule, model, weights: { ...weights }, mixed };
  }

  /** Predicts the run, then learns from how it ended. */
  observe(run: BackupRun): void {
    const label = labelOf(run);
    if (label !== null) {
      this.state.describe(this.#row, 0, { startsAt: run.startedAt }, this.prior);
      const opinions = this.opinionsOn(this.#row);
      const known = this.labels.length > 0 || this.prior !== vaguePrior;
      this.startedAt.push(run.startedAt);
      this.labels.push(label);
      this.predicted.push(known ? opinions.mixed : NaN);
      this.baseRates.push(known ? opinions.baseRate : NaN);
      this.#judge(opinions, label);
      this.#rows.add(this.#row, label);
    }
    this.state.observe(run);
    if (label !== null) this.#trainWhenDue();
  }

  // Bayes' rule over the predictors, with a small share handed out anew ("fixed share", Herbster and Warmuth 1998).
  #judge({ baseRate, rule, model }: Opinions, label: 0 | 1): void {
    const likelihood = (probability: number): number => (label === 1 ? probability : 1 - probability);
    const trust = {
      baseRate: this.weights.baseRate * likelihood(baseRate),
      rule: this.weights.rule * likelihood(rule),
      model: this.weights.model * (model === null ? 0 : likelihood(model)),
    };
    const total = trust.baseRate + trust.rule + trust.model;
    const start = model === null ? firstTrust : trustWithModel;
    const renew = (share: number, first: number): number => (1 - shared) * (share / total) + shared * first;
    this.weights = {
      baseRate: renew(trust.baseRate, start.baseRate),
      rule: renew(trust.rule, start.rule),
      model: renew(trust.model, start.model),
    };
  }

  #trainWhenDue(): void {
    const { labelled, failures } = this.state;
    if (labelled < this.#nextTraining || Math.min(failures, labelled - failures) < fewestOfEach) return;
    if (this.model === null) this.weights = mixTrust(this.weights, trustWithModel);
    this.model = trainFailureModel(this.#rows.view(), this.model);
    this.#nextTraining = Math.ceil(labelled * this.#growth);
  }
}

const trustWithModel = {
  baseRate: firstTrust.baseRate * (1 - modelTrust),
  rule: firstTrust.rule * (1 - modelTrust),
  model: modelTrust,
};

function mixTrust(trust: Opinions['weights'], start: Opinions['weights']): Opinions['weights'] {
  const rest = 1 - start.model;
  return { baseRate: trust.baseRate * rest, rule: trust.rule * rest, model: start.model };
}
