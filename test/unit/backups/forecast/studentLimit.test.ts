import assert from 'node:assert/strict';
import { test } from 'node:test';
import { studentLimit } from '../../../../src/backups/forecast/studentLimit.ts';

test('agrees with the printed table', () => {
  const table = { 3: 3.182, 4: 2.776, 5: 2.571, 7: 2.365, 10: 2.228, 30: 2.042, 120: 1.98 };
  for (const [freedom, limit] of Object.entries(table)) {
    assert.ok(
      Math.abs(studentLimit(Number(freedom)) / limit - 1) < 0.01,
      `${freedom}: ${studentLimit(Number(freedom))}`,
    );
  }
  assert.equal(studentLimit(Infinity), 1.959964);
});
