import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Prediction } from '../../../../src/backups/report.ts';
import { message } from '../../../../src/wording/message.ts';
import { contributionSteps } from '../../../../webview-ui/charts/contributionsChart.ts';
import { wordsFor } from '../../../../webview-ui/words.ts';

const words = wordsFor({ language: 'en', zone: 'UTC', templates: {} });

function predictionOf(contributions: number[]): Prediction {
  const reason = message('factor.other');
  return {
    failureProbability: contributions.reduce((sum, one) => sum + one, 0.1),
    interval: [0, 1],
    confidence: 'low',
    confidenceReason: reason,
    method: 'model',
    baseProbability: 0.1,
    riskFactors: contributions.map((contribution) => ({ name: 'some', message: reason, contribution })),
    recommendedActions: [],
    decision: { action: 'proceed', confidence: 'low', reason },
  };
}

const close = (actual: number, expected: number): void => assert.ok(Math.abs(actual - expected) < 1e-12, `${actual}`);

test('each bar begins where the one before it ends, from the base to the probability', () => {
  const steps = contributionSteps(predictionOf([0.3, -0.05]), words);
  assert.deepEqual(
    steps.map(({ kind }) => kind),
    ['base', 'up', 'down', 'total'],
  );
  const bounds = [0, 0.1, 0.1, 0.4, 0.4, 0.35, 0, 0.35];
  steps.flatMap(({ from, to }) => [from, to]).forEach((bound, i) => close(bound, bounds[i]!));
});

test('reasons beyond the eighth are one bar, and the sum stays exact', () => {
  const steps = contributionSteps(predictionOf([0.1, 0.09, 0.08, 0.07, 0.06, 0.05, 0.04, 0.03, 0.02, 0.01]), words);
  assert.equal(steps.length, 1 + 8 + 1);
  assert.equal(steps.at(-2)!.label, '3 smaller reasons');
  close(steps.at(-2)!.to, steps.at(-1)!.to);
});

test('without reasons the base is the probability', () => {
  const [base, total, ...more] = contributionSteps(predictionOf([]), words);
  assert.deepEqual([base!.to, total!.to, more], [0.1, 0.1, []]);
});
