import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { ConfigurationBackup } from '../../../src/configs/configurationBackup.ts';
import type { AddElsewhere } from '../../../src/configs/vault/plainSnapshot.ts';
import { MasterKey } from '../../../src/configs/vault/keys.ts';
import { SnapshotStore } from '../../../src/configs/vault/snapshotStore.ts';
import { isWorthSealingElsewhere, startSealing, type SealingThread } from '../../../src/worker/sealElsewhere.ts';

const script = path.resolve(import.meta.dirname, '../../../src/worker/sealThread.ts');
const texts = Array.from({ length: 300 }, (_, n) => `name: app${n}\npassword: "geheim-${n}-ß"\nport: 80\n`);
const options = { rules: { sensitiveKeys: [], safeKeys: [] }, now: Date.now, zone: 'UTC' };

let root: string;
let files: string[];
let thread: SealingThread;
before(async () => {
  root = await mkdtemp(path.join(tmpdir(), 'backup-foresight-seal-'));
  files = texts.map((_, n) => path.join(root, `app${n}.yaml`));
  for (const [n, file] of files.entries()) await writeFile(file, texts[n]!);
  thread = startSealing(script);
});
after(async () => {
  await thread.close();
  await rm(root, { recursive: true, force: true });
});

async function openStore(name: string, key = MasterKey.create()): Promise<SnapshotStore> {
  return SnapshotStore.open(path.join(root, name), key, options);
}

/** Whether every file is in the store once, sealed, in order, and comes back to the byte. */
async function assertKept(store: SnapshotStore, kept = files): Promise<void> {
  const opened = await SnapshotStore.open(store.folder, store.key, options);
  assert.deepEqual(await opened.verify(), []);
  const entries = await opened.entries();
  assert.deepEqual(entries.map(({ name }) => name).sort(), [...kept].sort());
  assert.deepEqual((await opened.readHead()).ids.sort(), entries.map(({ id }) => id).sort());
  const backup = new ConfigurationBackup(opened, options);
  for (const { id, name, secrets } of entries) {
    assert.equal(secrets, 1);
    assert.equal(String(await backup.contentOf(id)), texts[files.indexOf(name)]);
  }
  for (const name of await readdir(path.join(store.folder, 'snapshots'))) {
    assert.ok(!(await readFile(path.join(store.folder, 'snapshots', name), 'utf8')).includes('geheim'));
  }
}

test('another thread seals and adds what this one has cut', async () => {
  for (const name of ['one', 'other']) {
    const store = await openStore(name);
    const taken: boolean[] = [];
    const add = thread.addTo(store);
    const results = await new ConfigurationBackup(store, options).backupConfigFiles(files, async (snapshots) => {
      taken.push(await add(snapshots));
      return taken.at(-1)!;
    });
    assert.deepEqual(new Set(taken), new Set([true]));
    assert.ok(results.every((result) => 'isNew' in result && result.isNew));
    await assertKept(store);
    const again = await new ConfigurationBackup(store, options).backupConfigFiles(files, add);
    assert.ok(again.every((result) => 'isNew' in result && !result.isNew));
  }
});

test('what a thread does not do is done here', async () => {
  const store = await openStore('left');
  const missing = startSealing(path.join(root, 'missing.cjs'));
  const stopped = startSealing(script);
  await stopped.close();
  const halves: AddElsewhere[] = [missing.addTo(store), stopped.addTo(store)];
  for (const [n, add] of halves.entries()) {
    assert.equal(await add([]), false);
    await new ConfigurationBackup(store, options).backupConfigFiles(files.slice(n * 150, n * 150 + 150), add);
  }
  await missing.close();
  await assertKept(store);
});

test('a batch that is added here once more is there once', async () => {
  const store = await openStore('twice');
  const add = thread.addTo(store);
  const backup = new ConfigurationBackup(store, options);
  await backup.backupConfigFiles(files, async (snapshots) => {
    await add(snapshots);
    return false;
  });
  await assertKept(store);
});

test('why a store takes nothing is told as it is without the thread', async () => {
  const store = await openStore('rotated');
  const other = await openStore('rotated', store.key);
  await other.rotate(MasterKey.create());
  const adding = new ConfigurationBackup(store, options).backupConfigFiles(files, thread.addTo(store));
  await assert.rejects(adding, { failure: 'keyWrong' });
});

test('few files, or one processor, are not worth a thread', () => {
  assert.equal(isWorthSealingElsewhere(1000, 2), true);
  assert.equal(isWorthSealingElsewhere(1000, 1), false);
  assert.equal(isWorthSealingElsewhere(20, 8), false);
});
