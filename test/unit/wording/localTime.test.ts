import assert from 'node:assert/strict';
import { test } from 'node:test';
import { localTime } from '../../../src/wording/localTime.ts';

test('a zone has its own day and hour, before and after the clock goes back', () => {
  assert.deepEqual(localTime(Date.UTC(2026, 10, 24, 23, 5), 'Europe/Madrid'), {
    year: '2026',
    month: '11',
    day: '25',
    hour: '00',
    minute: '05',
  });
  assert.equal(localTime(Date.UTC(2026, 9, 25, 0, 30), 'Europe/Madrid').hour, '02');
  assert.equal(localTime(Date.UTC(2026, 9, 25, 1, 30), 'Europe/Madrid').hour, '02');
});

test('a zone that does not exist is an error', () => {
  assert.throws(() => localTime(0, 'Mars/Olympus'), RangeError);
});
