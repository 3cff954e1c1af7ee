import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dueDay, nextDueAt } from '../../../src/configs/dailySchedule.ts';

const at = (iso: string): number => Date.parse(iso);

test('a day is due from one o’clock', () => {
  assert.equal(dueDay(at('2026-11-24T00:59:59Z'), 'UTC'), '2026-11-23');
  assert.equal(dueDay(at('2026-11-24T01:00:00Z'), 'UTC'), '2026-11-24');
  assert.equal(dueDay(at('2026-03-01T00:30:00Z'), 'UTC'), '2026-02-28');
  assert.equal(dueDay(at('2026-11-23T19:15:00Z'), 'Asia/Kathmandu'), '2026-11-24', '01:00 there');
});

test('the next one is at one o’clock, in the zone', () => {
  assert.equal(nextDueAt(at('2026-11-24T00:20:00Z'), 'UTC'), at('2026-11-24T01:00:00Z'));
  assert.equal(nextDueAt(at('2026-11-24T01:00:00Z'), 'UTC'), at('2026-11-25T01:00:00Z'));
  assert.equal(nextDueAt(at('2026-11-24T01:00:00Z'), 'Asia/Kathmandu'), at('2026-11-24T19:15:00Z'));
});

test('a night with two o’clocks of one is one day', () => {
  // New York sets its clock back from 02:00 to 01:00 on 1 November 2026.
  const first = nextDueAt(at('2026-11-01T03:00:00Z'), 'America/New_York');
  assert.equal(first, at('2026-11-01T05:00:00Z'));
  assert.equal(dueDay(first, 'America/New_York'), '2026-11-01');
  assert.equal(dueDay(first + 3_600_000, 'America/New_York'), '2026-11-01', 'one o’clock again');
  assert.equal(nextDueAt(first, 'America/New_York'), at('2026-11-02T06:00:00Z'));
});

test('a night without one o’clock is a day too', () => {
  // The Azores set their clock forward from 00:00 to 01:00 on 29 March 2026, London from 01:00 to 02:00.
  assert.equal(nextDueAt(at('2026-03-28T22:00:00Z'), 'Atlantic/Azores'), at('2026-03-29T01:00:00Z'));
  assert.equal(nextDueAt(at('2026-03-28T22:00:00Z'), 'Europe/London'), at('2026-03-29T01:00:00Z'));
});
