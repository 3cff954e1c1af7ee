/// <reference path="./mlLogisticRegression.d.ts" />
/** The design matrix of a logistic regression, in coordinates in which a gradient step is a Newton step. */
import type { Design } from 'ml-logistic-regression/src/logreg_2classes.js';
import { CholeskyDecomposition, Matrix, WrapperMatrix1D, type AbstractMatrix } from 'ml-matrix';
import type { CoefficientPrior, TrainingSet } from './logisticRegression.ts';

/** How many pseudo-observations stand for the prior of one coefficient: 2, of them one failure, is log-F(2,2). */
const pseudoObservations = 2;

/** A point in the space of coefficients, and what the data and the prior say there. */
export interface Standpoint {
  coefficients: Float64Array;
  /** Linear score of each row, prior rows last, and the probability it stands for. */
  scores: Float64Array;
  probabilities: Float64Array;
  /** Negative log-likelihood of observations and pseudo-observations. */
  loss: number;
}

type RowCurvature = (score: number, probability: number) => number;

/** Newton's; a little above 0, or far out nothing would be left to divide by. */
export const ownCurvature: RowCurvature = (_, probability) => Math.max(probability * (1 - probability), 1e-12);

/** Curvature of the parabola that touches the loss at a score and lies above it everywhere (Jaakkola and Jordan 2000). */
export const boundingCurvature: RowCurvature = (score, probability) =>
  Math.abs(score) < 1e-6 ? 0.25 : (probability - 0.5) / score;

/**
 * Rows of observations, an intercept before them, and one row of pseudo-observations a coefficient after them, seen from
 * a point: weights of 0 are that point's coefficients, and the rows are orthonormal under its curvature. Nothing of
 * this is written out as a matrix: the trainer asks only for products. With H = LLᵀ the curvature, a row x is seen as
 * L⁻¹x. (L is also what a QR decomposition of the weighted rows gives, at twenty times the cost.)
 */
export class WhitenedDesign implements Design {
  readonly columns: number;
  readonly targets: AbstractMatrix;
  /** Twice what a full Newton step from here is expected to gain in log-likelihood. */
  squaredDecrement = Infinity;
  readonly #data: TrainingSet;
  readonly #prior: CoefficientPrior;
  readonly #priorScales: Float64Array;
  readonly #labels: Float64Array;
  readonly #weights: Float64Array;
  #at: Standpoint;
  #factor: Float64Array = new Float64Array(0);

