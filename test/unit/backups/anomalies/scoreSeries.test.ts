import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededNormal, seededRandom } from '../../../../bench/simulateJob.ts';
import { scoreSeries } from '../../../../src/backups/anomalies/scoreSeries.ts';

const times = (count: number): number[] => Array.from({ length: count }, (_, i) => i * 300_000);

test('a constant series scores nothing', () => {
  assert.deepEqual(scoreSeries(times(300), Array<number>(300).fill(45)), Array<number>(300).fill(0));
});

test('a spike, and a drop of the level, score highest', () => {
  const normal = seededNormal(seededRandom(5));
  for (const change of [(i: number) => (i === 700 ? 60 : 0), (i: number) => (i >= 700 ? -40 : 0)]) {
    const scores = scoreSeries(
      times(1000),
      times(1000).map((_, i) => 100 + 2 * normal() + change(i)),
    );
    const highest = scores.indexOf(Math.max(...scores));
    assert.ok(highest >= 700 && highest < 720, String(highest));
  }
});

test('a score depends on the past alone', () => {
  const normal = seededNormal(seededRandom(6));
  const values = times(800).map(() => 10 + normal());
  const whole = scoreSeries(times(800), values);
  assert.deepEqual(scoreSeries(times(500), values.slice(0, 500)), whole.slice(0, 500));
});

test('values that are not numbers score nothing and do no harm', () => {
  const scores = scoreSeries(times(5), [1, NaN, 2, Infinity, 3]);
  assert.equal(scores.length, 5);
  assert.ok(scores.every((score) => Number.isFinite(score)));
});
