/** The model of one job: logistic regression on its features, centered on the rule, kept current with every run. */
import { featureCount, featureNames, features, type FactorName } from './features.ts';
import { logistic } from './logistic.ts';
import { fitLogisticRegression, type CoefficientPrior } from './logisticRegression.ts';
import type { TrainingRows } from './trainingRows.ts';

const size = featureCount + 1;

/** Prior standard deviations, in log-odds per unit of a feature. */
const interceptDeviation = 0.3;
const signDeviation = 0.2;
/** Variance that a coefficient gains with each run, as a share of its prior's: what holds for a job drifts. */
const drift = 5e-5;
/** Share with which the averages of the features follow a run, once there are many. */
const meanForget = 5e-4;

/** Log-likelihood that a training may leave: far less than any coefficient is known to. */
const tolerance = 1e-4;

/** What is believed of the coefficients before any run: the log-odds are those of the rule, no sign changes them. */
export function rulePrior(): CoefficientPrior {
  return {
    means: Float64Array.of(0, ...featureNames.map((name) => features[name].priorMean)),
    deviations: new Float64Array(size).fill(signDeviation).fill(interceptDeviation, 0, 1),
  };
}

const ownPrior = rulePrior();

/** What the model says of a run. */
export interface ModelOpinion {
  /** Log-odds of failure, and their variance. */
  logOdds: number;
  variance: number;
  /** Failure probability with that variance taken into account: nearer to ½ than the log-odds alone. */
  probability: number;
}

/**
 * A posterior over coefficients: normal, with mean and covariance. `train` finds it exactly from many runs; `learn`
 * moves it on by one run in constant time, as a Kalman filter does (dynamic logistic regression, McCormick, Raftery,
 * Madigan and Burd 2012, Biometrics 68). The intercept comes first, then the features in their order.
 */
export class FailureModel {
  readonly coefficients: Float64Array;
  /** Row by row. It is symmetric: what stands above the diagonal is neither read nor kept up. */
  readonly covariance = new Float64Array(size * size);
  /** Average of each feature over the runs learned: where an average run stands. */
  readonly means = new Float64Array(featureCount);
  /** What `train` starts from. */
  prior: CoefficientPrior;
  readonly #reach = new Float64Array(size);
  #learned = 0;

  constructor(prior: CoefficientPrior = rulePrior()) {
    this.prior = prior;
    this.coefficients = prior.means.slice();
    for (let j = 0; j < size; j++) this.covariance[j * size + j] = prior.deviations[j]! ** 2;
  }

  /** A model that has learned the same, and goes on by itself. */
  copy(): FailureModel {
    const copy = new FailureModel(this.prior);
    copy.coefficients.set(this.coefficients);
    copy.covariance.set(this.covariance);
    copy.means.set(this.means);
    copy.#learned = this.#learned;
    return copy;
  }

  ask(row: Float64Array): ModelOpinion {
    const logOdds = this.#logOddsOf(row);
    const variance = this.#reachFrom(row);
    return { logOdds, variance, probability: logistic(logOdds / Math.sqrt(1 + (Math.PI * variance) / 8)) };
  }

  /**
   * Learns from one run.
   *
   * @param asked what `ask` has just said of this very row, the last one it was asked of: saves working it out again.
   */
  learn(row: Float64Array, label: number, asked: ModelOpinion = this.ask(row)): void {
    const { variance } = asked;
    const probability = logistic(asked.logOdds);
    const curvature = probability * (1 - probability);
    const gain = 1 / (1 + curvature * variance);
    const { coefficients, covariance } = this;
    const reach = this.#reach;
    for (let a = 0; a < size; a++) {
      if (reach[a] === 0) continue;
      coefficients[a]! += reach[a]! * gain * (label - probability);
      const shrink = curvature * gain * reach[a]!;
      const line = a * size;
      for (let b = 0; b <= a; b++) covariance[line + b]! -= shrink * reach[b]!;
    }
    for (let j = 0; j < size; j++) {
      const most = ownPrior.deviations[j]! ** 2;
      if (covariance[j * size + j]! < most) covariance[j * size + j]! += drift * most;
    }
    this.#learned++;
    const share = Math.max(1 / this.#learned, meanForget);
    for (let j = 0; j < featureCount; j++) this.means[j]! += share * (row[j]! - this.means[j]!);
  }

  /** Finds the posterior of the given runs exactly, in place of what was learned one by one. */
  train(runs: TrainingRows): void {
    // A column of zeros would only cost time: its coefficient keeps the prior.
    const used = runs.usedColumns();
    const places = [0, ...used.map((column) => column + 1)];
    const pick = (values: Float64Array): Float64Array => Float64Array.from(places, (place) => values[place]!);
    const prior = { means: pick(this.prior.means), deviations: pick(this.prior.deviations) };
    const fit = fitLogisticRegression(runs.select(used), prior, { start: pick(this.coefficients), tolerance });
    this.coefficients.set(this.prior.means);
    this.covariance.fill(0);
    for (let j = 0; j < size; j++) this.covariance[j * size + j] = this.prior.deviations[j]! ** 2;
    places.forEach((place, a) => {
      this.coefficients[place] = fit.coefficients[a]!;
      places.forEach((other, b) => (this.covariance[place * size + other] = fit.covariance[a * places.length + b]!));
    });
  }

  /** Terms of the log-odds by reason, each counted from the average run. The base rate is no reason: it is the start. */
  termsOf(row: Float64Array): Map<FactorName, number> {
    const terms = new Map<FactorName, number>();
    featureNames.forEach((name, j) => {
      if (name === 'baseRate') return;
      const { factor } = features[name];
      const term = this.coefficients[j + 1]! * (row[j]! - this.means[j]!);
      terms.set(factor, (terms.get(factor) ?? 0) + term);
    });
    return terms;
  }

  #logOddsOf(row: Float64Array): number {
    let sum = this.coefficients[0]!;
    for (let j = 0; j < featureCount; j++) sum += this.coefficients[j + 1]! * row[j]!;
    return sum;
  }

  /** Fills `#reach` with the covariance times the row, and returns the variance of the row's log-odds. */
  #reachFrom(row: Float64Array): number {
    const { covariance } = this;
    const reach = this.#reach;
    reach[0] = covariance[0]!;
    for (let a = 1; a < size; a++) {
      const line = a * size;
      const value = row[a - 1]!;
      let sum = covariance[line]!;
      if (value === 0) {
        for (let b = 1; b < a; b++) sum += row[b - 1]! * covariance[line + b]!;
        reach[a] = sum;
        continue;
      }
      reach[0] += value * sum;
      for (let b = 1; b < a; b++) {
        const cell = covariance[line + b]!;
        sum += row[b - 1]! * cell;
        reach[b]! += value * cell;
      }
      reach[a] = sum + value * covariance[line + a]!;
    }
    let variance = reach[0];
    for (let j = 0; j < featureCount; j++) variance += row[j]! * reach[j + 1]!;
    return variance;
  }
}
