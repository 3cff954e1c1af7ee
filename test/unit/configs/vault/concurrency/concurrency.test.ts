/**
 * Two real processes on one store, each working as fast as it can: nothing that was said to be kept is lost, all of it
 * verifies and comes back to the byte, and whatever was refused says why. `CONCURRENT_OPERATIONS` sets how often each
 * process does its work.
 */
import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { ConfigurationBackup } from '../../../../../src/configs/configurationBackup.ts';
import { MasterKey } from '../../../../../src/configs/vault/keys.ts';
import { SnapshotStore } from '../../../../../src/configs/vault/snapshotStore.ts';
import { quickFiles } from '../../../files/failingFiles.ts';
import type { Outcome, Task } from './storeProcess.ts';
import { TwoProcesses } from './twoProcesses.ts';

const count = Number(process.env['CONCURRENT_OPERATIONS'] ?? 50);
const root = await mkdtemp(path.join(tmpdir(), 'concurrency-'));
const processes = await TwoProcesses.start();
after(async () => {
  processes.stop();
  await rm(root, { recursive: true, force: true });
});

// The clocks of the processes: what is kept first is older, and nothing is older than the leftovers of a crash.
const startedAt = Date.now();
let stores = 0;

interface Place {
  folder: string;
  keyFile: string;
  backup: ConfigurationBackup;
  store: SnapshotStore;
}

async function newStore(): Promise<Place> {
  const folder = path.join(root, String(++stores));
  const keyFile = `${folder}-key`;
  await writeFile(keyFile, MasterKey.create().reveal(), { mode: 0o600 });
  await mkdir(`${folder}-files`);
  return reopen(folder, keyFile);
}

async function reopen(folder: string, keyFile: string): Promise<Place> {
  const now = (): number => startedAt - 1;
  const key = MasterKey.parse(await readFile(keyFile, 'utf8'));
  const store = await SnapshotStore.open(folder, key, { now, files: quickFiles });
  const rules = { sensitiveKeys: [], safeKeys: [] };
  return { folder, keyFile, store, backup: new ConfigurationBackup(store, { rules, now, zone: 'UTC' }) };
}

type Work = Pick<Task, 'work'> & Partial<Task>;

async function both({ folder, keyFile }: Place, one: Work, two: Work): Promise<[Outcome[], Outcome[]]> {
  const shared = { folder, keyFile, count, startedAt };
  return processes.run([
    { ...shared, tag: 'one', ...one },
    { ...shared, tag: 'two', ...two },
  ]);
}

/** Everything in the store verifies, and what was said to be kept comes back to the byte. */
async function requireAll({ folder, keyFile }: Place, kept: readonly Outcome[]): Promise<Place> {
  const place = await reopen(folder, keyFile);
  assert.deepEqual(await place.backup.verify(), []);
  assert.ok(!place.store.isRotating && !place.store.isResealing);
  const ids = new Set((await place.store.readHead()).ids);
  for (const { about, content, refusal } of kept) {
    assert.equal(refusal, undefined);
    assert.ok(ids.has(about), `${about} is lost`);
    assert.equal((await place.backup.contentOf(about)).toString(), content);
  }
  return place;
}

/** Every way in which something was refused. */
const refusals = (outcomes: readonly Outcome[]): string[] => [
  ...new Set(outcomes.flatMap(({ refusal }) => refusal ?? [])),
];
const done = (outcomes: readonly Outcome[]): string[] =>
  outcomes.filter(({ refusal }) => refusal === undefined).map(({ about }) => about);

test('snapshot and snapshot of other files', async () => {
  const place = await newStore();
  const [one, two] = await both(place, { work: 'keep' }, { work: 'keep' });
  const { store } = await requireAll(place, [...one, ...two]);
  const { ids, counter } = await store.readHead();
  assert.equal(new Set(done([...one, ...two])).size, 2 * count);
  assert.equal(ids.length, 2 * count);
  assert.equal(counter, 2 * count, 'each change of the head is counted once');
});

test('snapshot and snapshot of the same configuration', async () => {
  const place = await newStore();
  await requireAll(place, (await both(place, { work: 'keepTheSame' }, { work: 'keepTheSame' })).flat());
});

test('snapshot and prune: the newest of each configuration stays, and what is gone is on record', async () => {
  const place = await newStore();
  const [kept, pruned] = await both(place, { work: 'keep' }, { work: 'prune' });
  assert.deepEqual(refusals([...kept, ...pruned]), []);
  const newest = new Map(kept.map((outcome) => [outcome.name, outcome]));
  const { store } = await requireAll(place, [...newest.values()]);
  const head = await store.readHead();
  assert.deepEqual([...head.ids, ...head.pruned.map(({ id }) => id)].sort(), done(kept).sort());
});

