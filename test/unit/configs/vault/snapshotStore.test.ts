import assert from 'node:assert/strict';
import { copyFile, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { createDataKey, MasterKey } from '../../../../src/configs/vault/keys.ts';
import { openRecovery } from '../../../../src/configs/vault/recovery.ts';
import { sealValue } from '../../../../src/configs/vault/sealValue.ts';
import type { Manifest } from '../../../../src/configs/vault/snapshotFile.ts';
import type { NewSnapshot } from '../../../../src/configs/vault/storeFiles.ts';
import { SnapshotStore } from '../../../../src/configs/vault/snapshotStore.ts';
import type { FileLayer } from '../../../../src/files/fileLayer.ts';
import { countCalls, failAtCall, quickFiles } from '../../files/failingFiles.ts';
import { now, openQuickly as open } from './quickStore.ts';

const root = await mkdtemp(path.join(tmpdir(), 'snapshot-store-'));
after(() => rm(root, { recursive: true, force: true }));
let folders = 0;
const newFolder = (): string => path.join(root, String(++folders));

function makeSnapshot(store: SnapshotStore, name: string, value = 'hunter2'): NewSnapshot {
  const { id, madeWith } = store.begin();
  const dataKey = createDataKey();
  const place = { snapshotId: id, index: 0, document: 0, path: '["password"]', style: 'plain' };
  const manifest: Manifest = {
    id,
    type: 'file',
    name,
    createdAt: now() + ++created,
    format: 'yaml',
    origin: null,
    previous: null,
    text: 'password: \n',
    values: [
      {
        at: 10,
        document: 0,
        path: place.path,
        style: 'plain',
        reason: 'name',
        fingerprint: 'f',
        sealed: sealValue(dataKey, Buffer.from(value), place),
      },
    ],
    contentFingerprint: 'c',
  };
  return { manifest, dataKey, madeWith };
}

async function addSnapshot(store: SnapshotStore, name: string, value?: string): Promise<string> {
  const made = makeSnapshot(store, name, value);
  await store.add(made);
  return made.manifest.id;
}
let created = 0;

test('snapshots come back in order, verified, from a store opened anew', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const store = await open(folder, key);
  const ids = [await addSnapshot(store, 'a'), await addSnapshot(store, 'b')];
  const again = await open(folder, MasterKey.parse(key.reveal()));
  assert.deepEqual(await again.ids(), ids);
  assert.equal((await again.read(ids[1]!)).manifest.name, 'b');
  assert.deepEqual(await again.verify(), []);
  for (const name of ['keyring.json', 'head.json', `snapshots/${ids[0]!}.json`])
    assert.equal((await stat(path.join(folder, name))).mode & 0o777, 0o600, name);
  assert.equal((await stat(path.join(folder, 'snapshots'))).mode & 0o777, 0o700);
});

test('another key opens nothing, and a store that lost its keyring is never taken for an empty one', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  await addSnapshot(await open(folder, key), 'a');
  await assert.rejects(open(folder, MasterKey.create()), { failure: 'keyWrong' });
  await rm(path.join(folder, 'keyring.json'));
  await assert.rejects(open(folder, key), { failure: 'storeMalformed' });
  assert.equal((await readdir(path.join(folder, 'snapshots'))).length, 1);
});

test('a removed, a returned, a changed and a swapped snapshot all show', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const store = await open(folder, key);
  const [a, b, c, d] = [
    await addSnapshot(store, 'a'),
    await addSnapshot(store, 'b'),
    await addSnapshot(store, 'c'),
    await addSnapshot(store, 'd'),
  ] as const;
  const file = (id: string): string => path.join(folder, 'snapshots', `${id}.json`);
  await copyFile(file(a), path.join(folder, 'kept'));
  assert.deepEqual(await store.remove([a]), [a]);
  await copyFile(path.join(folder, 'kept'), file(a));
  await rm(file(b));
  await writeFile(file(c), (await readFile(file(c), 'utf8')).replace('password', 'Password'));
  await copyFile(file(c), file(d));
  const faults = new Map((await store.verify()).map(({ snapshotId, fault }) => [snapshotId, fault]));
  assert.deepEqual(
    faults,
    new Map([
      [a, 'returned'],
      [b, 'missing'],
      [c, 'tampered'],
      [d, 'tampered'],
    ] as const),
  );
  assert.ok(!(await store.ids()).includes(a));
});

test('a folder rolled back to an earlier day is refused', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const store = await open(folder, key);
  await addSnapshot(store, 'a');
  const earlier = newFolder();
  await cp(folder, earlier, { recursive: true });
  await addSnapshot(store, 'b');
  const { counter } = await store.readHead();
  await SnapshotStore.open(folder, key, { now, files: quickFiles, lastCounter: counter });
  await assert.rejects(SnapshotStore.open(earlier, key, { now, lastCounter: counter }), { failure: 'storeRolledBack' });
});

