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

test('scores do not depend on the unit of the values', () => {
  const normal = seededNormal(seededRandom(7));
  const values = times(600).map((_, i) => Math.round(100 * normal() + (i === 500 ? 900 : 0)));
  const scaled = values.map((value) => value * 1024);
  assert.deepEqual(scoreSeries(times(600), scaled), scoreSeries(times(600), values));
});

test('a new level is told once, not for as long as it stays', () => {
  const normal = seededNormal(seededRandom(8));
  const scores = scoreSeries(
    times(2000),
    times(2000).map((_, i) => 10 + normal() + (i >= 1000 ? 30 : 0)),
  );
  const highest = Math.max(...scores);
  const later = scores.slice(1100).filter((score) => score >= highest / 2);
  assert.ok(scores[1000]! >= highest / 2);
  assert.equal(later.length, 0);
});

test('a night spike at noon is new although its value is not', () => {
  const normal = seededNormal(seededRandom(9));
  const minutes = 5 * 60_000;
  const perDay = 288;
  const daily = (i: number): number => (i % perDay >= 24 && i % perDay < 48 ? 90 : 20);
  const values = times(perDay * 14).map((_, i) => daily(i) + normal() + (i >= 3600 && i < 3624 ? 70 : 0));
  const scores = scoreSeries(
    values.map((_, i) => i * minutes),
    values,
  );
  const highest = scores.indexOf(Math.max(...scores.slice(perDay * 4)));
  assert.ok(highest >= 3600 && highest < 3640, String(highest));
});
