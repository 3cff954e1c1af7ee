/**
 * Everything that somebody without the key can do to a store's files, and some of what only a holder of the key could: each
 * is refused when the store is opened or shows when it is verified, and no changed content ever comes out of it.
 */
import assert from 'node:assert/strict';
import { copyFile, cp, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { ConfigurationBackup } from '../../../../src/configs/configurationBackup.ts';
import { MasterKey } from '../../../../src/configs/vault/keys.ts';
import { writeSnapshotFile, type CutValue, type SnapshotFile } from '../../../../src/configs/vault/snapshotFile.ts';
import { SnapshotStore } from '../../../../src/configs/vault/snapshotStore.ts';
import { VaultError } from '../../../../src/configs/vault/vaultError.ts';
import { quickFiles } from '../../files/failingFiles.ts';

const root = await mkdtemp(path.join(tmpdir(), 'tampering-'));
after(() => rm(root, { recursive: true, force: true }));

const now = (): number => Date.UTC(2026, 10, 24);
const key = MasterKey.create();
const text = 'users:\n  - password: hunter2-one\n  - password: hunter2-two\ntoken: "s3cr3t-three"\nport: 80\n';

interface Store {
  folder: string;
  /** Oldest first: the same file twice, then another; `pruned` was removed. */
  ids: [string, string, string];
  pruned: string;
  counter: number;
}

async function makeStore(name: string, masterKey: MasterKey): Promise<Store> {
  const folder = path.join(root, name);
  const store = await SnapshotStore.open(folder, masterKey, { now, files: quickFiles });
  const rules = { sensitiveKeys: [], safeKeys: [] };
  const backup = new ConfigurationBackup(store, { rules, now, zone: 'UTC' });
  const keep = async (file: string, content: string): Promise<string> => {
    const written = path.join(root, file);
    await writeFile(written, content);
    return (await backup.backupConfigFile(written, file)).snapshotId;
  };
  const pruned = await keep('gone.yaml', text);
  const ids: Store['ids'] = [
    await keep('a.yaml', text),
    await keep('a.yaml', text.replace('hunter2-one', 'hunter3-one')),
    await keep('b.yaml', text),
  ];
  await copyFile(path.join(folder, 'snapshots', `${pruned}.json`), path.join(root, `${name}-pruned.json`));
  await store.remove([pruned]);
  await store.setPinned(ids[2], true);
  await store.setRecovery('correct horse battery');
  return { folder, ids, pruned, counter: (await store.readHead()).counter };
}

const store = await makeStore('store', key);
const [first, second, third] = store.ids;
/** The store as it was a change earlier. */
const earlier = path.join(root, 'earlier');
await cp(store.folder, earlier, { recursive: true });
{
  const opened = await SnapshotStore.open(store.folder, key, { now, files: quickFiles });
  await opened.setPinned(first, true);
  store.counter = (await opened.readHead()).counter;
}
/** Another store under the same key, and one under another. */
const sibling = await makeStore('sibling', key);
const stranger = await makeStore('stranger', MasterKey.create());

type Json = Record<string, unknown>;
type Tamper = (folder: string) => Promise<unknown>;

const snapshotPath = (folder: string, id: string): string => path.join(folder, 'snapshots', `${id}.json`);

/** Changes line `line` of a file as JSON, keeping everything else. */
function editLine(file: (folder: string) => string, line: number, change: (value: Json) => Json | undefined): Tamper {
  return async (folder) => {
    const lines = (await readFile(file(folder), 'utf8')).split('\n');
    const value = JSON.parse(lines[line]!) as Json;
    lines[line] = JSON.stringify(change(value) ?? value);
    await writeFile(file(folder), lines.join('\n'));
  };
}
const editManifest = (change: (manifest: Json) => Json | undefined): Tamper =>
  editLine((folder) => snapshotPath(folder, first), 1, change);
const editHeader = (change: (header: Json) => Json | undefined): Tamper =>
  editLine((folder) => snapshotPath(folder, first), 0, change);
const editHead = (change: (head: Json) => Json | undefined): Tamper =>
  editLine((folder) => path.join(folder, 'head.json'), 0, change);
const editKeyring = (change: (keyring: Json) => Json | undefined): Tamper =>
  editLine((folder) => path.join(folder, 'keyring.json'), 0, change);

function editText(name: (folder: string) => string, change: (whole: string) => string): Tamper {
  return async (folder) => {
    const whole = await readFile(name(folder), 'latin1');
    const changed = change(whole);
    assert.notEqual(changed, whole, 'nothing was changed');
    await writeFile(name(folder), changed, 'latin1');
  };
}

/** The first character replaced by one that differs in its lowest bits. */
const flip = (value: unknown): string => (value as string).replace(/^./, (first) => (first === 'A' ? 'B' : 'A'));
const values = (manifest: Json): CutValue[] => manifest['values'] as CutValue[];
const dataKeyOf = (header: Json): { keyId: string; sealed: Record<string, string> } =>
  header['dataKey'] as { keyId: string; sealed: Record<string, string> };

/** Signs a changed manifest with the store's own key, as only a holder of the key can: what binds the values has to hold. */
function resign(change: (file: SnapshotFile, other: SnapshotFile) => void): Tamper {
  return async (folder) => {
    const keys = key.forStore((await SnapshotStore.open(folder, key, { now, files: quickFiles })).storeId);
    const read = async (id: string): Promise<SnapshotFile> => {
      const [header, manifest] = (await readFile(snapshotPath(folder, id), 'utf8')).split('\n');
      return {
        ...(JSON.parse(header!) as { dataKey: SnapshotFile['dataKey'] }),
        manifest: JSON.parse(manifest!) as SnapshotFile['manifest'],
      };
    };
    const [file, other] = [await read(first), await read(second)];
    change(file, other);
    await writeFile(snapshotPath(folder, first), writeSnapshotFile(file, keys));
  };
}
const swap = (list: CutValue[], a: number, b: number, field: 'sealed' | null): undefined => {
  const [one, two] = [list[a]!, list[b]!];
  if (field) [one[field], two[field]] = [two[field], one[field]];
  else [list[a], list[b]] = [two, one];
};

const cases: Record<string, Tamper> = {
  // Fields of the manifest, one by one.
  'the id': editManifest((m) => ({ ...m, id: second })),
  'the type': editManifest((m) => ({ ...m, type: 'env' })),
  'the name': editManifest((m) => ({ ...m, name: 'b.yaml' })),
  'the time': editManifest((m) => ({ ...m, createdAt: (m['createdAt'] as number) + 1 })),
  'the format': editManifest((m) => ({ ...m, format: 'text' })),
  'the origin’s path': editManifest((m) => ({ ...m, origin: { ...(m['origin'] as Json), path: '/etc/passwd' } })),
  'the origin’s mode': editManifest((m) => ({ ...m, origin: { ...(m['origin'] as Json), mode: 0o777 } })),
  'the origin’s owner': editManifest((m) => ({ ...m, origin: { ...(m['origin'] as Json), uid: 0, gid: 12_345 } })),
  'no origin': editManifest((m) => ({ ...m, origin: null })),
  'the snapshot before': editManifest((m) => ({ ...m, previous: third })),
  'the readable text': editManifest((m) => ({ ...m, text: (m['text'] as string).replace('80', '81') })),
  'no text': editManifest((m) => ({ ...m, text: null })),
  'the content’s fingerprint': editManifest((m) => ({ ...m, contentFingerprint: flip(m['contentFingerprint']) })),
  'a field more': editManifest((m) => ({ ...m, extra: true })),
  'fields in another order': editManifest((m) => Object.fromEntries(Object.entries(m).reverse())),
  'no values': editManifest((m) => ({ ...m, values: [] })),
  'one value less': editManifest((m) => ({ ...m, values: values(m).slice(1) })),
  'one value twice': editManifest((m) => ({ ...m, values: [...values(m), values(m)[0]] })),
  'where a value belongs': editManifest((m) => void (values(m)[0]!.at += 1)),
  'a value’s document': editManifest((m) => void (values(m)[0]!.document += 1)),
  'a value’s path': editManifest((m) => void (values(m)[0]!.path = '["port"]')),
  'a value’s list index': editManifest((m) => void (values(m)[0]!.path = values(m)[1]!.path)),
  'a value’s style': editManifest((m) => void (values(m)[0]!.style = 'whole')),
  'a value’s reason': editManifest((m) => void (values(m)[0]!.reason = 'other')),
  'a value’s fingerprint': editManifest((m) => void (values(m)[0]!.fingerprint = flip(values(m)[0]!.fingerprint))),
  'a value’s IV': editManifest((m) => void (values(m)[0]!.sealed.iv = flip(values(m)[0]!.sealed.iv))),
  'a value’s ciphertext': editManifest((m) => void (values(m)[0]!.sealed.data = flip(values(m)[0]!.sealed.data))),
  'a value’s tag': editManifest((m) => void (values(m)[0]!.sealed.tag = flip(values(m)[0]!.sealed.tag))),
  'a tag of four bytes': editManifest((m) => void (values(m)[0]!.sealed.tag = values(m)[0]!.sealed.tag.slice(0, 6))),
  'no tag': editManifest((m) => void (values(m)[0]!.sealed.tag = '')),
  'values swapped': editManifest((m) => swap(values(m), 0, 2, 'sealed')),
  'items of a list swapped': editManifest((m) => swap(values(m), 0, 1, null)),

  // What stands before the manifest.
  'the version': editHeader((h) => ({ ...h, format: 2 })),
  'the key’s id': editHeader((h) => void (dataKeyOf(h).keyId = '0123456789abcdef')),
  'the data key’s IV': editHeader((h) => void (dataKeyOf(h).sealed['iv'] = flip(dataKeyOf(h).sealed['iv']))),
  'the data key': editHeader((h) => void (dataKeyOf(h).sealed['data'] = flip(dataKeyOf(h).sealed['data']))),
  'the data key’s tag': editHeader((h) => void (dataKeyOf(h).sealed['tag'] = flip(dataKeyOf(h).sealed['tag']))),
  'a data key’s tag of four bytes': editHeader(
    (h) => void (dataKeyOf(h).sealed['tag'] = dataKeyOf(h).sealed['tag']!.slice(0, 6)),
  ),
  'the signature': editHeader((h) => ({ ...h, mac: flip(h['mac']) })),
  'a signature cut short': editHeader((h) => ({ ...h, mac: (h['mac'] as string).slice(0, 10) })),
  'no signature': editHeader((h) => ({ ...h, mac: '' })),
  'a signature that is no text': editHeader((h) => ({ ...h, mac: null })),
  'a field before the manifest': editHeader((h) => ({ ...h, extra: 1 })),
  'another snapshot’s beginning': async (folder) => {
    const [ours, theirs] = await Promise.all(
      [first, second].map(async (id) => (await readFile(snapshotPath(folder, id), 'utf8')).split('\n')),
    );
    await writeFile(snapshotPath(folder, first), [theirs![0], ours![1], ''].join('\n'));
  },

  // Bytes around and between.
  'bytes after the end': editText(
    (f) => snapshotPath(f, first),
    (whole) => `${whole}x`,
  ),
  'a blank after the end': editText(
    (f) => snapshotPath(f, first),
    (whole) => `${whole}\n`,
  ),
  'bytes before the beginning': editText(
    (f) => snapshotPath(f, first),
    (whole) => ` ${whole}`,
  ),
  'a byte order mark': editText(
    (f) => snapshotPath(f, first),
    (whole) => `\xef\xbb\xbf${whole}`,
  ),
  'CR LF': editText(
    (f) => snapshotPath(f, first),
    (whole) => whole.replaceAll('\n', '\r\n'),
  ),
  'half a file': editText(
    (f) => snapshotPath(f, first),
    (whole) => whole.slice(0, whole.length / 2),
  ),
  'an empty file': editText(
    (f) => snapshotPath(f, first),
    () => '',
  ),
  zeros: editText(
    (f) => snapshotPath(f, first),
    (whole) => '\0'.repeat(whole.length),
  ),
  'blanks in the JSON': editText(
    (f) => snapshotPath(f, first),
    (whole) => whole.replace('"values":', '"values": '),
  ),
  'the same JSON spelled otherwise': editText(
    (f) => snapshotPath(f, first),
    (whole) => whole.replace('"yaml"', '"\\u0079aml"'),
  ),

  // Whole snapshots.
  'two snapshots swapped': async (folder) => {
    const [a, b] = [snapshotPath(folder, first), snapshotPath(folder, second)];
    await rename(a, `${a}.moved`);
    await rename(b, a);
    await rename(`${a}.moved`, b);
  },
  'one snapshot over another': (folder) => copyFile(snapshotPath(folder, second), snapshotPath(folder, first)),
  'a copy under a new id': (folder) => copyFile(snapshotPath(folder, second), snapshotPath(folder, 'f'.repeat(32))),
  'the oldest deleted': (folder) => rm(snapshotPath(folder, first)),
  'one in the middle deleted': (folder) => rm(snapshotPath(folder, second)),
  'the newest deleted': (folder) => rm(snapshotPath(folder, third)),
  'a pruned snapshot brought back': (folder) =>
    copyFile(path.join(root, 'store-pruned.json'), snapshotPath(folder, store.pruned)),
  'a snapshot of another store': (folder) =>
    copyFile(snapshotPath(sibling.folder, sibling.ids[0]), snapshotPath(folder, sibling.ids[0])),
  'a snapshot of another store, under an id of this one': (folder) =>
    copyFile(snapshotPath(sibling.folder, sibling.ids[0]), snapshotPath(folder, first)),
  'a snapshot under another key': (folder) =>
    copyFile(snapshotPath(stranger.folder, stranger.ids[0]), snapshotPath(folder, stranger.ids[0])),

  // The head.
  'a snapshot left out of the head': editHead((h) => ({ ...h, ids: [second, third] })),
  'no snapshot in the head': editHead((h) => ({ ...h, ids: [] })),
  'snapshots of the head in another order': editHead((h) => ({ ...h, ids: [third, second, first] })),
  'the head’s counter': editHead((h) => ({ ...h, counter: 1_000 })),
  'a pin taken away': editHead((h) => ({ ...h, pinned: [] })),
  'a pin set': editHead((h) => ({ ...h, pinned: store.ids })),
  'the record of a removal taken away': editHead((h) => ({ ...h, pruned: [] })),
  'the record of a removal made up': editHead((h) => ({
    ...h,
    ids: [second, third],
    pruned: [...(h['pruned'] as Json[]), { id: first, at: now() }],
  })),
  'no head': (folder) => rm(path.join(folder, 'head.json')),
  'an old head': (folder) => copyFile(path.join(earlier, 'head.json'), path.join(folder, 'head.json')),
  'the whole folder of an earlier day': (folder) => cp(earlier, folder, { recursive: true, force: true }),
  'the head of another store': (folder) =>
    copyFile(path.join(sibling.folder, 'head.json'), path.join(folder, 'head.json')),
  'the keyring in place of the head': (folder) =>
    copyFile(path.join(folder, 'keyring.json'), path.join(folder, 'head.json')),
  'the index in place of the head': editText(
    (folder) => path.join(folder, 'head.json'),
    () => `${JSON.stringify({ rows: [] })}\n${'A'.repeat(43)}\n`,
  ),

  // The keyring.
  'the store’s id': editKeyring((k) => ({ ...k, storeId: '0'.repeat(32) })),
  'the key’s id of the keyring': editKeyring((k) => ({ ...k, keyId: '0123456789abcdef' })),
  'the time of the keyring': editKeyring((k) => ({ ...k, createdAt: 0 })),
  'the fingerprint key': editKeyring((k) => ({
    ...k,
    fingerprintKey: { ...(k['fingerprintKey'] as Json), data: flip((k['fingerprintKey'] as Json)['data']) },
  })),
  'no fingerprint key': editKeyring((k) => ({ ...k, fingerprintKey: null })),
  'the fingerprint key of another store': async (folder) => {
    const other = await readFile(path.join(sibling.folder, 'keyring.json'), 'utf8');
    const { fingerprintKey } = JSON.parse(other.split('\n')[0]!) as Json;
    await editKeyring((k) => ({ ...k, fingerprintKey }))(folder);
  },
  'no recovery': editKeyring((k) => ({ ...k, recovery: null })),
  'a recovery that costs 1 TiB': editKeyring((k) => ({ ...k, recovery: { ...(k['recovery'] as Json), N: 2 ** 30 } })),
  'a recovery that costs nothing': editKeyring((k) => ({ ...k, recovery: { ...(k['recovery'] as Json), N: 2 } })),
  'a rotation that never was': editKeyring((k) => ({
    ...k,
    rotation: { fromKeyId: '0123456789abcdef', oldKey: k['fingerprintKey'] },
  })),
  'a resealing that never was': editKeyring((k) => ({ ...k, resealing: true })),
  'the keyring of another store': (folder) =>
    copyFile(path.join(sibling.folder, 'keyring.json'), path.join(folder, 'keyring.json')),
  'the keyring under another key': (folder) =>
    copyFile(path.join(stranger.folder, 'keyring.json'), path.join(folder, 'keyring.json')),
  'the head in place of the keyring': (folder) =>
    copyFile(path.join(folder, 'head.json'), path.join(folder, 'keyring.json')),
  'no keyring': (folder) => rm(path.join(folder, 'keyring.json')),

  // Signed by the key itself: what binds each value to its place has to refuse these.
  'values swapped and signed': resign(({ manifest }) => swap(manifest.values, 0, 2, 'sealed')),
  'items of a list swapped and signed': resign(({ manifest }) => swap(manifest.values, 0, 1, 'sealed')),
  'values of a list in another order and signed': resign(({ manifest }) => swap(manifest.values, 0, 1, null)),
  'a value of an older snapshot, signed': resign(({ manifest }, other) => {
    manifest.values[0]!.sealed = other.manifest.values[0]!.sealed;
  }),
  'a value’s path moved and signed': resign(({ manifest }) => {
    manifest.values[0]!.path = '["users",1,"password"]';
  }),
  'a value’s list index as a key, signed': resign(({ manifest }) => {
    manifest.values[0]!.path = '["users","0","password"]';
  }),
  'a value’s document moved and signed': resign(({ manifest }) => void (manifest.values[0]!.document += 1)),
  'a value’s style moved and signed': resign(({ manifest }) => void (manifest.values[0]!.style = 'comment')),
  'a short tag, signed': resign(({ manifest }) => {
    manifest.values[0]!.sealed.tag = manifest.values[0]!.sealed.tag.slice(0, 6);
  }),
  'the data key of another snapshot, signed': resign((file, other) => {
    file.dataKey = other.dataKey;
  }),
};

const expected = new Map<string, Buffer>();
{
  const opened = await SnapshotStore.open(store.folder, key, { now, files: quickFiles });
  const backup = new ConfigurationBackup(opened, { rules: { sensitiveKeys: [], safeKeys: [] }, now, zone: 'UTC' });
  for (const id of store.ids) expected.set(id, await backup.contentOf(id));
  assert.deepEqual(await opened.verify(), []);
}

test('the list is as long as it should be', () => {
  assert.ok(Object.keys(cases).length >= 60, `${Object.keys(cases).length} cases`);
});

for (const [what, tamper] of Object.entries(cases)) {
  test(`${what}: refused, or found by verifying`, async () => {
    const folder = await mkdtemp(path.join(root, 'trial-'));
    await cp(store.folder, folder, { recursive: true });
    await tamper(folder);
    const signs: string[] = [];
    try {
      const opened = await SnapshotStore.open(folder, key, { now, files: quickFiles, lastCounter: store.counter });
      signs.push(...(await opened.verify()).map(({ fault }) => fault));
      const backup = new ConfigurationBackup(opened, { rules: { sensitiveKeys: [], safeKeys: [] }, now, zone: 'UTC' });
      const before = new Set<string>(store.ids);
      const listed = (await backup.listConfigBackups()).map(({ id }) => id);
      assert.deepEqual(
        listed.filter((id) => !before.has(id)),
        [],
        'a snapshot is listed that the store never held',
      );
      for (const [id, content] of expected) {
        const found = await backup.contentOf(id).catch((error: unknown) => error);
        if (found instanceof VaultError) signs.push(found.failure);
        else assert.deepEqual(found, content, 'another content came out');
      }
    } catch (error) {
      if (!(error instanceof VaultError)) throw error;
      signs.push(error.failure);
    }
    assert.ok(signs.length > 0, 'nothing shows');
  });
}