test('a folder rolled back under an open store is refused', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const store = await open(folder, key);
  const id = await addSnapshot(store, 'a');
  const earlier = await readFile(path.join(folder, 'head.json'));
  await store.remove([id]);
  await writeFile(path.join(folder, 'head.json'), earlier);
  const rolledBack = { failure: 'storeRolledBack' };
  await assert.rejects(store.readHead(), rolledBack);
  await assert.rejects(store.entries(), rolledBack);
  await assert.rejects(addSnapshot(store, 'b'), rolledBack);
});

test('a pinned snapshot stays', async () => {
  const store = await open(newFolder(), MasterKey.create());
  const id = await addSnapshot(store, 'a');
  await store.setPinned(id, true);
  assert.deepEqual(await store.remove([id]), []);
  await store.setPinned(id, false);
  assert.deepEqual(await store.remove([id]), [id]);
  await assert.rejects(store.read(id), { failure: 'snapshotMissing' });
  await assert.rejects(store.read('../keyring'), { failure: 'snapshotMissing' });
});

test('every bit of every signed line matters', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const store = await open(folder, key);
  const id = await addSnapshot(store, 'a');
  for (const name of [`snapshots/${id}.json`, 'head.json', 'keyring.json']) {
    const file = path.join(folder, name);
    const whole = await readFile(file);
    const step = Math.max(1, Math.floor(whole.length / 40));
    for (let at = 0; at < whole.length; at += step) {
      const flipped = Buffer.from(whole);
      flipped[at]! ^= 1;
      await writeFile(file, flipped);
      await assert.rejects(
        async () => (await open(folder, key)).read(id),
        { name: 'VaultError' },
        `${name} byte ${at}`,
      );
    }
    for (const wrong of [
      Buffer.alloc(0),
      whole.subarray(0, -1),
      Buffer.concat([whole, Buffer.from('\n')]),
      Buffer.from('null\n\n'),
    ]) {
      await writeFile(file, wrong);
      await assert.rejects(async () => (await open(folder, key)).read(id), { name: 'VaultError' }, name);
    }
    await writeFile(file, whole);
  }
  assert.deepEqual(await (await open(folder, key)).verify(), []);
});

test('whichever file call of a save, a removal or a pin fails, the store opens and no snapshot is lost', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const first = await addSnapshot(await open(folder, key), 'first');
  const works: [string, (store: SnapshotStore) => Promise<unknown>][] = [
    ['save', (store) => addSnapshot(store, 'second')],
    ['remove', async (store) => store.remove([(await store.ids()).at(-1)!])],
    ['pin', (store) => store.setPinned(first, true)],
  ];
  for (const [name, work] of works) {
    const before = newFolder();
    await cp(folder, before, { recursive: true });
    if (name === 'remove') await addSnapshot(await open(before, key), 'extra');
    const trial = async (files: FileLayer): Promise<string> => {
      const copy = newFolder();
      await cp(before, copy, { recursive: true });
      await open(copy, key, files)
        .then(work)
        .catch(() => undefined);
      return copy;
    };
    const calls = await countCalls(trial);
    for (let n = 1; n <= calls; n++) {
      const store = await open(await trial(failAtCall(n, 'EIO', 'dead')), key);
      assert.equal((await store.read(first)).manifest.name, 'first', `${name}, call ${n}`);
      const faults = await store.verify();
      // A removal cut short between its record and its file leaves the file, which no list shows any more.
      assert.ok(
        faults.every(({ fault }) => fault === 'returned'),
        `${name}, call ${n}: ${JSON.stringify(faults)}`,
      );
      await addSnapshot(store, 'after');
    }
  }
});

test('a rotation killed at any file call is finished, and the old key then opens nothing', async () => {
  const [folder, oldKey] = [newFolder(), MasterKey.create()];
  const store = await open(folder, oldKey);
  const ids = [await addSnapshot(store, 'a'), await addSnapshot(store, 'b')];
  const newKey = MasterKey.create();
  const trial = async (files: FileLayer): Promise<string> => {
    const copy = newFolder();
    await cp(folder, copy, { recursive: true });
    const opened = await open(copy, oldKey, files).catch(() => null);
    await opened?.rotate(newKey).catch(() => undefined);
    return copy;
  };
  const calls = await countCalls(trial);
  let resumed = 0;
  for (let n = 1; n <= calls; n++) {
    const copy = await trial(failAtCall(n, 'EIO', 'dead'));
    const { keyId } = await SnapshotStore.peek(copy);
    if (keyId === oldKey.id) {
      assert.deepEqual(await (await open(copy, oldKey)).verify(), [], `call ${n}`);
      continue;
    }
    const after = await open(copy, newKey);
    for (const id of ids) await after.read(id);
    if (after.isRotating) resumed++;
    await after.resumeRotation();
    assert.ok(!after.isRotating);
    assert.deepEqual(await after.verify(), [], `call ${n}`);
    assert.deepEqual(await after.ids(), ids);
    await assert.rejects(open(copy, oldKey), { failure: 'keyWrong' });
    assert.ok(!(await readFile(path.join(copy, 'keyring.json'), 'utf8')).includes(oldKey.id));
  }
  assert.ok(resumed > 10, `${resumed} trials stopped in the middle`);
});

