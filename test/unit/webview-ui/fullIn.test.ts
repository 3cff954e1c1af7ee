import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fullIn } from '../../../webview-ui/fullIn.ts';

test('a range is told in whole days that hold it', () => {
  assert.deepEqual(fullIn({ earliest: 41.7, latest: 60.2 }), { when: 'range', earliest: 41, latest: 61 });
});

test('it says now, perhaps never, or far away where a range would not be honest', () => {
  assert.deepEqual(fullIn({ earliest: 0, latest: 0 }), { when: 'now' });
  assert.deepEqual(fullIn({ earliest: 90, latest: null }), { when: 'from', earliest: 90 });
  assert.deepEqual(fullIn({ earliest: 2785, latest: null }), { when: 'far' });
  assert.equal(fullIn(null), null);
});
