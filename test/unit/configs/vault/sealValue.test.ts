import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fingerprintContent, fingerprintValue } from '../../../../src/configs/vault/fingerprint.ts';
import { createDataKey } from '../../../../src/configs/vault/keys.ts';
import { openValue, paddedSize, sealValue, type ValuePlace } from '../../../../src/configs/vault/sealValue.ts';

const place: ValuePlace = { snapshotId: 's1', index: 0, document: 0, path: '["db",0,"password"]', style: 'plain' };
const bytes = (text: string): Buffer => Buffer.from(text, 'utf8');

test('every length comes back to the byte', () => {
  const key = createDataKey();
  for (const length of [0, 1, 11, 12, 13, 27, 28, 29, 4091, 4092, 4093, 100_000]) {
    const value = Buffer.alloc(length, 0xff);
    const sealed = sealValue(key, value, place);
    assert.deepEqual(openValue(key, sealed, place), value);
    assert.equal(Buffer.from(sealed.data, 'base64url').length, paddedSize(length));
  }
});

test('lengths fall into buckets', () => {
  assert.equal(paddedSize(0), 16);
  assert.equal(paddedSize(12), 16);
  assert.equal(paddedSize(13), 32);
  assert.equal(paddedSize(4092), 4096);
  assert.equal(paddedSize(4093), 8192);
});

test('the same value is never sealed the same way twice', () => {
  const key = createDataKey();
  const seals = Array.from({ length: 50 }, () => sealValue(key, bytes('hunter2'), place));
  assert.equal(new Set(seals.map((sealed) => sealed.iv)).size, 50);
  assert.equal(new Set(seals.map((sealed) => sealed.data)).size, 50);
});

test('a value moved to any other place does not open', () => {
  const key = createDataKey();
  const sealed = sealValue(key, bytes('hunter2'), place);
  const moved: Partial<ValuePlace>[] = [
    { snapshotId: 's2' },
    { index: 1 },
    { document: 1 },
    { path: '["db",1,"password"]' },
    { path: '["db","0","password"]' },
    { style: 'quoted' },
  ];
  for (const change of moved)
    assert.equal(openValue(key, sealed, { ...place, ...change }), null, JSON.stringify(change));
  assert.equal(openValue(createDataKey(), sealed, place), null);
});

test('a changed bit, a short tag and foreign characters are refused', () => {
  const key = createDataKey();
  const sealed = sealValue(key, bytes('hunter2'), place);
  for (const field of ['iv', 'data', 'tag'] as const) {
    const raw = Buffer.from(sealed[field], 'base64url');
    for (let bit = 0; bit < raw.length * 8; bit++) {
      const flipped = Buffer.from(raw);
      flipped[bit >> 3]! ^= 1 << (bit & 7);
      assert.equal(openValue(key, { ...sealed, [field]: flipped.toString('base64url') }, place), null);
    }
    for (const text of [
      sealed[field].slice(0, 8),
      '',
      `${sealed[field]}=`,
      `${sealed[field]} `,
      `${sealed[field]}AAAA`,
    ])
      assert.equal(openValue(key, { ...sealed, [field]: text }, place), null);
  }
});

test('fingerprints tell equal from changed, and nothing across keys, paths or configurations', () => {
  const key = createDataKey();
  const one = fingerprintValue(key, 'app.yaml', '["a"]', bytes('x'));
  assert.equal(fingerprintValue(key, 'app.yaml', '["a"]', bytes('x')), one);
  const others = [
    fingerprintValue(key, 'app.yaml', '["a"]', bytes('y')),
    fingerprintValue(key, 'app.yaml', '["b"]', bytes('x')),
    fingerprintValue(key, 'other.yaml', '["a"]', bytes('x')),
    fingerprintValue(createDataKey(), 'app.yaml', '["a"]', bytes('x')),
    fingerprintContent(key, 'app.yaml', bytes('x')),
  ];
  for (const other of others) assert.notEqual(other, one);
});
