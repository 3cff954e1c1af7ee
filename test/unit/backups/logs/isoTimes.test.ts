import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IsoTimes } from '../../../../src/backups/logs/isoTimes.ts';

const times = new IsoTimes();
const read = (text: string): number => times.read(Buffer.from(`"${text}"`), 1, text.length + 1);

test('times with a zone', () => {
  for (const text of [
    '2026-01-05T03:00:01Z',
    '2026-01-05T23:59:59.9Z',
    '2026-01-05T03:00:01.123+01:00',
    '2026-01-04T03:00:01.123456789-11:30',
    '1980-01-01T00:00:00Z',
    '2199-12-31T23:59:59Z',
    '2024-02-29T12:00:00Z',
  ])
    assert.equal(read(text), Math.floor(Date.parse(text)), text);
  assert.equal(read('2026-01-05T03:00:01+0100'), Date.UTC(2026, 0, 5, 2, 0, 1));
});

test('what is written in another way, or cannot be, is left to others', () => {
  for (const text of [
    '',
    '2026-01-05',
    '2026-01-05T03:00:01',
    '2026-01-05 03:00:01Z',
    '2026-01-05t03:00:01Z',
    '2026-01-05T03:00Z',
    '2026-01-05T03:00:01.Z',
    '2026-01-05T03:00:01.5',
    '2026-01-05T03:00:01ZZ',
    '2026-01-05T03:00:01+1',
    '2026-01-05T03:00:01+19:00',
    '2026-01-05T03:00:01 +01:00',
    '2026-13-05T03:00:01Z',
    '2026-00-05T03:00:01Z',
    '2026-01-32T03:00:01Z',
    '2026-01-05T24:00:00Z',
    '2026-01-05T03:00:60Z',
    '1979-12-31T23:59:59Z',
    '2200-01-01T00:00:00Z',
    '202x-01-05T03:00:01Z',
  ])
    assert.ok(Number.isNaN(read(text)), text);
});
