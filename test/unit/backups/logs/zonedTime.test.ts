import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createZonedTime } from '../../../../src/backups/logs/zonedTime.ts';

const hourMs = 3_600_000;
const local = (text: string): number => Date.parse(`${text}Z`);

test('a local time is read with the offset of its own season', () => {
  const berlin = createZonedTime('Europe/Berlin');
  assert.equal(berlin.epochOf(local('2026-01-15T12:00')), Date.parse('2026-01-15T12:00+01:00'));
  assert.equal(berlin.epochOf(local('2026-07-15T12:00')), Date.parse('2026-07-15T12:00+02:00'));
  const kathmandu = createZonedTime('Asia/Kathmandu');
  assert.equal(kathmandu.epochOf(local('2026-07-15T12:00')), Date.parse('2026-07-15T12:00+05:45'));
});

test('a time that the clock skips is read as if it had not been put forward', () => {
  const berlin = createZonedTime('Europe/Berlin');
  assert.equal(berlin.epochOf(local('2026-03-29T02:30')), Date.parse('2026-03-29T03:30+02:00'));
  assert.equal(berlin.epochOf(local('2026-03-29T01:59')), Date.parse('2026-03-29T01:59+01:00'));
  assert.equal(berlin.epochOf(local('2026-03-29T03:00')), Date.parse('2026-03-29T03:00+02:00'));
});

test('a time that happens twice is the earlier one, unless the log has passed it already', () => {
  const berlin = createZonedTime('Europe/Berlin');
  const first = Date.parse('2026-10-25T02:30+02:00');
  assert.equal(berlin.epochOf(local('2026-10-25T02:30')), first);
  assert.equal(berlin.epochOf(local('2026-10-25T02:30'), first), first);
  assert.equal(berlin.epochOf(local('2026-10-25T02:30'), first + 1), first + hourMs);
  assert.equal(berlin.epochOf(local('2026-10-25T02:30'), first + 2 * hourMs), first, 'a log that goes back by a day');
});

test('half-hour shifts and shifts at midnight', () => {
  const lordHowe = createZonedTime('Australia/Lord_Howe');
  assert.equal(lordHowe.epochOf(local('2026-01-15T12:00')), Date.parse('2026-01-15T12:00+11:00'));
  assert.equal(lordHowe.epochOf(local('2026-07-15T12:00')), Date.parse('2026-07-15T12:00+10:30'));
  const cairo = createZonedTime('Africa/Cairo'); // forward on 2026-04-24 from 00:00 to 01:00
  assert.equal(cairo.epochOf(local('2026-04-24T00:30')), Date.parse('2026-04-24T01:30+03:00'));
});

test('every half hour of a year maps to the moment at which the zone shows it', () => {
  for (const zone of ['America/New_York', 'Europe/London', 'Asia/Tehran', 'Pacific/Apia']) {
    const zoned = createZonedTime(zone);
    const shown = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
    for (let at = Date.UTC(2026, 0, 1); at < Date.UTC(2027, 0, 1); at += hourMs / 2) {
      const asShown = local(shown.format(at).replace(' ', 'T'));
      const back = zoned.epochOf(asShown);
      assert.ok(back === at || zoned.epochOf(asShown, back + 1) === at, `${zone} ${new Date(at).toISOString()}`);
    }
  }
});

test('what is no zone counts as UTC, and what is no time stays none', () => {
  const nowhere = createZonedTime('Middle/Earth');
  assert.equal(nowhere.epochOf(5), 5);
  assert.ok(Number.isNaN(nowhere.epochOf(NaN)));
  assert.ok(Number.isNaN(createZonedTime('Europe/Berlin').epochOf(Infinity)));
});
