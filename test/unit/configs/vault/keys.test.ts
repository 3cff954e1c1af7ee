import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { test } from 'node:test';
import { inspect } from 'node:util';
import { createDataKey, MasterKey } from '../../../../src/configs/vault/keys.ts';

const tampered = { name: 'VaultError', failure: 'tampered' };

test('a key survives its text form, and its id tells nothing but which key it is', () => {
  const key = MasterKey.create();
  const again = MasterKey.parse(`  ${key.reveal()}\n`);
  assert.equal(again.id, key.id);
  assert.match(key.id, /^[0-9a-f]{16}$/);
  assert.notEqual(MasterKey.create().id, key.id);
  assert.equal(again.reveal(), key.reveal());
});

test('no way of printing a key shows it', () => {
  const key = MasterKey.create();
  const secret = key.reveal().slice('bfkey1_'.length);
  for (const shown of [inspect(key, { depth: 9, showHidden: true }), JSON.stringify(key)])
    assert.ok(!shown.includes(secret.slice(0, 12)));
});

test('what is no key is refused without repeating it', () => {
  const text = MasterKey.create().reveal();
  const flipped = text.slice(0, 20) + (text[20] === 'A' ? 'B' : 'A') + text.slice(21);
  const wrong = [
    '',
    'hunter2-hunter2',
    text.slice(1),
    text.slice(0, -1),
    `${text}A`,
    flipped,
    text.replace('_', '-'),
    `${text}=`,
  ];
  for (const candidate of wrong)
    assert.throws(
      () => MasterKey.parse(candidate),
      (error: Error) => {
        assert.equal((error as unknown as { failure: string }).failure, 'keyMalformed');
        return candidate === '' || !error.message.includes(candidate);
      },
    );
});

test('a wrapped key opens for its store, purpose and owner only', () => {
  const master = MasterKey.create();
  const keys = master.forStore('store');
  const dataKey = createDataKey();
  const wrapped = keys.wrap(dataKey, 'snapshot', 'one');
  assert.deepEqual(keys.unwrap(wrapped, 'snapshot', 'one'), dataKey);
  assert.throws(() => keys.unwrap(wrapped, 'snapshot', 'two'), tampered);
  assert.throws(() => keys.unwrap(wrapped, 'fingerprint', 'one'), tampered);
  assert.throws(() => master.forStore('other').unwrap(wrapped, 'snapshot', 'one'), tampered);
  assert.throws(() => MasterKey.create().forStore('store').unwrap(wrapped, 'snapshot', 'one'), tampered);
});

test('a signature holds for its parts, however they are cut', () => {
  const keys = MasterKey.create().forStore('store');
  const signature = keys.sign(['head', 'ab', 'c']);
  assert.ok(keys.verify(signature, ['head', 'ab', 'c']));
  assert.ok(!keys.verify(signature, ['head', 'a', 'bc']));
  assert.ok(!keys.verify(signature, ['head', 'abc']));
  for (const wrong of [
    undefined,
    null,
    1,
    '',
    signature.slice(0, -1),
    `${signature}A`,
    `${signature}=`,
    randomBytes(32).toString('base64url'),
  ])
    assert.ok(!keys.verify(wrong, ['head', 'ab', 'c']));
});