test('prune and prune', async () => {
  const place = await newStore();
  const kept: Outcome[] = [];
  for (let n = 0; n < count; n++) {
    const config = { password: `hunter2-${n}` };
    const { snapshotId } = await place.backup.backupApplicationConfig(`shop${n % 5}`, config);
    kept.push({ about: snapshotId, name: `shop${n % 5}`, content: `${JSON.stringify(config, null, 2)}\n` });
  }
  const pruned = (await both(place, { work: 'prune' }, { work: 'prune' })).flat();
  assert.deepEqual(refusals(pruned), []);
  const { store } = await requireAll(place, []);
  const { ids, pruned: records } = await store.readHead();
  assert.equal(ids.length, Math.min(count, 2 * 5), 'the last two of each of the five');
  assert.equal(new Set(records.map(({ id }) => id)).size, records.length, 'nothing is removed twice');
  assert.equal(ids.length + records.length, count);
});

test('snapshot and deletion of what is old, and verify: no false alarm', async () => {
  const place = await newStore();
  const [kept, verified] = await both(place, { work: 'keep', keepLast: 3 }, { work: 'verify' });
  assert.deepEqual(refusals([...kept, ...verified]), []);
  assert.deepEqual(new Set(done(verified)), new Set(['[]']));
  await requireAll(place, kept.slice(-3));
});

test('deletion of what is old, and list', async () => {
  const place = await newStore();
  const [kept, listed] = await both(place, { work: 'keep', keepLast: 3 }, { work: 'list' });
  assert.deepEqual(refusals([...kept, ...listed]), []);
  await requireAll(place, kept.slice(-3));
});

test('rotate and snapshot: whatever is kept is under the last key', async () => {
  const place = await newStore();
  const [rotated, kept] = await both(place, { work: 'rotate' }, { work: 'keep', keepLast: 3 });
  assert.deepEqual(refusals(rotated), []);
  const { store } = await requireAll(place, kept.slice(-3));
  assert.equal(store.keyId, rotated.at(-1)!.about);
});

test('reseal and snapshot: no value and no fingerprint stays under an old key', async () => {
  const place = await newStore();
  const [resealed, kept] = await both(place, { work: 'reseal' }, { work: 'keep', keepLast: 3 });
  assert.deepEqual(
    resealed.filter(({ about, refusal }) => about !== '' || refusal !== undefined),
    [],
  );
  const { backup } = await requireAll(place, kept.slice(-3));
  for (const { about, name } of kept.slice(-3)) {
    // A fingerprint under the old key would make the unchanged file look changed.
    assert.deepEqual(await backup.backupConfigFile(name!), { snapshotId: about, isNew: false });
  }
});

test('daily and daily: each day is done once', async () => {
  const place = await newStore();
  const [one, two] = await both(place, { work: 'daily' }, { work: 'daily' });
  assert.deepEqual(refusals([...one, ...two]), []);
  const days = done([...one, ...two]).filter((day) => day !== '');
  assert.equal(days.length, new Set(days).size);
  const { store } = await requireAll(place, []);
  assert.equal((await store.ids()).length, days.length);
  // A process may be a day ahead, and the other then has none of the days before.
  assert.equal(days.sort().at(-1), new Date(Date.UTC(2026, 0, count)).toISOString().slice(0, 10));
});

test('restore and snapshot of the same file: it is never a mixture, and what was replaced is kept', async () => {
  const place = await newStore();
  const contents = ['password: hunter2-old\n', `# ${'longer '.repeat(2_000)}\npassword: hunter2-new\n`];
  const file = path.join(`${place.folder}-files`, 'shop0.yaml');
  const ids: string[] = [];
  for (const content of contents) {
    await writeFile(file, content);
    ids.push((await place.backup.backupConfigFile(file)).snapshotId);
  }
  const [restored, watched] = await both(place, { work: 'restore', tag: 'shop', ids }, { work: 'watch', tag: 'shop' });
  assert.deepEqual(refusals([...restored, ...watched]), []);
  const { backup } = await requireAll(place, []);
  for (const { id } of await backup.listConfigBackups())
    assert.ok(contents.includes((await backup.contentOf(id)).toString()));
  assert.ok(contents.includes(await readFile(file, 'utf8')));
});

test('restore and restore to the same file: who comes second is told that it was changed meanwhile', async () => {
  const place = await newStore();
  const contents = ['password: hunter2-old\n', 'password: hunter2-new\n'];
  const file = path.join(`${place.folder}-files`, 'shop0.yaml');
  const ids: string[] = [];
  for (const content of contents) {
    await writeFile(file, content);
    ids.push((await place.backup.backupConfigFile(file)).snapshotId);
  }
  const outcomes = (
    await both(place, { work: 'restore', tag: 'shop', ids }, { work: 'restore', tag: 'shop', ids: ids.toReversed() })
  ).flat();
  assert.deepEqual(
    refusals(outcomes).filter((refusal) => refusal !== 'changedSincePreview'),
    [],
  );
  await requireAll(place, []);
  assert.ok(contents.includes(await readFile(file, 'utf8')));
});

