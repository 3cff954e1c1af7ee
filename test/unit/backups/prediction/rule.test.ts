import assert from 'node:assert/strict';
import { test } from 'node:test';
import { RecencyRule, vaguePrior } from '../../../../src/backups/prediction/rule.ts';

function after(labels: readonly (0 | 1)[]): RecencyRule {
  const rule = new RecencyRule();
  for (const label of labels) rule.add(label, vaguePrior);
  return rule;
}

test('fewer than ten runs with both ends have a base rate and no rhythm', () => {
  const early = after([1, 0, 0, 0, 0]).probability(vaguePrior);
  assert.equal(early, 1.5 / 6);
  assert.equal(after([0, 0, 0, 0, 1]).probability(vaguePrior), early);
});

test('from ten runs on, what came last counts for more', () => {
  const good = after([1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0]).probability(vaguePrior);
  const bad = after([0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1]).probability(vaguePrior);
  assert.ok(good < 3.5 / 13 && bad > 3.5 / 13, `${good} ${bad}`);
});

test('a job that has only ever succeeded is trusted more than its base rate says, and the other way round', () => {
  const always = Array.from({ length: 8 }, () => 0 as const);
  const never = Array.from({ length: 8 }, () => 1 as const);
  assert.ok(after(always).probability(vaguePrior) < 0.5 / 9);
  assert.ok(after(never).probability(vaguePrior) > 8.5 / 9);
});
