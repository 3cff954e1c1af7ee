import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  applyRetention,
  type RetainedSnapshot,
  type RetentionPolicy,
} from '../../../../src/configs/vault/retention.ts';

const snapshot = (at: string, more: Partial<RetainedSnapshot> = {}): RetainedSnapshot => ({
  id: at,
  name: 'app.yaml',
  createdAt: Date.parse(at),
  pinned: false,
  good: true,
  ...more,
});
const kept = (snapshots: RetainedSnapshot[], policy: RetentionPolicy, zone = 'UTC'): string[] =>
  applyRetention(snapshots, policy, zone)
    .filter(({ reasons }) => reasons.length > 0)
    .map(({ id }) => id);

test('each rule keeps the newest of its period, and any rule is enough', () => {
  const days = [
    '2026-11-20T01:00Z',
    '2026-11-21T01:00Z',
    '2026-11-21T05:00Z',
    '2026-11-22T01:00Z',
    '2026-11-22T09:00Z',
  ];
  const all = days.map((at) => snapshot(at));
  assert.deepEqual(kept(all, { last: 1 }), [days[4]]);
  assert.deepEqual(kept(all, { daily: 2 }), [days[2], days[4]]);
  assert.deepEqual(kept(all, { daily: 9 }), [days[0], days[2], days[4]]);
  assert.deepEqual(kept(all, { last: 2, daily: 2 }), [days[2], days[3], days[4]]);
  assert.deepEqual(applyRetention(all, { last: 1, yearly: 1 }, 'UTC')[4]!.reasons, ['newestGood', 'last', 'yearly']);
});

test('weeks are ISO weeks, also over the turn of the year', () => {
  const all = ['2026-12-27T12:00Z', '2026-12-28T12:00Z', '2027-01-03T12:00Z', '2027-01-04T12:00Z'].map((at) =>
    snapshot(at),
  );
  assert.deepEqual(kept(all, { weekly: 3 }), [all[0]!.id, all[2]!.id, all[3]!.id]);
  assert.deepEqual(kept(all, { yearly: 2 }), [all[1]!.id, all[3]!.id]);
});

test('days begin in the zone, and the hour that a clock change repeats counts twice', () => {
  const late = [snapshot('2026-11-21T23:30Z'), snapshot('2026-11-22T00:30Z')];
  assert.equal(kept(late, { daily: 2 }, 'UTC').length, 2);
  assert.deepEqual(kept(late, { daily: 2 }, 'Europe/Madrid'), [late[1]!.id]);
  const repeated = [snapshot('2026-10-25T00:30Z'), snapshot('2026-10-25T01:30Z')];
  assert.equal(kept(repeated, { hourly: 2 }, 'Europe/Madrid').length, 2);
});

test('a pinned snapshot stays, the newest good one stays, and no rule at all keeps everything', () => {
  const all = [
    snapshot('2026-01-01T00:00Z', { pinned: true }),
    snapshot('2026-02-01T00:00Z'),
    snapshot('2026-03-01T00:00Z'),
    snapshot('2026-04-01T00:00Z', { good: false }),
  ];
  assert.deepEqual(kept(all, { last: 1 }), [all[0]!.id, all[2]!.id]);
  assert.equal(kept(all, {}).length, 4);
  assert.equal(kept(all, { last: 0 }).length, 4);
  assert.deepEqual(
    applyRetention(all, { last: 1 }, 'UTC').map(({ reasons }) => reasons),
    [['pinned'], [], ['newestGood', 'last'], []],
  );
});

test('damaged snapshots go only when a good one stays', () => {
  const all = [snapshot('2026-03-01T00:00Z', { good: false }), snapshot('2026-04-01T00:00Z', { good: false })];
  assert.deepEqual(kept(all, { last: 5 }), [all[0]!.id, all[1]!.id]);
});

test('configurations are judged each by itself', () => {
  const all = [snapshot('2026-01-01T00:00Z', { name: 'a' }), snapshot('2026-02-01T00:00Z', { name: 'b' })];
  assert.equal(kept(all, { last: 1 }).length, 2);
});
