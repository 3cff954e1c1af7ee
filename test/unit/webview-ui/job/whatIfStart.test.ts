import assert from 'node:assert/strict';
import { test } from 'node:test';
import { whatIfStart } from '../../../../webview-ui/job/whatIfStart.ts';

const at = (text: string): number => Date.parse(text);
const now = at('2026-11-24T06:00Z'); // a Tuesday
const expected = at('2026-11-25T02:03Z'); // 03:03 in Madrid
const start = (weekday: number | null, hour: number | null, zone = 'Europe/Madrid'): string =>
  new Date(whatIfStart(expected, now, { weekday, hour }, zone)).toISOString().slice(0, 16);

test('nothing chosen is the expected start', () => assert.equal(start(null, null), '2026-11-25T02:03'));

test('another hour is on the day that is nearest to the expected start', () => {
  assert.equal(start(null, 6), '2026-11-25T05:03');
  assert.equal(start(null, 22), '2026-11-24T21:03');
});

test('no start lies before now', () => {
  assert.equal(start(1, 3), '2026-12-01T02:03'); // this Tuesday, 03:03 has passed
  assert.equal(start(1, 8), '2026-11-24T07:03');
});

test('another weekday keeps the hour', () => assert.equal(start(4, null), '2026-11-27T02:03'));

test('the hour is the clock’s also when it changes', () => {
  const summer = at('2026-10-24T01:00Z'); // 03:00, the day before the clock goes back
  assert.equal(
    new Date(whatIfStart(summer, summer, { weekday: 0, hour: null }, 'Europe/Madrid')).toISOString(),
    '2026-10-26T02:00:00.000Z',
  );
});