test('a damaged snapshot, and one under a key that nobody has, keep no store from a new key', async () => {
  const [folder, oldKey, newKey] = [newFolder(), MasterKey.create(), MasterKey.create()];
  const store = await open(folder, oldKey);
  const good = await addSnapshot(store, 'good');
  const file = (id: string): string => path.join(folder, 'snapshots', `${id}.json`);
  const damaged: string[] = [];
  for (const damage of [
    (text: string) => text.slice(0, -9),
    (text: string) => text.replace('"name"', '"nome"'),
    (text: string) => text.replace(oldKey.id, MasterKey.create().id),
  ]) {
    const id = await addSnapshot(store, 'damaged');
    await writeFile(file(id), damage(await readFile(file(id), 'utf8')));
    damaged.push(id);
  }
  assert.deepEqual((await store.rotate(newKey)).sort(), damaged.sort());
  const again = await open(folder, newKey);
  assert.ok(!again.isRotating);
  assert.equal((await again.read(good)).manifest.name, 'good');
  assert.deepEqual((await again.verify()).map(({ snapshotId }) => snapshotId).sort(), damaged);
});

test('a window that still has the old key cannot add to a rotated store', async () => {
  const [folder, oldKey] = [newFolder(), MasterKey.create()];
  const [one, two] = [await open(folder, oldKey), await open(folder, oldKey)];
  await one.rotate(MasterKey.create());
  await assert.rejects(addSnapshot(two, 'late'), { failure: 'keyWrong' });
  await assert.rejects(two.readHead(), { failure: 'keyWrong' });
  assert.deepEqual(await readdir(path.join(folder, 'snapshots')), []);
});

test('a passphrase brings the key back, until a rotation', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const store = await open(folder, key);
  await store.setRecovery('correct horse battery');
  const { recovery } = await SnapshotStore.peek(folder);
  const recovered = await openRecovery(recovery!, 'correct horse battery', store.storeId);
  assert.equal(recovered.id, key.id);
  await (await open(folder, recovered)).rotate(MasterKey.create());
  assert.equal((await SnapshotStore.peek(folder)).recovery, null, 'the slot held the old key');
});

test('many windows saving at once lose nothing', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  await mkdir(folder, { recursive: true });
  const windows = await Promise.all(Array.from({ length: 4 }, () => open(folder, key)));
  const ids = await Promise.all(
    windows.flatMap((store, w) => Array.from({ length: 5 }, (_, i) => addSnapshot(store, `${w}-${i}`))),
  );
  const store = await open(folder, key);
  assert.deepEqual((await store.ids()).sort(), ids.sort());
  assert.deepEqual(await store.verify(), []);
});

test('the index tells what the snapshots say, is made anew when it is lost or damaged, and never believed without its key', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const store = await open(folder, key);
  const ids: string[] = [];
  for (let i = 0; i < 60; i++) ids.push(await addSnapshot(store, `app${i}`));
  const fresh = async (): Promise<string[]> =>
    (await (await open(folder, key)).entries()).map(({ id, name }) => `${id} ${name}`);
  const expected = ids.map((id, i) => `${id} app${i}`);
  const index = path.join(folder, 'index.json');
  assert.deepEqual(await fresh(), expected);
  const written = await readFile(index, 'utf8');
  for (const text of ['', 'null\n\n', '{}\n\n', written.replace('app7', 'evil'), written.slice(0, -5)]) {
    await writeFile(index, text);
    assert.deepEqual(await fresh(), expected);
  }
  await rm(index);
  assert.deepEqual(await fresh(), expected);
  await rm(path.join(folder, 'snapshots', `${ids[3]!}.json`));
  await store.remove([ids[4]!]);
  assert.deepEqual(
    await fresh(),
    expected.filter((_, i) => i !== 3 && i !== 4),
  );
  const newKey = MasterKey.create();
  await store.rotate(newKey);
  assert.equal((await (await open(folder, newKey)).entries()).length, 58);
});

test('a list reads no snapshot that the index knows', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const store = await open(folder, key);
  for (let i = 0; i < 60; i++) await addSnapshot(store, `app${i}`);
  await store.entries();
  await (await open(folder, key)).entries();
  const calls = await countCalls(async (files) => (await open(folder, key, files)).entries());
  assert.ok(calls < 20, `${calls} file calls`);
});

test('many snapshots are added in one step, and all are there after it', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const store = await open(folder, key);
  const { counter } = await store.readHead();
  const made = Array.from({ length: 40 }, (_, i) => makeSnapshot(store, `app${i}`));
  await store.add(...made);
  assert.equal((await store.readHead()).counter, counter + 1);
  assert.deepEqual(await (await open(folder, key)).verify(), []);
  assert.equal((await store.ids()).length, 40);
});
