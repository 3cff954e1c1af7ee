import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decimate } from '../../../../webview-ui/charts/decimate.ts';

const range = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

test('few points are all kept', () => {
  assert.deepEqual(decimate(range(40), range(40), 10), range(40));
});

test('of many points every peak and the ends are kept', () => {
  const x = range(100_000);
  const y = x.map((i) => Math.sin(i / 50));
  y[31_415] = 9;
  y[27_182] = -9;
  const kept = decimate(x, y, 500);
  for (const index of [0, 31_415, 27_182, 99_999]) assert.ok(kept.includes(index), `${index} is missing`);
  assert.ok(kept.length <= 4 * 501, `${kept.length} points are kept`);
});

test('what is kept is in order and without doubles', () => {
  const x = range(5000).map((i) => Math.floor(i / 3));
  const kept = decimate(
    x,
    range(5000).map((i) => (i * 7919) % 101),
    100,
  );
  assert.ok(kept.every((index, i) => i === 0 || index > kept[i - 1]!));
});

test('points that all stand at one place are one stretch', () => {
  assert.deepEqual(
    decimate(
      range(100).map(() => 5),
      range(100).map((i) => (i === 40 ? 1 : i === 60 ? -1 : 0)),
      10,
    ),
    [0, 40, 60, 99],
  );
});

test('no points give no points', () => assert.deepEqual(decimate([], [], 10), []));