  constructor(data: TrainingSet, prior: CoefficientPrior, start: Float64Array) {
    const observations = data.labels.length;
    this.columns = data.columns + 1;
    this.#data = data;
    this.#prior = prior;
    // Curvature of the pseudo-observations at the prior's mean: pseudoObservations · scale² / 4 = 1 / deviation².
    this.#priorScales = prior.deviations.map((deviation) => 2 / (deviation * Math.sqrt(pseudoObservations)));
    this.#labels = new Float64Array(observations + this.columns).fill(0.5);
    this.#labels.set(data.labels);
    this.#weights = new Float64Array(observations + this.columns).fill(1);
    this.#weights.fill(pseudoObservations, observations);
    this.targets = new WrapperMatrix1D(this.#labels, { rows: this.#labels.length });
    this.#at = this.measure(start);
    this.recenter(this.#at);
  }

  get here(): Standpoint {
    return this.#at;
  }

  /** Scores and loss at given coefficients. */
  measure(coefficients: Float64Array): Standpoint {
    const scores = this.#product(coefficients);
    const observations = this.#data.labels.length;
    for (let j = 0; j < this.columns; j++) scores[observations + j]! -= this.#priorScales[j]! * this.#prior.means[j]!;
    const labels = this.#labels;
    const weights = this.#weights;
    const probabilities = new Float64Array(scores.length);
    let loss = 0;
    for (let i = 0; i < scores.length; i++) {
      const score = scores[i]!;
      const small = Math.exp(-Math.abs(score));
      probabilities[i] = (score >= 0 ? 1 : small) / (1 + small);
      loss += weights[i]! * (Math.log1p(small) + Math.max(score, 0) - labels[i]! * score);
    }
    return { coefficients, scores, probabilities, loss };
  }

  /**
   * Moves the origin to a point and makes the rows orthonormal there.
   *
   * @param weightOf how much a row curves the likelihood, from its score and probability: Newton's `ownCurvature`, or
   * `boundingCurvature`, under which a step cannot fail.
   */
  recenter(at: Standpoint, weightOf: RowCurvature = ownCurvature): void {
    this.#at = at;
    const { scores, probabilities } = at;
    const { rows, columns } = this.#data;
    const labels = this.#labels;
    const size = this.columns;
    const observations = this.#data.labels.length;
    const curvature = new Float64Array(size * size);
    const gradient = new Float64Array(size);
    // Four rows at a time: each cell of the curvature is then read and written a quarter as often. In the last four, rows
    // that there are not are the last one again, at weight 0.
    const last = observations - 1;
    const weights = new Float64Array(observations + 3);
    const residuals = new Float64Array(observations + 3);
    for (let i = 0; i < observations; i++) {
      weights[i] = weightOf(scores[i]!, probabilities[i]!);
      residuals[i] = labels[i]! - probabilities[i]!;
    }
    for (let i = 0; i < observations; i += 4) {
      const row0 = i * columns;
      const row1 = Math.min(i + 1, last) * columns;
      const row2 = Math.min(i + 2, last) * columns;
      const row3 = Math.min(i + 3, last) * columns;
      const weight0 = weights[i]!;
      const weight1 = weights[i + 1]!;
      const weight2 = weights[i + 2]!;
      const weight3 = weights[i + 3]!;
      gradient[0] = gradient[0]! + (residuals[i]! + residuals[i + 1]!) + (residuals[i + 2]! + residuals[i + 3]!);
      curvature[0] = curvature[0]! + (weight0 + weight1) + (weight2 + weight3);
      for (let a = 0, line = size; a < columns; a++, line += size) {
        const value0 = rows[row0 + a]!;
        const value1 = rows[row1 + a]!;
        const value2 = rows[row2 + a]!;
        const value3 = rows[row3 + a]!;
        // What only failures or partial runs tell is 0 in most rows.
        if (value0 === 0 && value1 === 0 && value2 === 0 && value3 === 0) continue;
        gradient[a + 1] =
          gradient[a + 1]! +
          (residuals[i]! * value0 + residuals[i + 1]! * value1) +
          (residuals[i + 2]! * value2 + residuals[i + 3]! * value3);
        const weighted0 = weight0 * value0;
        const weighted1 = weight1 * value1;
        const weighted2 = weight2 * value2;
        const weighted3 = weight3 * value3;
        curvature[line] = curvature[line]! + (weighted0 + weighted1) + (weighted2 + weighted3);
        for (let b = 0, cell = line + 1; b <= a; b++, cell++) {
          curvature[cell] =
            curvature[cell]! +
            (weighted0 * rows[row0 + b]! + weighted1 * rows[row1 + b]!) +
            (weighted2 * rows[row2 + b]! + weighted3 * rows[row3 + b]!);
        }
      }
    }
    for (let j = 0, i = observations; j < size; j++, i++) {
      const scale = this.#priorScales[j]!;
      gradient[j]! += pseudoObservations * (labels[i]! - probabilities[i]!) * scale;
      curvature[j * size + j]! += pseudoObservations * weightOf(scores[i]!, probabilities[i]!) * scale * scale;
    }
    this.#factor = choleskyFactor(curvature, size);
    const step = this.#solveLower(gradient);
    this.squaredDecrement = step.reduce((sum, value) => sum + value * value, 0);
  }

  /** What weights of the trainer mean as coefficients. */
  toCoefficients(weights: Matrix): Float64Array {
    const change = this.#solveUpper(weights.to1DArray());
    return change.map((value, j) => this.#at.coefficients[j]! + value);
  }

  /** Inverse of the curvature at the origin, row by row. */
  covariance(): Float64Array {
    const size = this.columns;
    const inverse = new Float64Array(size * size);
    for (let j = 0; j < size; j++) {
      const unit = new Float64Array(size);
      unit[j] = 1;
      inverse.set(this.#solveUpper(this.#solveLower(unit)), j * size);
    }
    return inverse;
  }

  /** Scores of all rows for a column of weights. */
  mmul(weights: Matrix): { to1DArray(): Float64Array } {
    const { scores } = this.#at;
    const values = weights.to1DArray();
    // The trainer starts from weights of 0, which stand for the point itself.
    if (values.every((value) => value === 0)) return { to1DArray: () => scores };
    const change = this.#product(this.#solveUpper(values));
    return { to1DArray: () => change.map((value, i) => value + scores[i]!) };
  }

  transpose(): { mmul(error: Matrix): Matrix } {
    return { mmul: (error) => Matrix.columnVector(this.#solveLower(this.#transposedProduct(error.to1DArray()))) };
  }

  #product(coefficients: Float64Array): Float64Array {
    const { rows, columns } = this.#data;
    const observations = this.#data.labels.length;
    const result = new Float64Array(observations + this.columns);
    const intercept = coefficients[0]!;
    const slopes = coefficients.subarray(1);
    for (let i = 0, row = 0; i < observations; i++, row += columns) {
      let sum = intercept;
      for (let a = 0; a < columns; a++) sum += slopes[a]! * rows[row + a]!;
      result[i] = sum;
    }
    for (let j = 0; j < this.columns; j++) result[observations + j] = this.#priorScales[j]! * coefficients[j]!;
    return result;
  }

  #transposedProduct(errors: ArrayLike<number>): Float64Array {
    const { rows, columns } = this.#data;
    const observations = this.#data.labels.length;
    const result = new Float64Array(this.columns);
    for (let i = 0, row = 0; i < observations; i++, row += columns) {
      const error = errors[i]!;
      result[0]! += error;
      for (let a = 0; a < columns; a++) result[a + 1]! += error * rows[row + a]!;
    }
    for (let j = 0; j < this.columns; j++) {
      result[j]! += pseudoObservations * errors[observations + j]! * this.#priorScales[j]!;
    }
    return result;
  }

  /** L⁻¹v */
  #solveLower(vector: ArrayLike<number>): Float64Array {
    const size = this.columns;
    const result = Float64Array.from(vector);
    for (let j = 0; j < size; j++) {
      let sum = result[j]!;
      for (let k = 0; k < j; k++) sum -= this.#factor[j * size + k]! * result[k]!;
      result[j] = sum / this.#factor[j * size + j]!;
    }
    return result;
  }

  /** L⁻ᵀv */
  #solveUpper(vector: ArrayLike<number>): Float64Array {
    const size = this.columns;
    const result = Float64Array.from(vector);
    for (let j = size - 1; j >= 0; j--) {
      let sum = result[j]!;
      for (let k = j + 1; k < size; k++) sum -= this.#factor[k * size + j]! * result[k]!;
      result[j] = sum / this.#factor[j * size + j]!;
    }
    return result;
  }
}

/** Lower triangular L with LLᵀ the symmetric matrix whose lower half is given. The prior keeps it positive definite. */
function choleskyFactor(lowerHalf: Float64Array, size: number): Float64Array {
  const full = new Matrix(size, size);
  for (let a = 0; a < size; a++) {
    for (let b = 0; b <= a; b++) {
      const value = lowerHalf[a * size + b]!;
      full.set(a, b, value);
      full.set(b, a, value);
    }
  }
  return Float64Array.from(new CholeskyDecomposition(full).lowerTriangularMatrix.to1DArray());
}
