/// <reference path="./mlLogisticRegression.d.ts" />
/**
 * Logistic regression, exact and fast, trained by ml-logistic-regression.
 *
 * The package's trainer is plain gradient descent without intercept or penalty. It becomes an exact one by what it is
 * given: an intercept column, the prior as pseudo-observations (penalization by data augmentation, Greenland and
 * Mansournia 2015, Statistics in Medicine 34), and whitened coordinates, in which a step of length 1 is a Newton step.
 * The coordinates are renewed as the fit moves. A step that makes things worse is damped: it is taken again under a bound
 * on the curvature, where it cannot.
 */
import LogisticRegressionTwoClasses from 'ml-logistic-regression/src/logreg_2classes.js';
import { boundingCurvature, WhitenedDesign, type Standpoint } from './whitenedDesign.ts';

/** Observations, one after the other in `rows`: `columns` features each, without the intercept. */
export interface TrainingSet {
  rows: Float64Array;
  columns: number;
  /** 0 (success) to 1 (failure), one an observation. */
  labels: Float64Array;
}

/** What is believed of the coefficients before any data: of the intercept first, then of each feature's. */
export interface CoefficientPrior {
  means: Float64Array;
  /** Standard deviations, above 0. */
  deviations: Float64Array;
}

/** A fitted model: the intercept first, then one coefficient a feature. */
export interface LogisticFit {
  coefficients: Float64Array;
  /** Posterior covariance of the coefficients (Laplace), row by row. */
  covariance: Float64Array;
}

const maxRounds = 200;
const manyObservations = 2000;

/**
 * Fits log-odds of failure to observations under a prior: the posterior's mode and its curvature there. With no
 * observations the prior comes back. Values must be finite.
 *
 * @param options.start coefficients to begin from, as those of an earlier fit; a first guess from the data when left out.
 * @param options.tolerance log-likelihood still to be gained at which the fit is done.
 * @example
 * const runs = { rows: Float64Array.of(0, 0, 1, 1), columns: 1, labels: Float64Array.of(0, 1, 1, 1) };
 * const prior = { means: new Float64Array(2), deviations: Float64Array.of(10, 10) };
 * fitLogisticRegression(runs, prior).coefficients[1] > 0 //=> true
 */
export function fitLogisticRegression(
  data: TrainingSet,
  prior: CoefficientPrior,
  options: { start?: Float64Array; tolerance?: number } = {},
): LogisticFit {
  const design = new WhitenedDesign(data, prior, options.start ?? firstGuess(data, prior));
  const tolerance = options.tolerance ?? 1e-13;
  for (let round = 0; round < maxRounds && design.squaredDecrement / 2 > tolerance; round++) {
    const from = design.here;
    let next = newtonStep(design);
    if (!(next.loss < from.loss)) {
      design.recenter(from, boundingCurvature);
      next = newtonStep(design);
    }
    if (next.loss < from.loss) design.recenter(next);
    else {
      // In double precision nothing is left to gain.
      design.recenter(from);
      break;
    }
  }
  return { coefficients: design.here.coefficients, covariance: design.covariance() };
}

/** Of many observations, every eighth already tells roughly where the optimum lies, at an eighth of the cost. */
function firstGuess(data: TrainingSet, prior: CoefficientPrior): Float64Array {
  const { rows, columns, labels } = data;
  if (labels.length < manyObservations) return prior.means;
  const sample: TrainingSet = {
    rows: new Float64Array(Math.ceil(labels.length / 8) * columns),
    columns,
    labels: labels.filter((_, i) => i % 8 === 0),
  };
  for (let k = 0; k < sample.labels.length; k++) {
    sample.rows.set(rows.subarray(k * 8 * columns, (k * 8 + 1) * columns), k * columns);
  }
  return fitLogisticRegression(sample, prior, { tolerance: 1e-3 }).coefficients;
}

/** One step of the package's trainer, of length 1, from the origin of the design. */
function newtonStep(design: WhitenedDesign): Standpoint {
  const trainer = new LogisticRegressionTwoClasses({ numSteps: 1, learningRate: 1 });
  trainer.train(design, design.targets);
  return design.measure(design.toCoefficients(trainer.weights));
}
