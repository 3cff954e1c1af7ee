/**
 * Keys that are missing, damaged, of another store, of another day or another window's: each is refused by name, and a
 * refusal leaves every file of the store as it was.
 */
import assert from 'node:assert/strict';
import { copyFile, cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { readKeyExport, writeKeyExport } from '../../../../src/configs/vault/keyExport.ts';
import { MasterKey } from '../../../../src/configs/vault/keys.ts';
import { openRecovery } from '../../../../src/configs/vault/recovery.ts';
import { SnapshotStore } from '../../../../src/configs/vault/snapshotStore.ts';
import type { VaultFailure } from '../../../../src/configs/vault/vaultError.ts';
import { failAtCall } from '../../files/failingFiles.ts';
import { backupOn, openQuickly as open } from './quickStore.ts';

const root = await mkdtemp(path.join(tmpdir(), 'key-trouble-'));
after(() => rm(root, { recursive: true, force: true }));

const passphrase = 'caf\u00e9 at the corner';

const key = MasterKey.create();
const [nextKey, otherKey] = [MasterKey.create(), MasterKey.create()];
const config = path.join(root, 'app.yaml');
await writeFile(config, 'password: hunter2\n');

async function newStore(name: string, masterKey: MasterKey): Promise<{ folder: string; id: string }> {
  const folder = path.join(root, name);
  const store = await open(folder, masterKey);
  const { snapshotId } = await backupOn(store).backupConfigFile(config);
  return { folder, id: snapshotId };
}
const { folder: plain, id } = await newStore('plain', key);
const { folder: foreign } = await newStore('foreign', otherKey);
const { folder: sibling } = await newStore('sibling', key);
await (await open(sibling, key)).setRecovery(passphrase);
const withPassphrase = path.join(root, 'with-passphrase');
await cp(plain, withPassphrase, { recursive: true });
await (await open(withPassphrase, key)).setRecovery(passphrase);
const exported = await writeKeyExport(key, passphrase);

/** Puts a store under `nextKey`. */
const rotate = async (folder: string): Promise<string[]> => (await open(folder, key)).rotate(nextKey);

async function copyOf(folder: string): Promise<string> {
  const copy = await mkdtemp(path.join(root, 'copy-'));
  await cp(folder, copy, { recursive: true });
  return copy;
}

/** A copy of a store that somebody changed. */
const changed = (folder: string, change: (copy: string) => Promise<unknown>) => async (): Promise<string> => {
  const copy = await copyOf(folder);
  await change(copy);
  return copy;
};

/** The plain store under `nextKey`. */
const rotated = changed(plain, rotate);

/** A rotation whose process dies at its n-th file call that counts. */
async function cutShort(at: number): Promise<string> {
  const folder = await copyOf(plain);
  const dying = await open(folder, key, failAtCall(at, 'EIO', 'dead')).catch(() => null);
  await dying?.rotate(nextKey).catch(() => undefined);
  return folder;
}
/** The first call at which the keyring is under the new key, and the snapshot not yet. */
async function findMiddle(): Promise<number> {
  for (let n = 1; n < 200; n++) {
    const { keyId } = await SnapshotStore.peek(await cutShort(n));
    if (keyId === nextKey.id) return n;
  }
  throw new Error('no rotation was cut short in the middle');
}
const middle = await findMiddle();

/** A window that opened the store before another put it under another key. */
async function lateWindow(): Promise<{ folder: string; window: SnapshotStore }> {
  const folder = await copyOf(plain);
  const window = await open(folder, key);
  await rotate(folder);
  return { folder, window };
}

/** What is tried on a folder, and how it is refused. */
interface Trouble {
  failure: VaultFailure;
  /** The store that has to stay as it is; a function when it is made for this case. */
  folder?: string | (() => Promise<string>);
  attempt: (folder: string) => unknown;
}

const parse = (text: string): Trouble => ({ failure: 'keyMalformed', attempt: () => MasterKey.parse(text) });
const typed = key.reveal();
const late = (attempt: (window: SnapshotStore) => Promise<unknown>): Trouble => {
  let window: SnapshotStore | null = null;
  return {
    failure: 'keyWrong',
    folder: async () => {
      const made = await lateWindow();
      window = made.window;
      return made.folder;
    },
    attempt: () => attempt(window!),
  };
};
const slot = async (folder: string): Promise<NonNullable<SnapshotStore['recovery']>> =>
  (await SnapshotStore.peek(folder)).recovery!;
/** A store whose recovery slot was changed by somebody. */
const withSlot = (change: object): (() => Promise<string>) =>
  changed(withPassphrase, async (folder) => {
    const file = path.join(folder, 'keyring.json');
    const [line, mac] = (await readFile(file, 'utf8')).split('\n');
    const keyring = JSON.parse(line!) as { recovery: object };
    keyring.recovery = { ...keyring.recovery, ...change };
    await writeFile(file, `${JSON.stringify(keyring)}\n${mac!}\n`);
  });

const troubles: Record<string, Trouble> = {
  'no text': parse(''),
  blanks: parse(' \n\t'),
  'a password in place of a key': parse('hunter2-hunter2-hunter2'),
  'a key without its beginning': parse(typed.slice(7)),
  'a key in capitals': parse(typed.toUpperCase()),
  'a key cut short': parse(typed.slice(0, -1)),
  'a key with a character more': parse(`${typed}A`),
  'a key with a character changed': parse(`${typed.slice(0, 20)}${typed[20] === 'A' ? 'B' : 'A'}${typed.slice(21)}`),
  'a key with two characters swapped': parse('bfkey1_' + swapUnequal(typed.slice(7))),
  'a key in quotes': parse(`"${typed}"`),
  'a key twice': parse(typed + typed),
  'a key broken over lines': parse(`${typed.slice(0, 30)}\n${typed.slice(30)}`),
  'a key with padding': parse(`${typed}=`),
  'a key in hexadecimal': parse('ab'.repeat(32)),
  'a key of nothing but zeros': parse(`bfkey1_${Buffer.alloc(36).toString('base64url')}`),
  'a megabyte': parse('bfkey1_'.padEnd(1e6, 'A')),

  'another key': { failure: 'keyWrong', folder: plain, attempt: (folder) => open(folder, otherKey) },
  'a new key where the old was lost': {
    failure: 'keyWrong',
    folder: plain,
    attempt: (folder) => open(folder, MasterKey.create()),
  },
  'the key of another store’s keyring': {
    failure: 'keyWrong',
    folder: changed(plain, (folder) => copyFile(path.join(foreign, 'keyring.json'), path.join(folder, 'keyring.json'))),
    attempt: (folder) => open(folder, key),
  },
  'no keyring beside snapshots': {
    failure: 'storeMalformed',
    folder: changed(plain, (folder) => rm(path.join(folder, 'keyring.json'))),
    attempt: (folder) => open(folder, key),
  },
  'a keyring cut short': {
    failure: 'storeMalformed',
    folder: changed(plain, (folder) => writeFile(path.join(folder, 'keyring.json'), '{"storeId":')),
    attempt: (folder) => open(folder, key),
  },

  'the new key before a rotation': { failure: 'keyWrong', folder: plain, attempt: (folder) => open(folder, nextKey) },
  'the old key after a rotation': { failure: 'keyWrong', folder: rotated, attempt: (folder) => open(folder, key) },
  'the old key after a rotation that was cut short': {
    failure: 'keyWrong',
    folder: () => cutShort(middle),
    attempt: (folder) => open(folder, key),
  },
  'a third key after a rotation that was cut short': {
    failure: 'keyWrong',
    folder: () => cutShort(middle),
    attempt: (folder) => open(folder, otherKey),
  },

  'adding in a window with the old key': late((window) => backupOn(window).backupConfigFile(config, 'late.yaml')),
  'adding many in a window with the old key': late((window) => backupOn(window).backupConfigFiles([config])),
  'listing in a window with the old key': late((window) => window.entries()),
  'verifying in a window with the old key': late((window) => window.verify()),
  'reading in a window with the old key': late((window) => window.read(id)),
  'pinning in a window with the old key': late((window) => window.setPinned(id, true)),
  'removing in a window with the old key': late((window) => window.remove([id])),
  'rotating in a window with the old key': late((window) => window.rotate(otherKey)),
  'resealing in a window with the old key': late((window) => window.reseal()),
  'a passphrase set in a window with the old key': late((window) => window.setRecovery(passphrase)),

  'a short passphrase': {
    failure: 'passphraseTooShort',
    folder: plain,
    attempt: async (folder) => (await open(folder, key)).setRecovery('eleven char'),
  },
  'no passphrase was set': {
    failure: 'recoveryMissing',
    folder: plain,
    attempt: (folder) => SnapshotStore.recoverKey(folder, passphrase),
  },
  'no store to recover': {
    failure: 'recoveryMissing',
    attempt: () => SnapshotStore.recoverKey(path.join(root, 'nowhere'), passphrase),
  },
  'a passphrase from before a rotation': {
    failure: 'recoveryMissing',
    folder: changed(withPassphrase, rotate),
    attempt: (folder) => SnapshotStore.recoverKey(folder, passphrase),
  },
  'a wrong passphrase': {
    failure: 'passphraseWrong',
    folder: withPassphrase,
    attempt: (folder) => SnapshotStore.recoverKey(folder, 'cafe at the corner'),
  },
  'the slot of another store': {
    failure: 'passphraseWrong',
    folder: withPassphrase,
    attempt: async (folder) => openRecovery(await slot(sibling), passphrase, (await open(folder, key)).storeId),
  },
  'a slot that asks for 1 TiB of memory': {
    failure: 'recoveryMalformed',
    folder: withSlot({ N: 2 ** 30 }),
    attempt: (folder) => SnapshotStore.recoverKey(folder, passphrase),
  },
  'a slot that asks for 1 TiB of memory, when the store is opened': {
    failure: 'recoveryMalformed',
    folder: withSlot({ N: 2 ** 30 }),
    attempt: (folder) => open(folder, key),
  },
  'a slot that asks for hardly any work': {
    failure: 'recoveryMalformed',
    folder: withSlot({ N: 2 ** 10 }),
    attempt: (folder) => SnapshotStore.recoverKey(folder, passphrase),
  },
  'a slot that asks for 1 TiB of memory, from elsewhere': {
    failure: 'recoveryMalformed',
    folder: withPassphrase,
    attempt: async (folder) => openRecovery({ ...(await slot(folder)), N: 2 ** 30 }, passphrase, 'any store'),
  },
  'a slot of many lanes': {
    failure: 'recoveryMalformed',
    folder: withSlot({ p: 2 ** 20 }),
    attempt: (folder) => SnapshotStore.recoverKey(folder, passphrase),
  },

  'an export that is none': { failure: 'recoveryMalformed', attempt: () => readKeyExport('{', passphrase) },
  'an export of null': { failure: 'recoveryMalformed', attempt: () => readKeyExport('null', passphrase) },
  'an export of something else': {
    failure: 'recoveryMalformed',
    attempt: () => readKeyExport(exported.replace('key 1', 'key 2'), passphrase),
  },
  'an export that asks for 1 TiB of memory': {
    failure: 'recoveryMalformed',
    attempt: () => readKeyExport(exported.replace(/"N": \d+/, `"N": ${2 ** 30}`), passphrase),
  },
  'an export and another passphrase': {
    failure: 'passphraseWrong',
    attempt: () => readKeyExport(exported, 'cafe at the corner'),
  },
  'a store’s slot in place of an export': {
    failure: 'passphraseWrong',
    folder: withPassphrase,
    attempt: async (folder) =>
      readKeyExport(JSON.stringify({ ...(JSON.parse(exported) as object), slot: await slot(folder) }), passphrase),
  },
};

test('the list is as long as it should be', () => {
  assert.ok(Object.keys(troubles).length >= 30, `${Object.keys(troubles).length} cases`);
});

for (const [what, { failure, folder, attempt }] of Object.entries(troubles)) {
  test(`${what}: ${failure}`, async () => {
    const place = typeof folder === 'function' ? await folder() : folder;
    const before = place === undefined ? null : await everythingIn(place);
    await assert.rejects(
      async () => {
        await attempt(place ?? '');
      },
      (error: Error) => {
        assert.deepEqual([error.name, (error as Error & { failure?: string }).failure], ['VaultError', failure]);
        for (const secret of [typed.slice(7, 20), passphrase, 'hunter2']) assert.ok(!error.message.includes(secret));
        return true;
      },
    );
    if (place !== undefined) assert.deepEqual(await everythingIn(place), before);
  });
}

test('the right key, passphrase and export open what all of these could not', async () => {
  const content = async (folder: string, right: MasterKey): Promise<string> =>
    (await backupOn(await open(folder, right)).contentOf(id)).toString();
  const recovered = await SnapshotStore.recoverKey(withPassphrase, passphrase.normalize('NFD'));
  const imported = await readKeyExport(exported, passphrase);
  for (const [folder, right] of [
    [plain, MasterKey.parse(` ${typed}\n`)],
    [withPassphrase, recovered],
    [plain, imported],
    [await rotated(), nextKey],
    [await cutShort(middle), nextKey],
  ] as const)
    assert.equal(await content(folder, right), 'password: hunter2\n');
});

test('a store without its key tells which key it needs, and whether a passphrase opens it', async () => {
  const { storeId } = await open(plain, key);
  assert.deepEqual(await SnapshotStore.peek(plain), { exists: true, storeId, keyId: key.id, recovery: null });
  const { keyId, recovery } = await SnapshotStore.peek(withPassphrase);
  assert.deepEqual([keyId, recovery?.keyId], [key.id, key.id]);
});

async function everythingIn(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const texts = files.sort().map(async (file) => [path.relative(folder, file), await readFile(file, 'utf8')] as const);
  return Object.fromEntries(await Promise.all(texts));
}

/** The text with its first two different neighbors swapped. */
function swapUnequal(text: string): string {
  return text.replace(/(.)(?!\1)(.)/, '$2$1');
}
