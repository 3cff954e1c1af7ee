import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseQuietHours, quietMinutesLeft } from '../../../../src/vscode/alerts/quietHours.ts';

const left = (hours: string, at: string): number => {
  const [hour, minute] = at.split(':').map(Number);
  return quietMinutesLeft(parseQuietHours(hours) ?? null, hour! * 60 + minute!);
};

test('quiet hours of one day', () => {
  assert.equal(left('12:00-13:30', '11:59'), 0);
  assert.equal(left('12:00-13:30', '12:00'), 90);
  assert.equal(left('12:00-13:30', '13:29'), 1);
  assert.equal(left('12:00-13:30', '13:30'), 0);
});

test('quiet hours over midnight', () => {
  assert.equal(left('22:00–7:00', '23:00'), 8 * 60);
  assert.equal(left('22:00–7:00', '06:59'), 1);
  assert.equal(left('22:00–7:00', '07:00'), 0);
});

test('until midnight, and all day', () => {
  assert.equal(left('22:00-24:00', '23:59'), 1);
  assert.equal(left('22:00-24:00', '0:00'), 0);
  assert.equal(left('0:00-24:00', '15:00'), 9 * 60);
});

test('none are never', () => {
  assert.equal(parseQuietHours('  '), null);
  assert.equal(left('', '3:00'), 0);
});

test('what is no time is told apart from none', () => {
  for (const text of ['night', '22-7', '25:00-7:00', '22:60-7:00', '22:00', '22:00-7:00 UTC'])
    assert.equal(parseQuietHours(text), undefined, text);
});
