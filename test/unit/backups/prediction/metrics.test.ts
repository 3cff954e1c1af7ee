import assert from 'node:assert/strict';
import { test } from 'node:test';
import { measure, reliabilityOf } from '../../../../src/backups/prediction/metrics.ts';

const close = (actual: number | null, expected: number): void =>
  assert.ok(actual !== null && Math.abs(actual - expected) < 1e-9, `${actual} instead of ${expected}`);

test('scores four predictions as reckoned by hand', () => {
  const scored = { probabilities: [0.1, 0.4, 0.35, 0.8], labels: [0, 0, 1, 1] };
  const metrics = measure(scored, 0.25);
  close(metrics.logLoss, -(Math.log(0.9) + Math.log(0.6) + Math.log(0.35) + Math.log(0.8)) / 4);
  close(metrics.brier, (0.01 + 0.16 + 0.4225 + 0.04) / 4);
  close(metrics.brierSkill, 1 - (0.01 + 0.16 + 0.4225 + 0.04) / 4 / 0.25);
  // Of the four pairs of a failure and a success, three are in the right order.
  close(metrics.rocAuc, 0.75);
  // The failures stand first and third: precision 1 and 2/3, each for half of the recall.
  close(metrics.prAuc, (1 + 2 / 3) / 2);
});

test('equal probabilities are one group: their order says nothing', () => {
  const metrics = measure({ probabilities: [0.5, 0.5, 0.5, 0.5], labels: [1, 0, 0, 0] }, 0.25);
  close(metrics.rocAuc, 0.5);
  close(metrics.prAuc, 0.25);
});

test('with one outcome only, there are no curves', () => {
  const metrics = measure({ probabilities: [0.1, 0.2], labels: [0, 0] }, 0);
  assert.equal(metrics.rocAuc, null);
  assert.equal(metrics.prAuc, null);
  assert.equal(metrics.brierSkill, 0);
});

test('a sure mistake costs much, but not infinitely much', () => {
  close(measure({ probabilities: [1], labels: [0] }, 0).logLoss, -Math.log(1e-6));
});

test('without runs nothing is NaN', () => {
  const metrics = measure({ probabilities: [], labels: [] }, 0);
  assert.deepEqual([metrics.logLoss, metrics.brier, metrics.ece], [0, 0, 0]);
});

test('reliability: bins hold what was predicted and what came; the error is their weighted gap', () => {
  const scored = { probabilities: [0.12, 0.18, 0.9, 1], labels: [0, 1, 1, 1] };
  assert.deepEqual(
    reliabilityOf(scored).map(({ runs, observed }) => [runs, observed]),
    [
      [2, 0.5],
      [2, 1],
    ],
  );
  close(measure(scored, 0).ece, 0.5 * Math.abs(0.15 - 0.5) + 0.5 * Math.abs(0.95 - 1));
});
