import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatKeyPath, parseKeyPath } from '../../../../src/configs/formats/keyPath.ts';
import type { KeyPath } from '../../../../src/configs/formats/scalarValue.ts';

test('every path reads back, and no two read the same', () => {
  const paths: KeyPath[] = [
    [],
    ['a'],
    ['a', 'b'],
    ['a.b'],
    ['a', 0],
    ['a', '0'],
    [0],
    [0, 1, 'x'],
    ['a[0]'],
    [''],
    ['a', ''],
    ['"'],
    ['\\'],
    ['__proto__', 'constructor'],
    ['a b', 'ключ', '\u202eabc', 'new\nline'],
    ['x'.repeat(10_000)],
  ];
  const texts = paths.map(formatKeyPath);
  assert.equal(new Set(texts).size, texts.length);
  texts.forEach((text, index) => assert.deepEqual(parseKeyPath(text), paths[index]));
});

test('what a person types is understood, and nonsense is not', () => {
  assert.deepEqual(parseKeyPath('my key.sub-key'), ['my key', 'sub-key']);
  for (const wrong of ['a..b', '.a', 'a.', 'a[', 'a[x]', 'a]', 'a."b', 'a.[0]', '"\\x"', 'a"b"'])
    assert.equal(parseKeyPath(wrong), null, wrong);
});
