import assert from 'node:assert/strict';
import { test } from 'node:test';
import { learnCadence } from '../../../../src/backups/history/cadence.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.UTC(2026, 5, 1, 2); // a Monday

const every = (interval: number, count: number): number[] =>
  Array.from({ length: count }, (_, n) => start + n * interval);

test('a nightly job: next, not yet late, late', () => {
  const times = every(day, 10);
  const last = times.at(-1)!;
  assert.deepEqual(learnCadence(times, last + hour), {
    medianIntervalMs: day,
    jitterMs: 0,
    nextExpectedAt: last + day,
    overdueMs: null,
    missedRuns: 0,
  });
  assert.equal(learnCadence(times, last + day + hour)!.overdueMs, null, 'within the grace');
  assert.equal(learnCadence(times, last + day + 3 * hour)!.overdueMs, 3 * hour);
});

test('working days: Friday is followed by Monday, and a weekend is not missed', () => {
  const times = every(day, 61).filter((at) => new Date(at).getUTCDay() % 6 !== 0);
  const friday = times.filter((at) => new Date(at).getUTCDay() === 5).at(-1)!;
  const untilFriday = times.filter((at) => at <= friday);
  const cadence = learnCadence(untilFriday, friday + 2 * day)!;
  assert.deepEqual([cadence.nextExpectedAt, cadence.overdueMs, cadence.missedRuns], [friday + 3 * day, null, 0]);
  const withoutOneTuesday = untilFriday.filter((at) => at !== start + 22 * day);
  assert.equal(new Date(start + 22 * day).getUTCDay(), 2);
  assert.equal(learnCadence(withoutOneTuesday, friday)!.missedRuns, 1);
});

test('gaps are counted in runs', () => {
  const times = every(day, 40).filter((_, n) => n !== 10 && n !== 20 && n !== 21 && n !== 22);
  assert.equal(learnCadence(times, times.at(-1)!)!.missedRuns, 4);
});

/** The missed runs of a schedule of which some were left out, by their place in it. */
const missedOf = (times: readonly number[], ...leftOut: number[]): number =>
  learnCadence(
    times.filter((_, n) => !leftOut.includes(n)),
    times.at(-1)!,
  )!.missedRuns;

test('what is missed before a weekend, and a night in a short history, is counted once', () => {
  const workdays = every(day, 120).filter((at) => new Date(at).getUTCDay() % 6 !== 0);
  const thursday = workdays.findIndex((at, n) => n > 20 && new Date(at).getUTCDay() === 4);
  assert.equal(missedOf(workdays, thursday, thursday + 1), 2);
  assert.equal(missedOf(workdays, thursday + 1, thursday + 2), 2);
  // Two of the four Tuesdays are left out: the interval after Monday is still a day.
  assert.equal(missedOf(every(day, 30), 8, 15), 2);
});

test('office hours: neither night nor weekend is missed, what is left out in them is', () => {
  const office = every(day, 90)
    .filter((at) => new Date(at).getUTCDay() % 6 !== 0)
    .flatMap((at) => [8, 10, 12, 14, 16, 18].map((n) => at + (n - 2) * hour));
  assert.equal(missedOf(office), 0);
  assert.equal(missedOf(office, 6, 40, 41, 200), 4);
  const friday = office.findLastIndex((at) => new Date(at).getUTCDay() === 5);
  const cadence = learnCadence(office.slice(0, friday + 1), office[friday]! + hour)!;
  assert.equal(cadence.nextExpectedAt, office[friday]! + 62 * hour);
});

test('twice a day at uneven hours: one left out is missed, the short interval is no retry', () => {
  const jitter = (n: number): number => ((n * 7919) % 60) * 30_000;
  const twice = every(day, 90).flatMap((at, n) => [at + jitter(n), at + 8 * hour + jitter(n + 31)]);
  assert.equal(missedOf(twice), 0);
  assert.equal(missedOf(twice, 33, 60, 61, 120), 4);
  const next = learnCadence(twice, twice.at(-1)!)!.nextExpectedAt!;
  assert.ok(Math.abs(next - start - 90 * day) < hour, new Date(next).toISOString());
});

test('a schedule that changed is not a gap', () => {
  const daily = every(day, 30);
  const hourly = Array.from({ length: 500 }, (_, n) => daily.at(-1)! + (n + 1) * hour);
  const cadence = learnCadence([...daily, ...hourly], hourly.at(-1)!)!;
  assert.deepEqual([cadence.medianIntervalMs, cadence.missedRuns], [hour, 0]);
});

test('a retry does not move the schedule', () => {
  const times = every(day, 10);
  const retried = [...times, times.at(-1)! + hour / 2];
  assert.equal(learnCadence(retried, retried.at(-1)!)!.nextExpectedAt, times.at(-1)! + day);
});

test('two runs a day at uneven hours', () => {
  const times = every(day, 20).flatMap((at) => [at, at + 6 * hour]);
  assert.equal(learnCadence(times, times.at(-1)!)!.nextExpectedAt, start + 20 * day);
  assert.equal(learnCadence(times.slice(0, -1), times.at(-1)! - hour)!.nextExpectedAt, times.at(-1)!);
});

test('jitter widens the grace, irregular jobs are never late, few runs tell nothing', () => {
  const jittered = every(day, 30).map((at, n) => at + (n % 2 === 0 ? hour : -hour));
  const cadence = learnCadence(jittered, jittered.at(-1)! + day + 4 * hour)!;
  assert.ok(cadence.jitterMs > hour, String(cadence.jitterMs / hour));
  assert.equal(cadence.overdueMs, null);
  const byHand = [0, 1, 9, 10, 30, 31, 80, 95].map((n) => start + n * day);
  assert.deepEqual(
    [learnCadence(byHand, start + 500 * day)!.nextExpectedAt, learnCadence(byHand, start + 500 * day)!.overdueMs],
    [null, null],
  );
  assert.equal(learnCadence([start, start + day], start), null);
  assert.equal(learnCadence([start, start, start, NaN], start), null);
  assert.equal(learnCadence([], start), null);
});
