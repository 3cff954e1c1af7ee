import assert from 'node:assert/strict';
import { test } from 'node:test';
import { keepKnown } from '../../../../src/backups/history/keepKnown.ts';

test('an unchanged list is the earlier list', () => {
  const earlier = [{ at: { line: 1 }, also: [1, 2] }, { at: { line: NaN } }];
  assert.equal(keepKnown([{ at: { line: 1 }, also: [1, 2] }, { at: { line: NaN } }], earlier), earlier);
});

test('what is at the same place and the same keeps its object, the rest is new', () => {
  const earlier = [{ line: 1 }, { line: 2 }, { line: 3 }];
  const kept = keepKnown([{ line: 1 }, { line: 4 }, { line: 3 }, { line: 5 }], earlier);
  assert.deepEqual(kept, [{ line: 1 }, { line: 4 }, { line: 3 }, { line: 5 }]);
  assert.deepEqual(
    kept.map((value, n) => value === earlier[n]),
    [true, false, true, false],
  );
});

test('a shorter list, another field and a missing one are changes', () => {
  const earlier: { line: number; more?: number }[] = [{ line: 1 }, { line: 2 }];
  assert.notEqual(keepKnown([{ line: 1 }], earlier), earlier);
  assert.notEqual(keepKnown([{ line: 1 }, { line: 2, more: 1 }], earlier), earlier);
});
