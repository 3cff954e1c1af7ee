import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calendarDays } from '../../../../webview-ui/charts/calendarDays.ts';
import { makeSeries } from './makeSeries.ts';

test('a run belongs to the day on which it started where the reader is', () => {
  const series = makeSeries([{ at: Date.UTC(2026, 10, 22, 23, 30) }]);
  const [day] = calendarDays(series, 'Europe/Madrid');
  assert.deepEqual([day!.year, day!.month, day!.day, day!.weekday], [2026, 11, 23, 0]);
});

test('days between the first run and the last are there, with or without runs', () => {
  const series = makeSeries([{ at: Date.UTC(2026, 1, 27, 2) }, { at: Date.UTC(2026, 2, 2, 2) }]);
  assert.deepEqual(
    calendarDays(series, 'UTC').map(({ month, day, worst }) => [month, day, worst?.run ?? null]),
    [
      [2, 27, 0],
      [2, 28, null],
      [3, 1, null],
      [3, 2, 1],
    ],
  );
});

test('a day is remembered for its worst run, and leads to the first that ended so', () => {
  const at = (hour: number): number => Date.UTC(2026, 4, 4, hour);
  const [day] = calendarDays(
    makeSeries([
      { at: at(1) },
      { at: at(2), outcome: 'partial' },
      { at: at(3), outcome: 'failure' },
      { at: at(4), outcome: 'failure' },
      { at: at(5) },
    ]),
    'UTC',
  );
  assert.deepEqual(day!.worst, { outcome: 'failure', run: 2 });
  assert.deepEqual(day!.outcomes, { success: 2, partial: 1, failure: 2 });
});

test('a day of 23 hours and one of 25 keep their runs', () => {
  for (const [month, date] of [
    [2, 29],
    [9, 25],
  ] as const) {
    const noon = Date.UTC(2026, month, date, 11);
    const series = makeSeries(Array.from({ length: 72 }, (_, i) => ({ at: noon + (i - 36) * 3_600_000 })));
    const days = calendarDays(series, 'Europe/Madrid');
    const hours = days.find(({ day }) => day === date)!.outcomes.success;
    assert.equal(hours, month === 2 ? 23 : 25);
  }
});

test('runs without a time are left out, and more than a year shows the last 366 days', () => {
  assert.deepEqual(calendarDays(makeSeries([{ at: null }]), 'UTC'), []);
  const days = calendarDays(
    makeSeries([{ at: Date.UTC(2020, 0, 1) }, { at: null }, { at: Date.UTC(2026, 0, 1) }]),
    'UTC',
  );
  assert.equal(days.length, 366);
  assert.equal(days.at(-1)!.worst?.run, 2);
  assert.ok(days.slice(0, -1).every(({ worst }) => worst === null));
});