test('pin and delete: of each snapshot either holds, and the other is told why not', async () => {
  const place = await newStore();
  const ids: string[] = [];
  for (let n = 0; n < count; n++)
    ids.push((await place.backup.backupApplicationConfig('shop', { password: `hunter2-${n}` })).snapshotId);
  // From both ends, so that they meet.
  const [pinned, deleted] = await both(place, { work: 'pin', ids }, { work: 'delete', ids: ids.toReversed() });
  deleted.reverse();
  ids.forEach((id, n) => {
    const [pin, deletion] = [pinned[n]!.refusal, deleted[n]!.refusal];
    assert.ok(
      (pin === undefined && deletion === 'pinned') || (pin === 'snapshotMissing' && deletion === undefined),
      `${id}: pin ${pin ?? 'done'}, delete ${deletion ?? 'done'}`,
    );
  });
  const { store } = await requireAll(place, []);
  const head = await store.readHead();
  assert.deepEqual(
    head.ids,
    head.pinned.toSorted((a, b) => ids.indexOf(a) - ids.indexOf(b)),
  );
  assert.deepEqual(head.ids.toSorted(), done(pinned).toSorted());
});

test('two processes make the same store: it is one, and keeps what both put there', async () => {
  const place = await newStore();
  const folder = `${place.folder}-many`;
  const [one, two] = await both({ ...place, folder }, { work: 'found' }, { work: 'found' });
  assert.deepEqual(one, two);
  for (let n = 0; n < count; n++) {
    const { store, backup } = await reopen(path.join(folder, String(n)), place.keyFile);
    assert.deepEqual(await backup.verify(), []);
    assert.equal((await store.ids()).length, 2);
  }
});

const command = (...args: string[]): Work => ({ work: 'command', args });

test('key rotate and key rotate: the key that stays is the one that opens the store', async () => {
  const place = await newStore();
  const config = { password: 'hunter2' };
  const { snapshotId: about } = await place.backup.backupApplicationConfig('shop', config);
  const outcomes = (await both(place, command('key', 'rotate'), command('key', 'rotate'))).flat();
  assert.deepEqual(
    refusals(outcomes).filter((refusal) => !refusal.endsWith('another process is changing the store; try again')),
    [],
  );
  await requireAll(place, [{ about, content: `${JSON.stringify(config, null, 2)}\n` }]);
});

test('key rotate and snapshot app: whatever was said to be kept is there', async () => {
  const place = await newStore();
  const file = path.join(`${place.folder}-files`, 'shop.json');
  await writeFile(file, '{"password": "hunter2"}');
  const [rotated, kept] = await both(place, command('key', 'rotate'), command('snapshot', 'app', 'shop#', file));
  assert.deepEqual(
    refusals([...rotated, ...kept]).filter(
      (refusal) => !refusal.endsWith('another process is changing the store; try again'),
    ),
    [],
  );
  const content = '{\n  "password": "hunter2"\n}\n';
  await requireAll(
    place,
    done(kept).map((line) => ({ about: line.slice(0, 32), content })),
  );
});

test('key init and key init, key import and key import: one key stays, and the other is refused', async () => {
  const place = await newStore();
  const keys = ['one', 'two'].map((name) => ({
    file: path.join(`${place.folder}-files`, name),
    key: MasterKey.create(),
  }));
  for (const { file, key } of keys) await writeFile(file, key.reveal());
  const inits: [Work, Work] = [command('key', 'init'), command('key', 'init')];
  const imports = keys.map(({ file }) => command('key', 'import', file)) as [Work, Work];
  for (const [what, works] of Object.entries({ inits, imports })) {
    const folder = path.join(`${place.folder}-${what}`, 'none');
    const keyFile = path.join(`${place.folder}-${what}`, '#', 'key');
    const [one, two] = await both({ ...place, folder, keyFile }, ...works);
    for (let n = 0; n < count; n++) {
      assert.equal([one[n], two[n]].filter((outcome) => outcome!.refusal === undefined).length, 1, `${what} ${n}`);
      const said = [one[n]!, two[n]!].find(({ refusal }) => refusal === undefined)!.about;
      assert.ok(
        said.includes(MasterKey.parse(await readFile(keyFile.replace('#', String(n)), 'utf8')).id),
        `${what} ${n}`,
      );
    }
  }
});
