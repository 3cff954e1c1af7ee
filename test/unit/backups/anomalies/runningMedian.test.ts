import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median } from 'simple-statistics';
import { seededRandom } from '../../../../bench/simulateJob.ts';
import { RunningMedian } from '../../../../src/backups/anomalies/runningMedian.ts';

test('agrees with the median of the last values, ties included', () => {
  const random = seededRandom(1);
  const values = Array.from({ length: 400 }, () => Math.floor(random() * 20) - 10);
  for (const capacity of [1, 2, 7, 30]) {
    const running = new RunningMedian(capacity);
    values.forEach((value, i) => {
      running.push(value);
      assert.equal(running.median, median(values.slice(Math.max(0, i + 1 - capacity), i + 1)));
    });
  }
});

test('is NaN while empty', () => {
  assert.ok(Number.isNaN(new RunningMedian(3).median));
});
