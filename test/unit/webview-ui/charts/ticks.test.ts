import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatBytes } from '../../../../src/wording/format.ts';
import { roundTicks, timeTicks, type AxisUnit } from '../../../../webview-ui/charts/ticks.ts';

const gib = 1024 ** 3;
const tib = 1024 * gib;
const minuteMs = 60_000;
const dayMs = 86_400_000;

test('bytes are marked at round numbers of binary units', () => {
  assert.deepEqual(
    roundTicks(0, 2.5 * gib, 4, 'bytes').map((value) => value / gib),
    [0, 1, 2, 3],
  );
});

test('beyond a thousand of a unit the marks are quarters and halves of the next', () => {
  assert.deepEqual(
    roundTicks(0.9 * gib, 3 * gib, 5, 'bytes').map((value) => value / gib),
    [0.5, 1, 1.5, 2, 2.5, 3],
  );
  assert.deepEqual(
    roundTicks(0, 1100 * gib, 5, 'bytes').map((value) => value / gib),
    [0, 256, 512, 768, 1024, 1280],
  );
});

test('every mark in bytes reads as a round number', () => {
  for (let high = 3; high < 1e16; high *= 1.37)
    for (const value of roundTicks(0, high, 5, 'bytes'))
      assert.match(formatBytes(value, 'en'), /^(1,000|\d{1,3}|\d\.[25]5?|\d\.75) /);
});

test('small changes of a large size are marked in hundredths of its unit', () => {
  const marks = roundTicks(1.462 * tib, 1.498 * tib, 5, 'bytes').map(
    (value) => Math.round((value / tib) * 1000) / 1000,
  );
  assert.deepEqual(marks, [1.46, 1.47, 1.48, 1.49, 1.5]);
});

test('durations are marked at round numbers of seconds, minutes, hours or days', () => {
  assert.deepEqual(
    roundTicks(0, 52 * minuteMs, 5, 'duration').map((value) => value / minuteMs),
    [0, 15, 30, 45, 60],
  );
  assert.deepEqual(
    roundTicks(0, 4.2 * dayMs, 5, 'duration').map((value) => value / dayMs),
    [0, 1, 2, 3, 4, 5],
  );
});

test('marks cover the bounds, are evenly spaced, and are no more than asked for', () => {
  const cases: [number, number, AxisUnit][] = [
    [3.3e11, 5.1e11, 'bytes'],
    [1, 900, 'bytes'],
    [0, 17, 'duration'],
    [0.2, 0.9, 'number'],
    [-40, 35, 'number'],
    [0, 3e17, 'bytes'],
  ];
  for (const [low, high, unit] of cases) {
    const ticks = roundTicks(low, high, 5, unit);
    const steps = ticks.slice(1).map((value, i) => value - ticks[i]!);
    assert.ok(ticks[0]! <= low && ticks.at(-1)! >= high, `${unit} ${low} to ${high}: ${String(ticks)}`);
    assert.ok(ticks.length <= 6, `${unit}: ${ticks.length} ticks`);
    assert.ok(steps.every((step) => Math.abs(step - steps[0]!) < 1e-9 * Math.abs(high)));
  }
});

test('bounds that are equal still make an axis', () => {
  assert.equal(new Set(roundTicks(0, 0, 5, 'bytes')).size, 2);
  assert.equal(new Set(roundTicks(7, 7, 5, 'number')).size, 2);
});

const labels = (from: number, to: number, most: number, zone = 'UTC', language = 'en'): string[] =>
  timeTicks(from, to, most, zone, language).map(({ label }) => label);

test('months are marked on their first, and January carries the year', () => {
  assert.deepEqual(labels(Date.UTC(2025, 9, 20), Date.UTC(2026, 2, 5), 6), ['Nov', 'Dec', 'Jan 2026', 'Feb', 'Mar']);
});

test('weeks are marked on Mondays', () => {
  const ticks = timeTicks(Date.UTC(2026, 10, 1), Date.UTC(2026, 10, 30), 5, 'UTC', 'en');
  assert.deepEqual(
    ticks.map(({ value }) => new Date(value).getUTCDay()),
    [1, 1, 1, 1, 1],
  );
});

test('a day begins at the midnight of the zone, also on the days when its clocks change', () => {
  const ticks = timeTicks(Date.UTC(2026, 2, 27, 12), Date.UTC(2026, 2, 31, 12), 4, 'Europe/Madrid', 'en');
  assert.deepEqual(
    ticks.map(({ value }) => new Date(value).toISOString().slice(0, 16)),
    ['2026-03-27T23:00', '2026-03-28T23:00', '2026-03-29T22:00', '2026-03-30T22:00'],
  );
});

test('hours are marked within a day or two, and midnight tells the date', () => {
  assert.deepEqual(labels(Date.UTC(2026, 10, 3, 17), Date.UTC(2026, 10, 4, 7), 3), ['18:00', 'Nov 4', '06:00']);
});

test('many years are marked by years', () => {
  assert.deepEqual(labels(Date.UTC(2011, 4, 1), Date.UTC(2026, 4, 1), 4), ['2015', '2020', '2025']);
});

test('names of months are in the language', () => {
  assert.deepEqual(labels(Date.UTC(2026, 3, 20), Date.UTC(2026, 7, 5), 4, 'UTC', 'es'), ['may', 'jun', 'jul', 'ago']);
});

test('there is nothing to mark in no time, and never more marks than asked for', () => {
  assert.deepEqual(timeTicks(5, 5, 4, 'UTC', 'en'), []);
  for (const days of [0.1, 1, 3, 10, 45, 100, 400, 2000, 9000])
    for (const most of [2, 5, 9]) {
      const { length } = timeTicks(Date.UTC(2020, 1, 3, 4), Date.UTC(2020, 1, 3, 4) + days * dayMs, most, 'UTC', 'en');
      assert.ok(length <= most + 1, `${length} marks for ${days} days, at most ${most} wanted`);
    }
});
