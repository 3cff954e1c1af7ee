import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { MasterKey } from '../../../../src/configs/vault/keys.ts';
import { readKeyExport, writeKeyExport } from '../../../../src/configs/vault/keyExport.ts';
import { openRecovery, parseRecoverySlot, sealForRecovery } from '../../../../src/configs/vault/recovery.ts';
import { SnapshotStore } from '../../../../src/configs/vault/snapshotStore.ts';

const passphrase = 'caf\u00e9 at the corner';

test('the passphrase brings the key back, in whatever Unicode form it is typed, and nothing else does', async () => {
  const key = MasterKey.create();
  const slot = parseRecoverySlot(JSON.parse(JSON.stringify(await sealForRecovery(key, passphrase, 'store'))));
  assert.equal((await openRecovery(slot, passphrase.normalize('NFD'), 'store')).reveal(), key.reveal());
  const wrong = { name: 'VaultError', failure: 'passphraseWrong' };
  await assert.rejects(openRecovery(slot, 'cafe at the corner', 'store'), wrong);
  await assert.rejects(openRecovery({ ...slot, keyId: '0123456789abcdef' }, passphrase, 'store'), wrong);
});

test('a short passphrase is refused', async () => {
  await assert.rejects(sealForRecovery(MasterKey.create(), 'eleven char', 'store'), {
    name: 'VaultError',
    failure: 'passphraseTooShort',
  });
});

test('a slot that asks for too much, too little, or is no slot is refused before any work', async () => {
  const slot = await sealForRecovery(MasterKey.create(), passphrase, 'store');
  const bad: unknown[] = [
    null,
    'slot',
    {},
    { ...slot, kdf: 'pbkdf2' },
    ...[2 ** 30, 2 ** 19, 2 ** 14, 2 ** 17 + 1, -1, 0, NaN, '131072'].map((N) => ({ ...slot, N })),
    { ...slot, r: 1024 },
    { ...slot, p: 1024 },
    { ...slot, salt: 'short' },
    { ...slot, keyId: 'K' },
    { ...slot, sealed: { ...slot.sealed, tag: undefined } },
    { ...slot, sealed: { ...slot.sealed, extra: '' } },
  ];
  for (const value of bad)
    assert.throws(() => parseRecoverySlot(value), { name: 'VaultError', failure: 'recoveryMalformed' });
});

test('a hostile export and a hostile store are refused before scrypt takes any memory', async () => {
  const text = await writeKeyExport(MasterKey.create(), passphrase);
  const bomb = text.replace(`"N": ${2 ** 17}`, `"N": ${2 ** 30}`);
  assert.notEqual(bomb, text);
  const before = process.resourceUsage().maxRSS;
  await assert.rejects(readKeyExport(bomb, passphrase), { failure: 'recoveryMalformed' });
  assert.ok(process.resourceUsage().maxRSS - before < 64 * 1024, 'in KiB; the derivation would take a TiB');
  const folder = await mkdtemp(path.join(tmpdir(), 'bomb-'));
  const { slot } = JSON.parse(bomb) as { slot: object };
  const keyring = { storeId: '0'.repeat(32), keyId: '0'.repeat(16), recovery: slot };
  await writeFile(path.join(folder, 'keyring.json'), `${JSON.stringify(keyring)}\nsignature\n`);
  await assert.rejects(SnapshotStore.recoverKey(folder, passphrase), { failure: 'recoveryMalformed' });
  await rm(folder, { recursive: true });
});
