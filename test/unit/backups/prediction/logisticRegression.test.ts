import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fitLogisticRegression } from '../../../../src/backups/prediction/logisticRegression.ts';

/** Found by scikit-learn, and by Newton's method in 50 digits; the script beside the file tells how. */
interface OracleCase {
  name: string;
  columns: number;
  rows: number[];
  labels: number[];
  priorMeans: number[];
  priorDeviations: number[];
  coefficients: number[];
}
const oracle = new URL('../../../fixtures/oracles/logisticRegression.json', import.meta.url);
const cases = JSON.parse(readFileSync(oracle, 'utf8')) as OracleCase[];

function inputsOf(given: OracleCase): Parameters<typeof fitLogisticRegression> {
  return [
    { rows: Float64Array.from(given.rows), columns: given.columns, labels: Float64Array.from(given.labels) },
    { means: Float64Array.from(given.priorMeans), deviations: Float64Array.from(given.priorDeviations) },
  ];
}

for (const given of cases) {
  test(`agrees with scikit-learn to 1e-6: ${given.name}`, () => {
    const { coefficients } = fitLogisticRegression(...inputsOf(given));
    given.coefficients.forEach((expected, j) => {
      const error = Math.abs(coefficients[j]! - expected);
      assert.ok(error <= 1e-6, `coefficient ${j}: ${coefficients[j]} instead of ${expected}`);
    });
  });
}

test('is found again from any start, however far', () => {
  for (const given of cases) {
    const [data, prior] = inputsOf(given);
    const far = Float64Array.from(given.coefficients, (_, j) => (j % 2 === 0 ? 30 : -30));
    const { coefficients } = fitLogisticRegression(data, prior, { start: far });
    given.coefficients.forEach((expected, j) => assert.ok(Math.abs(coefficients[j]! - expected) <= 1e-6, given.name));
  }
});

test('without observations gives the prior back', () => {
  const prior = { means: Float64Array.of(-2, 1), deviations: Float64Array.of(0.5, 2) };
  const nothing = { rows: new Float64Array(0), columns: 1, labels: new Float64Array(0) };
  const { coefficients, covariance } = fitLogisticRegression(nothing, prior);
  assert.deepEqual([...coefficients], [-2, 1]);
  [0.25, 0, 0, 4].forEach((expected, i) => assert.ok(Math.abs(covariance[i]! - expected) < 1e-12));
});

test('the covariance is the inverse of the curvature: for an intercept alone, 1 / (n·p·(1 − p))', () => {
  const labels = Float64Array.from({ length: 1000 }, (_, i) => (i % 4 === 0 ? 1 : 0));
  const prior = { means: new Float64Array(1), deviations: Float64Array.of(1e4) };
  const { coefficients, covariance } = fitLogisticRegression({ rows: new Float64Array(0), columns: 0, labels }, prior);
  assert.ok(Math.abs(coefficients[0]! - Math.log(1 / 3)) < 1e-6);
  assert.ok(Math.abs(covariance[0]! - 1 / (1000 * 0.25 * 0.75)) < 1e-6);
});

test('gives the same result every time', () => {
  const inputs = inputsOf(cases[0]!);
  assert.deepEqual(fitLogisticRegression(...inputs), fitLogisticRegression(...inputs));
});
