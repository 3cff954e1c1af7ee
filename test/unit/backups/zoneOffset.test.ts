import assert from 'node:assert/strict';
import { test } from 'node:test';
import { zoneOffset } from '../../../src/backups/zoneOffset.ts';

const minuteMs = 60_000;

test('clocks ahead of UTC and behind it, in summer and in winter', () => {
  assert.equal(zoneOffset('UTC')(0), 0);
  assert.equal(zoneOffset('Asia/Kathmandu')(Date.UTC(2026, 0, 1)), 345 * minuteMs);
  assert.equal(zoneOffset('America/New_York')(Date.UTC(2026, 0, 1)), -300 * minuteMs);
  const berlin = zoneOffset('Europe/Berlin');
  assert.deepEqual(
    [Date.UTC(2026, 2, 29, 1) - 1, Date.UTC(2026, 2, 29, 1)].map(berlin),
    [60, 120].map((m) => m * minuteMs),
  );
});

test('seconds count, and so do years before the first', () => {
  assert.equal(zoneOffset('Africa/Monrovia')(0), -(44 * 60 + 30) * 1000);
  assert.equal(zoneOffset('UTC')(-8.64e15), 0);
  assert.equal(zoneOffset('UTC')(Date.UTC(-1, 5, 1)), 0);
});

test('a zone that does not exist is an error', () => {
  assert.throws(() => zoneOffset('Mars/Olympus'), RangeError);
});
