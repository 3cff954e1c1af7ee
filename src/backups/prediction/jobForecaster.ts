/** Predicts a job's runs one after the other, each before it is seen, and learns which of its predictors to trust. */
import { logit } from 'simple-statistics';
import type { WeekPosition } from '../history/localClock.ts';
import type { BackupRun } from '../run.ts';
import { ExcessModel } from './excessModel.ts';
import { FailureModel, type ModelOpinion } from './failureModel.ts';
import { featureCount } from './features.ts';
import type { JobPool, PoolKnowledge } from './jobPool.ts';
import { JobState, type PlannedRun } from './jobState.ts';
import { labelOf } from './labelOf.ts';
import { NumberList } from './numberList.ts';
import { vaguePrior, type RatePrior } from './rule.ts';
import { TrainingRows } from './trainingRows.ts';

/**
 * When the model is first heard, and at how many runs it is trusted like the rule, all else equal; later it is trusted
 * more. Before, the rule predicts better (measured on public histories), unless the signs are known from other jobs.
 */
const alone = { heardFrom: 20, halfTrust: 50 };
const taught = { heardFrom: 10, halfTrust: 20 };
/** Part of the trust that is handed out anew after each run: what was best may change. */
const renewed = 0.01;
/** The model is trained exactly at this many runs, and each time they have doubled; in between it learns run by run. */
const firstTraining = 50;
const trainingLimit = 2000;

/** What the predictors say of a run. */
export interface Opinions {
  baseRate: number;
  rule: number;
  model: ModelOpinion;
  /** How much the model is trusted against the rule, 0 to 1. */
  modelTrust: number;
  /** The weighted mean: the prediction. */
  mixed: number;
}

export class JobForecaster {
  readonly id: string;
  readonly state: JobState;
  readonly model = new FailureModel();
  readonly excess = new ExcessModel();
  prior: RatePrior = vaguePrior;
  /** One entry a labelled run, in time order: its start, NaN where none is known, and 1 for a failure or 0. */
  readonly startedAt: NumberList;
  readonly labels: NumberList;
  /** As predicted before the run was seen; NaN where nothing came before. */
  readonly predicted: NumberList;
  readonly baseRates: NumberList;
  readonly #rows: TrainingRows;
  readonly #row = new Float64Array(featureCount);
  #modelTrust = 0;
  readonly #pool: JobPool | null;
  #patience = alone;
  #nextTraining = firstTraining;

  /**
   * @param clock hour and weekday of a moment in the job's zone.
   * @param pool where the job's runs are to teach others.
   * @param expectedRuns how many runs it will learn from at first: room for them is made once.
   */
  constructor(id: string, clock: (at: number) => WeekPosition, pool: JobPool | null = null, expectedRuns = 0) {
    this.id = id;
    this.state = new JobState(clock);
    this.#pool = pool;
    this.startedAt = new NumberList(expectedRuns);
    this.labels = new NumberList(expectedRuns);
    this.predicted = new NumberList(expectedRuns);
    this.baseRates = new NumberList(expectedRuns);
    this.#rows = new TrainingRows(featureCount, trainingLimit, expectedRuns);
  }

  /** Takes up what other jobs have taught so far; returns what goes back to what was known before. */
  heed({ rate, coefficients }: PoolKnowledge): () => void {
    const before = {
      prior: this.prior,
      modelPrior: this.model.prior,
      patience: this.#patience,
      training: this.#nextTraining,
    };
    this.prior = rate;
    if (coefficients !== null) {
      this.model.prior = coefficients;
      this.#patience = taught;
      if (this.#nextTraining === firstTraining) this.#nextTraining = taught.heardFrom;
    }
    return () => {
      this.prior = before.prior;
      this.model.prior = before.modelPrior;
      this.#patience = before.patience;
      this.#nextTraining = before.training;
    };
  }

  /** The features of a run that is still to come. */
  describe(planned: PlannedRun, prior = this.prior): Float64Array {
    const row = new Float64Array(featureCount);
    this.state.describe(row, planned, prior);
    return row;
  }

  /** What each predictor says of a described run. */
  opinionsOn(row: Float64Array, prior = this.prior): Opinions {
    const rule = this.state.rule.probability(prior);
    const model = this.model.ask(row);
    const modelTrust = this.#isModelHeard() ? this.#modelTrust : 0;
    const mixed = (1 - modelTrust) * rule + modelTrust * model.probability;
    return { baseRate: this.state.rule.baseRate(prior), rule, model, modelTrust, mixed };
  }

  /** Predicts the run, then learns from how it ended. */
  observe(run: BackupRun): void {
    const label = labelOf(run);
    if (label !== null) this.#learn(run, label);
    this.state.observe(run, this.prior);
    if (label !== null) this.#trainWhenDue();
  }

  #learn(run: BackupRun, label: 0 | 1): void {
    const row = this.#row;
    this.state.describe(row, { startsAt: run.startedAt, given: run.given }, this.prior);
    const opinions = this.opinionsOn(row);
    const isKnown = this.labels.length > 0 || this.prior !== vaguePrior;
    this.startedAt.push(run.startedAt ?? NaN);
    this.labels.push(label);
    this.predicted.push(isKnown ? opinions.mixed : NaN);
    this.baseRates.push(isKnown ? opinions.baseRate : NaN);
    this.#judge(opinions, label);
    this.model.learn(row, label, opinions.model);
    this.excess.learn(this.state.excessOf(run), logit(opinions.mixed), label);
    this.#pool?.learn(this.id, this.state.rule.runs, row, label);
    this.#rows.add(row, label);
  }

  // Bayes' rule over the two, drawn a little towards what the length of the history alone would suggest.
  #judge({ rule, model }: Opinions, label: 0 | 1): void {
    const likelihood = (probability: number): number => (label === 1 ? probability : 1 - probability);
    const forRule = (1 - this.#modelTrust) * likelihood(rule);
    const forModel = this.#modelTrust * likelihood(model.probability);
    const { runs } = this.state.rule;
    const suggested = (runs + 1) / (runs + 1 + this.#patience.halfTrust);
    this.#modelTrust = this.#isModelHeard()
      ? (1 - renewed) * (forModel / (forRule + forModel)) + renewed * suggested
      : suggested;
  }

  // A job that has only ever ended one way leaves nothing to tell apart.
  #isModelHeard(): boolean {
    const { runs, failures } = this.state.rule;
    return runs >= this.#patience.heardFrom && failures > 0 && failures < runs;
  }

  #trainWhenDue(): void {
    const { runs } = this.state.rule;
    if (runs < this.#nextTraining) return;
    this.model.train(this.#rows);
    this.#nextTraining = 2 * runs;
  }
}
