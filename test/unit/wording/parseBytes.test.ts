import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseBytes } from '../../../src/wording/parseBytes.ts';

test('a size is read in decimal and binary units', () => {
  assert.equal(parseBytes('1048576'), 1_048_576);
  assert.equal(parseBytes('12 B'), 12);
  assert.equal(parseBytes('1 kB'), 1000);
  assert.equal(parseBytes('1.5 KiB'), 1536);
  assert.equal(parseBytes('2TB'), 2e12);
  assert.equal(parseBytes('2 tib'), 2 * 1024 ** 4);
  assert.equal(parseBytes(' 500G '), 500 * 1024 ** 3);
});

test('what is no size is refused', () => {
  for (const text of ['', 'lots', '-1 GB', '1,5 GB', '1 iB', 'GB', '0', '0.4 B', '1e3', '1 GBps', '1  GB'])
    assert.equal(parseBytes(text), null, JSON.stringify(text));
});
