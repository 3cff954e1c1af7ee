import assert from 'node:assert/strict';
import { test } from 'node:test';
import { instantOf, localTime } from '../../../webview-ui/zone.ts';

test('a clock shows the zone’s time', () => {
  assert.deepEqual(localTime(Date.UTC(2026, 6, 1, 22, 30), 'Europe/Madrid'), {
    year: 2026,
    month: 7,
    day: 2,
    hour: 0,
    minute: 30,
  });
});

test('an hour of a zone is found again on its clock, in summer, in winter and on the days between', () => {
  for (const zone of ['UTC', 'Europe/Madrid', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'])
    for (let day = 1; day <= 366; day++) {
      const at = instantOf({ year: 2026, month: 1, day, hour: 12 }, zone);
      const date = new Date(Date.UTC(2026, 0, day));
      const { year, month, day: dayThere, hour, minute } = localTime(at, zone);
      const expected = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), 12, 0];
      assert.deepEqual([year, month, dayThere, hour, minute], expected, `${zone}, day ${day}`);
    }
});

test('a midnight that a clock change skips stays within an hour of it', () => {
  // Beirut's clocks went from 2026-03-29 00:00 to 01:00.
  const at = instantOf({ year: 2026, month: 3, day: 29 }, 'Asia/Beirut');
  assert.ok(Math.abs(at - Date.UTC(2026, 2, 28, 22)) <= 3_600_000);
});
