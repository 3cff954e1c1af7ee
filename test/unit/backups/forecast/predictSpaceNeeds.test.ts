import assert from 'node:assert/strict';
import { test } from 'node:test';
import { predictSpaceNeeds } from '../../../../src/backups/forecast/predictSpaceNeeds.ts';

test('a constant size is predicted as it is', () => {
  assert.deepEqual(predictSpaceNeeds([80, 80, 80, 80, 80, 80, 80], 30), {
    predictedSizeGb: 80,
    interval: [80, 80],
    confidence: 'medium',
    trend: 'flat',
  });
});

test('a growing size is predicted larger, with high confidence after a steady month', () => {
  const sizes = Array.from({ length: 60 }, (_, day) => 100 + day * 0.5 + (day % 2) * 0.1);
  const { predictedSizeGb, confidence, trend } = predictSpaceNeeds(sizes, 10);
  assert.ok(predictedSizeGb! > 131 && predictedSizeGb! < 136, String(predictedSizeGb));
  assert.deepEqual([confidence, trend], ['high', 'growing']);
});

test('nothing known, nothing predicted', () => {
  assert.deepEqual(predictSpaceNeeds([], 30), {
    predictedSizeGb: null,
    interval: null,
    confidence: 'low',
    trend: 'flat',
  });
});

test('two wildly different sizes give little confidence', () => {
  assert.equal(predictSpaceNeeds([10, 500], 30).confidence, 'low');
});
