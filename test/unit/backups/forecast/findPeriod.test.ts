import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededNormal, seededRandom } from '../../../../bench/simulateJob.ts';
import { findPeriod, withWeekdays } from '../../../../src/backups/forecast/findPeriod.ts';

const series = (length: number, value: (t: number) => number): Float64Array =>
  Float64Array.from({ length }, (_, t) => value(t));

test('finds the season under noise, growth and a jump', () => {
  const normal = seededNormal(seededRandom(5));
  const year = series(400, (t) => 10 * Math.sin((2 * Math.PI * t) / 52) + 0.3 * normal() + (t > 200 ? 500 : 0));
  assert.ok(Math.abs(findPeriod(year) - 52) <= 1, String(findPeriod(year)));
  const week = series(120, (t) => (t % 7 === 0 ? 50 : 10) + normal());
  assert.equal(findPeriod(week), 7);
});

test('noise, random walks and steady lines have none', () => {
  const normal = seededNormal(seededRandom(6));
  for (let tried = 0; tried < 100; tried++) {
    let level = 0;
    assert.equal(findPeriod(series(300, () => (level += normal()))), 1);
    assert.equal(findPeriod(series(300, normal)), 1);
  }
  assert.equal(findPeriod(series(300, (t) => 3 * t)), 1);
});

test('too few values have none', () => {
  for (const length of [0, 1, 2, 5, 8]) assert.equal(findPeriod(series(length, (t) => t % 3)), 1);
});

test('seven days make a season of their own where weekdays differ, and not where they do not', () => {
  const normal = seededNormal(seededRandom(7));
  const hours = series(24, () => 10 * normal());
  const weekend = (t: number): number => (Math.floor(t / 24) % 7 > 4 ? 0.3 : 1);
  const noise = series(700, normal);
  assert.equal(
    withWeekdays(
      series(700, (t) => weekend(t) * hours[t % 24]! + noise[t]!),
      24,
    ),
    168,
  );
  assert.equal(
    withWeekdays(
      series(700, (t) => hours[t % 24]! + noise[t]!),
      24,
    ),
    24,
  );
  assert.equal(
    withWeekdays(
      series(500, (t) => weekend(t) * hours[t % 24]!),
      24,
    ),
    24,
    'less than three weeks',
  );
  assert.equal(withWeekdays(noise, 1), 1);
});
