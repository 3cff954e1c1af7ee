import assert from 'node:assert/strict';
import { test } from 'node:test';
import { epochOfNumber, StampReader } from '../../../../src/backups/logs/stamps.ts';
import { createZonedTime } from '../../../../src/backups/logs/zonedTime.ts';

const reader = (zone = 'UTC', fileTime: string | null = '2026-11-24T00:00Z'): StampReader =>
  new StampReader(createZonedTime(zone), fileTime === null ? null : Date.parse(fileTime));

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

test('a field that is a time', () => {
  const same = '2026-01-05T03:00:01.000Z';
  for (const text of [
    '2026-01-05T03:00:01Z',
    '2026-01-05 03:00:01',
    '2026/01/05 03:00:01',
    '2026-01-05_03:00:01',
    '2026-01-05T04:00:01+01:00',
    '2026-01-05 04:00:01+01',
    '2026-01-05T04:00:01+0100',
    '2026-01-05T04:00:01+01',
    '2026-01-05 04:00:01 +0100',
    '2026-01-05 03:00:01 UTC',
    '2026-01-05 04:00:01 CET',
    'Mon Jan  5 03:00:01 2026',
    'Mon Jan  5 03:00:01 UTC 2026',
    'Mon Jan  5 04:00:01 CET 2026',
    'Mon, 05 Jan 2026 04:00:01 +0100',
    'Mon 05 Jan 2026 03:00:01 AM UTC',
    'Mon, 2026-01-05 03:00:01',
    '05.01.2026 03:00:01',
    '20260105T030001Z',
    '20260105-030001',
    '1767582001',
    1767582001,
    1767582001000,
    1767582001000000,
  ]) {
    assert.equal(iso(reader().parse(text)), same, String(text));
  }
});

test('fractions of a second, with point or comma, of any length', () => {
  assert.equal(iso(reader().parse('2026-01-05T03:00:01.123456789Z')), '2026-01-05T03:00:01.123Z');
  assert.equal(iso(reader().parse('2026-01-05 03:00:01,785')), '2026-01-05T03:00:01.785Z');
  assert.equal(iso(reader().parse('2026-01-05T03:00')), '2026-01-05T03:00:00.000Z');
});

test('a date alone is its midnight in the zone', () => {
  assert.equal(iso(reader('Europe/Berlin').parse('2026-01-05')), '2026-01-04T23:00:00.000Z');
});

test('the afternoon of twelve-hour clocks', () => {
  assert.equal(iso(reader().parse('Mon Jan  5 12:30:00 AM UTC 2026')), '2026-01-05T00:30:00.000Z');
  assert.equal(iso(reader().parse('Mon Jan  5 12:30:00 PM UTC 2026')), '2026-01-05T12:30:00.000Z');
});

test('what is no time, or none that a log could hold', () => {
  for (const value of [
    '',
    'soon',
    '2026-13-05 03:00:01',
    '2026-01-05 25:00:01',
    '2026-1-5',
    '12',
    12,
    -5,
    NaN,
    Infinity,
    null,
    true,
    {},
    '0000-00-00 00:00:00',
    '9999-01-01T00:00:00Z',
    '1'.repeat(400),
  ]) {
    assert.equal(reader().parse(value), null, JSON.stringify(value));
  }
});

test('29 February, and the leap second', () => {
  assert.equal(iso(reader().parse('2028-02-29T00:00:00Z')), '2028-02-29T00:00:00.000Z');
  assert.equal(iso(reader().parse('2016-12-31T23:59:60Z')), '2017-01-01T00:00:00.000Z');
});

test('a stamp without a year takes the latest year that does not pass the time of the file', () => {
  const atNewYear = reader('UTC', '2027-01-02T00:00Z');
  assert.equal(iso(atNewYear.at('Dec 31 23:59:59 host', 0)!.at), '2026-12-31T23:59:59.000Z');
  assert.equal(iso(atNewYear.at('Jan  1 00:00:01 host', 0)!.at), '2027-01-01T00:00:01.000Z');
  assert.equal(reader('UTC', null).at('Dec 31 23:59:59 host', 0), null);
});

test('on the night the clocks go back, time goes on', () => {
  const berlin = reader('Europe/Berlin');
  const read = ['02:10', '02:50', '02:20', '02:50', '03:10'].map((time) => berlin.parse(`2026-10-25 ${time}:00`)!);
  const minutes = read.map((at) => (at - read[0]!) / 60_000);
  assert.deepEqual(minutes, [0, 40, 70, 100, 120]);
});

test('a stamp inside a line, and where it ends', () => {
  const found = reader().find('=== Backup started at 2026-01-05 03:00:01 ===')!;
  assert.equal(iso(found.at), '2026-01-05T03:00:01.000Z');
  assert.equal('=== Backup started at 2026-01-05 03:00:01 ==='.slice(found.end), ' ===');
  assert.equal(iso(reader().find('done on Mon Jan  5 03:00:01 UTC 2026.')!.at), '2026-01-05T03:00:01.000Z');
  assert.equal(reader().find('processed 41 files, 4.874 MiB in 0:00'), null);
});

test('a number is told by its size to be seconds, milliseconds, microseconds or nanoseconds', () => {
  const at = Date.UTC(2026, 0, 5);
  for (const scale of [1e-3, 1, 1e3, 1e6]) assert.equal(epochOfNumber(at * scale), at);
});

test('an offset of hours alone after a blank is one where a bracket follows, as Duplicati writes', () => {
  const line = '2026-01-05 04:00:01 -08 - [Information-Duplicati]: x';
  const found = reader().at(line, 0)!;
  assert.equal(iso(found.at), '2026-01-05T12:00:01.000Z');
  assert.equal(line.slice(found.end), ' - [Information-Duplicati]: x');
  assert.equal(iso(reader().at('2026-01-05 04:00:01 -08 files', 0)!.at), '2026-01-05T04:00:01.000Z');
});

test('dates with slashes and packed ones, inside a line', () => {
  const at = Date.UTC(2026, 5, 1, 14, 10, 37);
  const reader = (): StampReader => new StampReader(createZonedTime('UTC'), null);
  for (const text of [
    'Start: 06/01/2026 02:10:37 PM',
    'Start: 06/01/2026 14:10:37',
    '20260601-141037 begin',
    'x 20260601T141037Z',
  ])
    assert.equal(reader().find(text)?.at, at, text);
  // A day beyond the twelfth shows which stands first.
  const european = reader();
  assert.equal(european.find('31/05/2026 14:10:37')?.at, Date.UTC(2026, 4, 31, 14, 10, 37));
  assert.equal(european.find('01/06/2026 14:10:37')?.at, at);
  assert.equal(reader().find('backup-202606011410371 of 5'), null);
});
