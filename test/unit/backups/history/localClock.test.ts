import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localClock } from '../../../../src/backups/history/localClock.ts';

test('the epoch was a Thursday', () => {
  assert.deepEqual(localClock('UTC')(0), { day: 0, weekday: 3, hour: 0 });
  assert.deepEqual(localClock('UTC')(-1), { day: -1, weekday: 2, hour: 23 });
});

test('the zone moves the weekday, not only the hour', () => {
  const mondayMidnightUtc = Date.UTC(2026, 10, 23);
  assert.deepEqual(localClock('America/New_York')(mondayMidnightUtc), { day: 20779, weekday: 6, hour: 19 });
  assert.deepEqual(localClock('Asia/Kathmandu')(mondayMidnightUtc), { day: 20780, weekday: 0, hour: 5 });
});

test('on a day of changing clocks each hour has its own offset', () => {
  const clock = localClock('Europe/Berlin');
  assert.equal(clock(Date.UTC(2026, 2, 29, 0, 59)).hour, 1);
  assert.equal(clock(Date.UTC(2026, 2, 29, 1, 0)).hour, 3);
  assert.equal(clock(Date.UTC(2026, 9, 25, 0, 59)).hour, 2);
  assert.equal(clock(Date.UTC(2026, 9, 25, 1, 0)).hour, 2);
});

test('an unknown zone is refused', () => {
  assert.throws(() => localClock('Mars/Olympus'), RangeError);
});
