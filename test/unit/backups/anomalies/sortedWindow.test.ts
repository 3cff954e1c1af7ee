import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median } from 'simple-statistics';
import { seededRandom } from '../../../../bench/simulateJob.ts';
import { SortedWindow } from '../../../../src/backups/anomalies/sortedWindow.ts';

test('agrees with the median of the last values, ties included', () => {
  const random = seededRandom(1);
  const values = Array.from({ length: 1000 }, () => Math.floor(random() * 20) - 10);
  for (const capacity of [1, 2, 7, 30, 300]) {
    const running = new SortedWindow(capacity);
    values.forEach((value, i) => {
      running.push(value);
      assert.equal(running.median, median(values.slice(Math.max(0, i + 1 - capacity), i + 1)));
    });
  }
});

test('is NaN while empty', () => {
  assert.ok(Number.isNaN(new SortedWindow(3).median));
});

test('counts the values from one up, ties included', () => {
  const recent = new SortedWindow(4);
  for (const value of [9, 1, 2, 2, 3]) recent.push(value);
  assert.deepEqual(
    [0, 1, 2, 2.5, 3, 4].map((value) => recent.countFrom(value)),
    [4, 4, 3, 1, 1, 0],
  );
});
