import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { MasterKey } from '../../../../src/configs/vault/keys.ts';
import type { SnapshotStore } from '../../../../src/configs/vault/snapshotStore.ts';
import type { FileLayer } from '../../../../src/files/fileLayer.ts';
import { countCalls, failAtCall } from '../../files/failingFiles.ts';
import { backupOn, openQuickly as open } from './quickStore.ts';

const root = await mkdtemp(path.join(tmpdir(), 'reseal-'));
after(() => rm(root, { recursive: true, force: true }));
let folders = 0;
const newFolder = (): string => path.join(root, String(++folders));

const file = path.join(root, 'shop.yaml');
const versions = [
  'db:\n  password: hunter2\n  token: &t s3cr3t-one\n',
  'db:\n  password: hunter3\n  token: s3cr3t-one\n',
];

/** A store with a snapshot of each version. */
async function newStore(): Promise<{ folder: string; key: MasterKey; ids: string[] }> {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const backup = backupOn(await open(folder, key));
  const ids: string[] = [];
  for (const text of versions) {
    await writeFile(file, text);
    ids.push((await backup.backupConfigFile(file)).snapshotId);
  }
  return { folder, key, ids };
}

const textsIn = async (folder: string): Promise<Map<string, string>> => {
  const names = await readdir(path.join(folder, 'snapshots'));
  const texts = names.map(
    async (name) => [name, await readFile(path.join(folder, 'snapshots', name), 'utf8')] as const,
  );
  return new Map(await Promise.all(texts));
};

async function assertWhole(store: SnapshotStore, ids: readonly string[], when: string): Promise<void> {
  const backup = backupOn(store);
  for (const [n, id] of ids.entries()) assert.equal((await backup.contentOf(id)).toString(), versions[n], when);
  assert.deepEqual(await store.verify(), [], when);
}

test('nothing of what was sealed is left, everything opens, and what was the same still is', async () => {
  const { folder, key, ids } = await newStore();
  const before = await textsIn(folder);
  const store = await open(folder, key);
  assert.deepEqual(await store.reseal(), []);
  await assertWhole(store, ids, 'after');
  const sealed = (text: string): string[] =>
    [...text.matchAll(/"(?:data|tag|iv|fingerprint)":"([^"]+)"/g)].map(([, part]) => part!);
  for (const [name, text] of await textsIn(folder)) {
    const parts = sealed(before.get(name)!);
    assert.ok(parts.length >= 6, `${parts.length} parts`);
    for (const part of parts) assert.ok(!text.includes(part), part);
  }
  const backup = backupOn(store);
  assert.equal((await backup.backupConfigFile(file)).isNew, false);
  const { keys } = await backup.diff(ids[0]!, ids[1]!);
  assert.deepEqual(
    keys.map((change) => [change.path, change.secret]),
    [[['db', 'password'], 'changed']],
  );
});

test('a damaged snapshot is named and stays as it is', async () => {
  const { folder, key, ids } = await newStore();
  const damaged = path.join(folder, 'snapshots', `${ids[0]!}.json`);
  const text = (await readFile(damaged, 'utf8')).replace('db:', 'dc:');
  await writeFile(damaged, text);
  assert.deepEqual(await (await open(folder, key)).reseal(), [ids[0]]);
  assert.equal(await readFile(damaged, 'utf8'), text);
});

test('killed at any file call nothing is lost, and calling it again finishes it', async () => {
  const { folder, key, ids } = await newStore();
  const trial = async (files: FileLayer): Promise<string> => {
    const copy = newFolder();
    await cp(folder, copy, { recursive: true });
    const store = await open(copy, key, files).catch(() => null);
    await store?.reseal().catch(() => undefined);
    return copy;
  };
  const calls = await countCalls(trial);
  let cutShort = 0;
  for (let n = 1; n <= calls; n++) {
    const store = await open(await trial(failAtCall(n, 'EIO', 'dead')), key);
    await assertWhole(store, ids, `call ${n}`);
    if (store.isResealing) cutShort++;
    assert.deepEqual(await store.reseal(), []);
    assert.ok(!store.isResealing);
    await assertWhole(store, ids, `call ${n}, again`);
    assert.equal((await backupOn(store).backupConfigFile(file)).isNew, false, `call ${n}`);
  }
  assert.ok(cutShort > 5, `${cutShort} trials stopped in the middle`);
});
