/** The trained model of one job: logistic regression on its features, centred on the rule. */
import { featureCount, featureNames, features, type FactorName } from './features.ts';
import { fitLogisticRegression, type LogisticFit, type TrainingSet } from './logisticRegression.ts';

/** Standard deviations of the prior, in log-odds per standard deviation of the feature. */
const ruleDeviation = 0.4;
const signDeviation = 0.2;
const interceptDeviation = 1;
const tolerance = 1e-4;

/** Coefficients in the order of `features`, the averages they are counted from, and how sure they are. */
export interface FailureModel {
  fit: LogisticFit;
  /** Mean of each feature over the training rows: where an average run stands. */
  means: Float64Array;
  runs: number;
}

/**
 * Trains on labelled runs. A priori the log-odds are those of the rule; each sign has to earn its coefficient.
 * A feature that never varied keeps its prior and changes nothing.
 */
export function trainFailureModel(data: TrainingSet, earlier: FailureModel | null = null): FailureModel {
  const { means, deviations } = momentsOf(data);
  // A column that never varied would only cost time: it is left out of the fit.
  const used = featureNames.map((_, index) => index).filter((index) => deviations[index]! > 0);
  const rows = new Float64Array(data.labels.length * used.length);
  for (let i = 0, to = 0; i < data.labels.length; i++) {
    for (const index of used) rows[to++] = data.rows[i * featureCount + index]! - means[index]!;
  }
  const priorMeans = new Float64Array(used.length + 1);
  const priorDeviations = new Float64Array(used.length + 1);
  priorDeviations[0] = interceptDeviation;
  // Centring moves the prior's constant into the intercept.
  for (let index = 0; index < featureCount; index++) {
    priorMeans[0]! += features[featureNames[index]!].priorMean * means[index]!;
  }
  used.forEach((index, k) => {
    const { priorMean } = features[featureNames[index]!];
    priorMeans[k + 1] = priorMean;
    priorDeviations[k + 1] = (priorMean === 1 ? ruleDeviation : signDeviation) / deviations[index]!;
  });
  const start = earlier && priorMeans.map((mean, k) => (k === 0 ? mean : earlier.fit.coefficients[used[k - 1]! + 1]!));
  const fit = fitLogisticRegression(
    { rows, columns: used.length, labels: data.labels },
    { means: priorMeans, deviations: priorDeviations },
    start ? { start, tolerance } : { tolerance },
  );
  return { fit: spread(fit, used), means, runs: data.labels.length };
}

/** Puts the coefficients of the used columns in the places of all; the others keep their prior mean, and no variance. */
function spread(fit: LogisticFit, used: readonly number[]): LogisticFit {
  const size = featureCount + 1;
  const coefficients = Float64Array.of(0, ...featureNames.map((name) => features[name].priorMean));
  const covariance = new Float64Array(size * size);
  const places = [0, ...used.map((index) => index + 1)];
  places.forEach((place, a) => {
    coefficients[place] = fit.coefficients[a]!;
    places.forEach((other, b) => (covariance[place * size + other] = fit.covariance[a * places.length + b]!));
  });
  return { coefficients, covariance };
}

function momentsOf(data: TrainingSet): { means: Float64Array; deviations: Float64Array } {
  const { rows, columns, labels } = data;
  const means = new Float64Array(columns);
  const deviations = new Float64Array(columns);
  for (let i = 0, at = 0; i < labels.length; i++) for (let j = 0; j < columns; j++) means[j]! += rows[at++]!;
  for (let j = 0; j < columns; j++) means[j]! /= labels.length;
  for (let i = 0, at = 0; i < labels.length; i++) {
    for (let j = 0; j < columns; j++) deviations[j]! += (rows[at++]! - means[j]!) ** 2;
  }
  for (let j = 0; j < columns; j++) {
    const deviation = Math.sqrt(deviations[j]! / labels.length);
    // Rounding alone must not look like variation.
    deviations[j] = deviation > 1e-9 * (1 + Math.abs(means[j]!)) ? deviation : 0;
  }
  return { means, deviations };
}

/** Log-odds of failure of a described run. */
export function logOddsOf(model: FailureModel, row: Float64Array): number {
  let sum = model.fit.coefficients[0]!;
  for (let j = 0; j < row.length; j++) sum += model.fit.coefficients[j + 1]! * (row[j]! - model.means[j]!);
  return sum;
}

/** Variance of those log-odds. */
export function logOddsVariance(model: FailureModel, row: Float64Array): number {
  const size = row.length + 1;
  const at = (j: number): number => (j === 0 ? 1 : row[j - 1]! - model.means[j - 1]!);
  let sum = 0;
  for (let a = 0; a < size; a++) {
    for (let b = 0; b < size; b++) sum += at(a) * at(b) * model.fit.covariance[a * size + b]!;
  }
  return sum;
}

/** Terms of the log-odds by reason, each counted from the average run. The base rate is no reason: it is where one starts. */
export function contributionsTo(model: FailureModel, row: Float64Array): Map<FactorName, number> {
  const terms = new Map<FactorName, number>();
  featureNames.forEach((name, j) => {
    if (name === 'baseRate') return;
    const { factor } = features[name];
    const term = model.fit.coefficients[j + 1]! * (row[j]! - model.means[j]!);
    terms.set(factor, (terms.get(factor) ?? 0) + term);
  });
  return terms;
}
