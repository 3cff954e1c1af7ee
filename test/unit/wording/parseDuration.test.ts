import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDuration } from '../../../src/wording/parseDuration.ts';

const minute = 60_000;

const durations: [string, number][] = [
  ['45', 45 * minute],
  ['90 s', 90_000],
  ['90sec', 90_000],
  ['5 min', 5 * minute],
  ['1h 30m', 90 * minute],
  ['1H30M', 90 * minute],
  ['2.5 h', 150 * minute],
  ['1:30', 90 * minute],
  ['0:00:07', 7000],
  ['1d', 24 * 60 * minute],
];

for (const [text, expected] of durations)
  test(`"${text}" is a duration`, () => assert.equal(parseDuration(text), expected));

test('anything else is not', () => {
  for (const text of ['', 'soon', '0', '0 s', '-5', '1:75', '5 x', '1h foo', '9'.repeat(60)])
    assert.equal(parseDuration(text), null, text);
});
