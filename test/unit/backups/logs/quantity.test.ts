import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseClock, parseDuration, parseGrouped, parseSize } from '../../../../src/backups/logs/quantity.ts';

test('sizes as tools print them', () => {
  assert.equal(parseSize('0 B', 1024), 0);
  assert.equal(parseSize('4.874 MiB', 1000), Math.round(4.874 * 1024 ** 2));
  assert.equal(parseSize('5.11 MB', 1000), 5_110_000);
  assert.equal(parseSize('22.1MB', 1024), Math.round(22.1 * 1024 ** 2));
  assert.equal(parseSize('5,111,244 bytes', 1000), 5_111_244);
  assert.equal(parseSize('12K', 1024), 12_288);
  assert.equal(parseSize('1.5 TiB', 1000), 1.5 * 1024 ** 4);
  for (const text of ['', 'B', 'MiB', '-5 B', '1e9 B', 'lots', '5 files', '9'.repeat(30) + ' EiB']) {
    assert.equal(parseSize(text, 1000), null, text);
  }
});

test('thousands and decimals', () => {
  assert.equal(parseGrouped('1,234'), 1234);
  assert.equal(parseGrouped('1,234,567.5'), 1_234_567.5);
  assert.equal(parseGrouped('12,5'), 12.5);
  assert.equal(parseGrouped("1'234"), 1234);
  assert.equal(parseGrouped('1.234.567'), 1_234_567);
  assert.equal(parseGrouped('x'), null);
});

test('clock readings', () => {
  assert.equal(parseClock('0:00'), 0);
  assert.equal(parseClock('1:05'), 65_000);
  assert.equal(parseClock('1:02:03'), 3_723_000);
  assert.equal(parseClock('2.01:02:03.5'), 2 * 86_400_000 + 3_723_500);
  assert.equal(parseClock('12'), null);
});

test('durations in words', () => {
  assert.equal(parseDuration('0.01 seconds'), 10);
  assert.equal(parseDuration('2 minutes 1.50 seconds'), 121_500);
  assert.equal(parseDuration('1 hours 2 minutes 3.00 seconds'), 3_723_000);
  assert.equal(parseDuration('1h2m3.4s'), 3_723_400);
  assert.equal(parseDuration('850ms'), 850);
  assert.equal(parseDuration('12 min'), 720_000);
  assert.equal(parseDuration('1:30'), 90_000);
  assert.equal(parseDuration('later'), null);
  assert.equal(parseDuration(''), null);
});
