import assert from 'node:assert/strict';
import { test } from 'node:test';
import { findNamed } from '../../../src/wording/findNamed.ts';

const names = ['web-01', 'web-011', 'db-dumps'];

test('a name written exactly wins over those that hold it', () => {
  assert.deepEqual(findNamed('web-01', names), { name: 'web-01' });
});

test('a part that fits one name is enough, in any case of letters', () => {
  assert.deepEqual(findNamed('DUMPS', names), { name: 'db-dumps' });
});

test('a part that fits several names leaves the choice among these', () => {
  assert.deepEqual(findNamed('web', names), { name: null, candidates: ['web-01', 'web-011'], ambiguous: true });
});

test('what fits none leaves the choice among all', () => {
  assert.deepEqual(findNamed('mail', names), { name: null, candidates: names, ambiguous: false });
});

test('nothing fits where there are no names', () => {
  assert.deepEqual(findNamed('mail', []), { name: null, candidates: [], ambiguous: false });
});
