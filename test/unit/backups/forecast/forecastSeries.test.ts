import assert from 'node:assert/strict';
import { test } from 'node:test';
import { seededNormal, seededRandom } from '../../../../bench/simulateJob.ts';
import { forecastSeries } from '../../../../src/backups/forecast/forecastSeries.ts';

test('a constant series stays, with no width', () => {
  assert.deepEqual(forecastSeries([5, 5, 5, 5, 5, 5], { period: 1, horizon: 2 }), {
    point: [5, 5],
    lower: [5, 5],
    upper: [5, 5],
    model: 'constant',
  });
});

test('no values, no forecast; values that are not numbers are skipped', () => {
  assert.deepEqual(forecastSeries([NaN], { period: 1, horizon: 3 }).point, []);
  assert.deepEqual(forecastSeries([7, NaN, 7], { period: 1, horizon: 1 }).point, [7]);
});

test('a season goes on as it was', () => {
  const week = [10, 20, 30, 40, 50, 90, 5];
  const values = Array.from({ length: 70 }, (_, t) => 100 + week[t % 7]!);
  const { point } = forecastSeries(values, { period: 7, horizon: 7 });
  point.forEach((value, i) => assert.ok(Math.abs(value - (100 + week[i]!)) < 1, `day ${i}: ${value}`));
});

test('a season that nobody named is found', () => {
  const values = Array.from({ length: 150 }, (_, t) => 100 + 30 * Math.sin((2 * Math.PI * t) / 12));
  const { point, model } = forecastSeries(values, { period: 1, horizon: 12 });
  assert.match(model, /^seasonal/);
  point.forEach((value, i) =>
    assert.ok(Math.abs(value - (100 + 30 * Math.sin((2 * Math.PI * (150 + i)) / 12))) < 3, `step ${i}: ${value}`),
  );
});

test('a season that has changed counts as it is now', () => {
  const values = Array.from({ length: 700 }, (_, t) => (t % 7 === (t < 500 ? 2 : 5) ? 200 : 100));
  const { point } = forecastSeries(values, { period: 7, horizon: 7 });
  assert.deepEqual(
    point.map((value) => Math.round(value / 100)),
    [1, 1, 1, 1, 1, 2, 1],
  );
});

test('a steady line is followed most of the way', () => {
  const values = Array.from({ length: 100 }, (_, t) => 1000 + 10 * t);
  const { point } = forecastSeries(values, { period: 1, horizon: 10 });
  assert.ok(point[9]! > 2040 && point[9]! <= 2095, String(point[9]));
});

test('where little was tried, no model is preferred for little', () => {
  const normal = seededNormal(seededRandom(13));
  let heard = 0;
  for (let series = 0; series < 50; series++) {
    let level = 1000;
    const values = Array.from({ length: 30 }, () => (level += normal()));
    heard += forecastSeries(values, { period: 1, horizon: 13 }).model.split('+').length;
  }
  assert.ok(heard / 50 > 3, `${heard / 50} of five models, on average`);
});

test('what was never negative stays so, and the point lies within its interval', () => {
  const random = seededRandom(3);
  const values = Array.from({ length: 60 }, (_, t) => Math.max(0, 60 - 1.2 * t + 5 * random()));
  const { point, lower, upper } = forecastSeries(values, { period: 1, horizon: 30 });
  point.forEach((value, i) => assert.ok(lower[i]! >= 0 && lower[i]! <= value && value <= upper[i]!));
});

/** Share of the values after the first `known` that lie in their 95 % interval, of 200 random walks with drift. */
function coverageOfWalks(known: number, horizon: number): number {
  const normal = seededNormal(seededRandom(11));
  let covered = 0;
  for (let series = 0; series < 200; series++) {
    let level = 1000;
    const drift = 0.5 * normal();
    const values = Array.from({ length: known + horizon }, () => (level += drift + normal()));
    const { lower, upper } = forecastSeries(values.slice(0, known), { period: 1, horizon });
    values.slice(known).forEach((value, i) => (covered += value >= lower[i]! && value <= upper[i]! ? 1 : 0));
  }
  return covered / (200 * horizon);
}

test('intervals hold what they promise after a long history', () => {
  const share = coverageOfWalks(200, 13);
  assert.ok(share > 0.92 && share < 0.98, String(share));
});

test('intervals of distances that the history is too short to have tried are wide enough', () => {
  for (const [known, horizon] of [
    [20, 30],
    [45, 90],
    [120, 90],
  ] as const) {
    const share = coverageOfWalks(known, horizon);
    assert.ok(share > 0.9, `${known} values, ${horizon} ahead: ${share}`);
  }
});

test('an interval never narrows with the distance, and a storm of long ago does not widen it', () => {
  const normal = seededNormal(seededRandom(12));
  const values = Array.from({ length: 1000 }, (_, t) => 1000 + (t < 300 ? 100 : 1) * normal());
  const { lower, upper } = forecastSeries(values, { period: 1, horizon: 30 });
  const widths = upper.map((high, i) => high - lower[i]!);
  widths.forEach((width, i) => assert.ok(i === 0 || width >= widths[i - 1]! - 1e-9));
  assert.ok(widths[29]! < 10, String(widths[29]));
});

test('hours of the weekend go on as hours of the weekend, within an interval that holds', () => {
  const normal = seededNormal(seededRandom(11));
  let inside = 0;
  let error = 0;
  const [jobs, ahead] = [20, 48];
  for (let job = 0; job < jobs; job++) {
    const week = Array.from({ length: 168 }, () => 10 * normal());
    const values = Array.from({ length: 700 + ahead }, (_, t) => 1000 + week[t % 168]! + 3 * normal());
    const { point, lower, upper } = forecastSeries(values.slice(0, 700), { period: 24, horizon: ahead });
    values.slice(700).forEach((value, h) => {
      if (value >= lower[h]! && value <= upper[h]!) inside++;
      error += Math.abs(value - point[h]!);
    });
  }
  const coverage = inside / (jobs * ahead);
  assert.ok(coverage > 0.93 && coverage < 0.99, `${100 * coverage} % of the values are inside`);
  // Of noise alone it would be 2.4.
  assert.ok(error / (jobs * ahead) < 4, `${error / (jobs * ahead)} off on average`);
});
