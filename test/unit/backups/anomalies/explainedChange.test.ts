import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededNormal, seededRandom } from '../../../../bench/simulateJob.ts';
import { ExplainedChange } from '../../../../src/backups/anomalies/explainedChange.ts';

const usualGib = 2;
const seconds = (gib: number): number => 60 + 60 * gib;

/** Of the time for so much data over that for the usual amount, the logarithm. */
const explained = (duration: ExplainedChange, gib: number): number => duration.of(gib) - duration.of(usualGib);

function learned(change: (seconds: number, run: number) => number): ExplainedChange {
  const duration = new ExplainedChange();
  for (let run = 0; run < 60; run++) {
    const gib = usualGib + ((run % 5) - 2) / 2;
    duration.learn(change(seconds(gib), run), gib);
  }
  return duration;
}

test('twice the data explains the time that its copying takes, whatever the fixed part', () => {
  const duration = learned((time) => time);
  for (const gib of [0, 1, 2, 4, 20]) {
    const expected = Math.log(seconds(gib) / seconds(usualGib));
    const found = explained(duration, gib);
    assert.ok(Math.abs(found - expected) < 0.1, `${gib} GiB: ${found} for ${expected}`);
  }
});

test('a few runs that hung do not change it', () => {
  const duration = learned((time, run) => (run % 13 === 12 ? 20 * time : time));
  const error = explained(duration, 4) - Math.log(seconds(4) / seconds(usualGib));
  assert.ok(Math.abs(error) < 0.1, String(error));
});

test('what does not depend on the cause is not explained by it', () => {
  const normal = seededNormal(seededRandom(3));
  const duration = learned(() => 180 * Math.exp(0.05 * normal()));
  assert.ok(Math.abs(duration.of(4)) < 0.06, String(duration.of(4)));
});

test('nothing is explained before five runs, nor by a cause that was always 0', () => {
  const duration = new ExplainedChange();
  for (let run = 0; run < 4; run++) duration.learn(seconds(run), run);
  assert.equal(duration.of(4), 0);
  const idle = new ExplainedChange();
  for (let run = 0; run < 20; run++) idle.learn(60, 0);
  assert.equal(idle.of(4), 0);
});
