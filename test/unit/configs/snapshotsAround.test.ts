import assert from 'node:assert/strict';
import { test } from 'node:test';
import { snapshotsAround } from '../../../src/configs/snapshotsAround.ts';
import type { SnapshotSummary } from '../../../src/configs/snapshotSummary.ts';

const at = (createdAt: number, name = 'a.yaml', type: SnapshotSummary['type'] = 'file'): SnapshotSummary => ({
  id: `${type} ${name} ${createdAt}`,
  type,
  name,
  createdAt,
  format: 'yaml',
  secrets: 0,
  changedKeys: null,
  pinned: false,
});

test('the last one up to the beginning, and the last one in the time', () => {
  const snapshots = [at(9), at(6), at(5), at(3), at(1)];
  assert.deepEqual(snapshotsAround(snapshots, { after: 3, until: 7 }), [{ before: at(3), after: at(6) }]);
});

test('each configuration by itself; one without an earlier snapshot, or without a change, is left out', () => {
  const snapshots = [at(1), at(5), at(1, 'b.yaml'), at(5, 'new.yaml'), at(1, 'APP_', 'env'), at(4, 'APP_', 'env')];
  assert.deepEqual(
    snapshotsAround(snapshots, { after: 2, until: 5 }).map(({ before, after }) => [before.id, after.id]),
    [
      ['file a.yaml 1', 'file a.yaml 5'],
      ['env APP_ 1', 'env APP_ 4'],
    ],
  );
});

test('what has the same name and another type is another configuration', () => {
  assert.deepEqual(snapshotsAround([at(1, 'x', 'env'), at(4, 'x', 'application')], { after: 2, until: 5 }), []);
});
