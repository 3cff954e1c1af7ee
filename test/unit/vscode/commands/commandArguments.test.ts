import assert from 'node:assert/strict';
import { test } from 'node:test';
import { jobIdOf, sourceOf } from '../../../../src/vscode/commands/commandArguments.ts';

test('a place comes from a tree item or stands for itself', () => {
  const place = { path: '/a.log', line: 3, endLine: 5 };
  assert.deepEqual(sourceOf({ source: place }), place);
  assert.deepEqual(sourceOf(place), place);
});

test('lines that cannot be are put right', () => {
  assert.deepEqual(sourceOf({ path: '/a.log' }), { path: '/a.log', line: 1, endLine: 1 });
  assert.deepEqual(sourceOf({ path: '/a.log', line: 0 }), { path: '/a.log', line: 1, endLine: 1 });
  assert.deepEqual(sourceOf({ path: '/a.log', line: 9, endLine: 2 }), { path: '/a.log', line: 9, endLine: 9 });
});

test('a job comes from a tree item or stands for itself', () => {
  assert.equal(jobIdOf({ job: { id: 'etc' } }), 'etc');
  assert.equal(jobIdOf('etc'), 'etc');
});

test('anything else names nothing', () => {
  for (const argument of [undefined, null, 7, [], {}, { job: 'etc' }, { source: null }, { path: 7 }]) {
    assert.equal(sourceOf(argument), null);
    assert.equal(jobIdOf(argument), null);
  }
});
