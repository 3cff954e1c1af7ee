/** The part of ml-logistic-regression that is used: its trainer for two classes. The package brings no types. */
declare module 'ml-logistic-regression/src/logreg_2classes.js' {
  import type { AbstractMatrix, Matrix } from 'ml-matrix';

  /** What `train` asks of a design: real matrices have it, and so has a matrix that is never written out. */
  export interface Design {
    columns: number;
    mmul(weights: Matrix): { to1DArray(): ArrayLike<number> };
    transpose(): { mmul(error: Matrix): Matrix };
  }

  export default class LogisticRegressionTwoClasses {
    constructor(options: { numSteps: number; learningRate: number });
    weights: Matrix;
    train(features: Design, target: AbstractMatrix): void;
  }
}
