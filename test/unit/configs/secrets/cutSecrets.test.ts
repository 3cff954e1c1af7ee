import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cutSecrets, fillIn } from '../../../../src/configs/secrets/cutSecrets.ts';

test('what is cut out stands in the values, the rest in the template', () => {
  const cut = cutSecrets('user=bob;pass=hunter2;x=1', [
    { start: 5, end: 8 },
    { start: 14, end: 21 },
  ]);
  assert.deepEqual(cut, { template: 'user=;pass=;x=1', offsets: [5, 11], values: ['bob', 'hunter2'] });
});

test('filling in gives the text again, with cuts at both ends and side by side', () => {
  const text = 'é😀\uFEFFab\r\n';
  const ranges = [
    { start: 0, end: 1 },
    { start: 1, end: 3 },
    { start: 6, end: 8 },
  ];
  const { template, offsets, values } = cutSecrets(text, ranges);
  assert.equal(template, '\uFEFFab');
  assert.equal(fillIn(template, offsets, values), text);
});

test('a value that looks like a placeholder is not searched for', () => {
  const text = 'a=ENC[0]\nb=ENC[1]\n';
  const { template, offsets, values } = cutSecrets(text, [{ start: 11, end: 17 }]);
  assert.equal(template, 'a=ENC[0]\nb=\n');
  assert.equal(fillIn(template, offsets, values), text);
});

test('ranges that overlap, run backwards or leave the text are refused', () => {
  for (const ranges of [
    [
      { start: 0, end: 3 },
      { start: 2, end: 4 },
    ],
    [
      { start: 3, end: 4 },
      { start: 0, end: 1 },
    ],
    [{ start: 2, end: 1 }],
    [{ start: 0, end: 9 }],
    [{ start: -1, end: 1 }],
    [{ start: Number.NaN, end: 1 }],
  ]) {
    assert.throws(() => cutSecrets('abcd', ranges), RangeError);
  }
});

test('offsets that fall or leave the template, and a missing value, are refused', () => {
  assert.throws(() => fillIn('ab', [2, 1], ['x', 'y']), RangeError);
  assert.throws(() => fillIn('ab', [3], ['x']), RangeError);
  assert.throws(() => fillIn('ab', [1], []), RangeError);
});
