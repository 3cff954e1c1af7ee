import assert from 'node:assert/strict';
import { test } from 'node:test';
import { evaluate, walkForwardOf } from '../../../../src/backups/prediction/evaluate.ts';
import type { JobForecaster } from '../../../../src/backups/prediction/jobForecaster.ts';
import { learnJobs } from '../../../../src/backups/prediction/learnJobs.ts';
import { bursts, nightly, start } from './invented.ts';

const learn = (letters: string): JobForecaster => learnJobs([nightly(letters)], { zone: 'UTC' }).get('nightly')!;

test('each run is predicted from earlier ones only: a different future changes nothing before it', () => {
  const past = bursts(150);
  const good = walkForwardOf(learn(past + 's'.repeat(50))).slice(0, 151);
  const bad = walkForwardOf(learn(past + 'f'.repeat(50))).slice(0, 151);
  assert.deepEqual(
    good.map(({ probability }) => probability),
    bad.map(({ probability }) => probability),
  );
});

test('the first run has no probability, and every labelled run has its line', () => {
  const predictions = walkForwardOf(learn('sfpcs'));
  assert.deepEqual(
    predictions.map(({ failed }) => failed),
    [false, true, false],
  );
  assert.equal(predictions[0]!.probability, null);
  assert.equal(predictions[0]!.startedAt, start);
  assert.ok(predictions.slice(1).every(({ probability }) => probability !== null));
});

test('a job that fails in bursts: the model beats both baselines on the later half', () => {
  const scorecard = evaluate(learn(bursts(1000)))!;
  assert.equal(scorecard.model.runs, 500);
  assert.ok(scorecard.betterThanBaseRate);
  assert.ok(scorecard.model.logLoss < scorecard.baseRate.logLoss);
  assert.ok(scorecard.model.rocAuc! > 0.7);
  assert.ok(scorecard.model.brierSkill > 0.1);
  assert.equal(
    scorecard.reliability.reduce((sum, { runs }) => sum + runs, 0),
    500,
  );
});

test('too few runs get no scorecard', () => {
  assert.equal(evaluate(learn('sfs')), null);
  assert.equal(evaluate(learn('')), null);
});

test('a catalog of successes teaches nothing', () => {
  const catalog = { ...nightly('sss'), completeness: 'successes-only' as const };
  assert.equal(learnJobs([catalog], { zone: 'UTC' }).size, 0);
});
