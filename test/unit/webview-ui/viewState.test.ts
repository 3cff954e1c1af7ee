import assert from 'node:assert/strict';
import { test } from 'node:test';
import { openViewState, readViewState, type ViewState } from '../../../webview-ui/viewState.ts';

const chosen: ViewState = {
  job: 'etc',
  sort: { column: 'full', descending: false },
  allJobs: true,
  range: 'quarter',
  whatIf: { job: 'etc', weekday: 2, hour: null, size: -20, duration: 3 },
  openTables: ['duration', 'why'],
  scrollY: 420,
};

test('what was saved is read back', () => {
  assert.deepEqual(readViewState(structuredClone(chosen)), chosen);
});

test('nothing saved, and anything of the wrong kind, starts anew', () => {
  const initial = readViewState(undefined);
  assert.deepEqual(initial.sort, { column: 'risk', descending: true });
  for (const saved of [null, 7, 'text', [], { job: 5, sort: { column: 'constructor' }, range: 'century', scrollY: -1 }])
    assert.deepEqual(readViewState(saved), initial);
  const whatIf = { job: 'etc', weekday: 7, hour: 2.5, size: 21, duration: '3' };
  const asExpected = { job: 'etc', weekday: null, hour: null, size: 0, duration: 0 };
  assert.deepEqual(readViewState({ whatIf }).whatIf, asExpected);
  assert.equal(readViewState({ whatIf: { hour: 3 } }).whatIf, null);
  assert.deepEqual(readViewState({ openTables: ['size', 4, null] }).openTables, ['size']);
});

test('every change is written through', () => {
  let saved: unknown = null;
  const store = openViewState({ getState: () => saved, setState: (state) => (saved = state) });
  store.update({ job: 'etc' });
  store.update({ allJobs: true });
  assert.deepEqual([readViewState(saved).job, readViewState(saved).allJobs], ['etc', true]);
  assert.equal(store.get().job, 'etc');
});
