/** What two processes do to one store at the very moments at which they could harm each other, each moment made on purpose. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { MasterKey } from '../../../../src/configs/vault/keys.ts';
import type { SnapshotStore } from '../../../../src/configs/vault/snapshotStore.ts';
import { VaultError } from '../../../../src/configs/vault/vaultError.ts';
import { interleaved } from '../../files/failingFiles.ts';
import { backupOn, now, openQuickly as open } from './quickStore.ts';

const root = await mkdtemp(path.join(tmpdir(), 'interleavings-'));
after(() => rm(root, { recursive: true, force: true }));
let folders = 0;
const newFolder = (): string => path.join(root, String(++folders));

const config = { password: 'hunter2' };
const keep = (store: SnapshotStore, name = 'shop'): Promise<{ snapshotId: string; isNew: boolean }> =>
  backupOn(store).backupApplicationConfig(name, config);
/** Something to wait for until it is said to have come. */
function newMoment(): { come: Promise<void>; say: () => void } {
  let say = (): void => undefined;
  const come = new Promise<void>((resolve) => {
    say = resolve;
  });
  return { come, say };
}
const isFolder = (target: string): boolean => path.basename(target) === 'snapshots';

/** Keeps something while another window changes the keys: the snapshot is written right after the other has looked which there are. */
async function keepDuring(
  folder: string,
  key: MasterKey,
  change: (other: SnapshotStore) => Promise<unknown>,
): Promise<string> {
  const [mayWrite, isWritten] = [newMoment(), newMoment()];
  let isChanging = false;
  const lookAndWait = async (call: string, target: string): Promise<void> => {
    if (!isChanging || call !== 'readdir' || !isFolder(target)) return;
    mayWrite.say();
    await isWritten.come;
  };
  const waitAndWrite = async (call: string, target: string): Promise<void> => {
    if (call !== 'open') return;
    // Between its look at the keys and its files, and once the files have their names.
    if (target.endsWith('.writing') && isFolder(path.dirname(target))) await mayWrite.come;
    else if (isFolder(target)) isWritten.say();
  };
  const other = await open(folder, key, interleaved({ after: lookAndWait }));
  const one = await open(folder, key, interleaved({ before: waitAndWrite }));
  isChanging = true;
  const [outcome] = await Promise.all([
    keep(one).then(
      () => 'kept',
      (error: unknown) => (error instanceof VaultError ? error.failure : String(error)),
    ),
    change(other),
  ]);
  return outcome;
}

test('a snapshot that a rotation has passed by is refused, and leaves nothing that does not open', async () => {
  const [folder, key, nextKey] = [newFolder(), MasterKey.create(), MasterKey.create()];
  await keep(await open(folder, key), 'older');
  assert.equal(await keepDuring(folder, key, (other) => other.rotate(nextKey)), 'keyWrong');
  const store = await open(folder, nextKey);
  assert.deepEqual(await store.verify(), []);
  assert.equal((await store.ids()).length, 1);
  assert.equal((await keep(store)).isNew, true);
});

test('a snapshot that resealing has passed by is refused, and leaves no fingerprint under the old key', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  await keep(await open(folder, key), 'older');
  assert.equal(await keepDuring(folder, key, (other) => other.reseal()), 'busy');
  const store = await open(folder, key);
  assert.equal((await keep(store)).isNew, true);
  assert.equal((await keep(store)).isNew, false, 'the fingerprint is the new key’s');
  assert.equal((await store.ids()).length, 2);
});

test('a removal that is under way is no fault', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const store = await open(folder, key);
  const [gone, stays] = [(await keep(store, 'gone')).snapshotId, (await keep(store, 'stays')).snapshotId];
  const looked = newMoment();
  const verifier = await open(
    folder,
    key,
    interleaved({
      after: (call, target) => (call === 'readdir' && isFolder(target) ? looked.say() : undefined),
    }),
  );
  const found: Promise<unknown>[] = [];
  const remover = await open(
    folder,
    key,
    interleaved({
      before: async (call, target) => {
        if (call !== 'unlink' || !path.basename(target).startsWith(gone)) return;
        // The head does not name it any more, and its file is still there.
        found.push(verifier.verify());
        await looked.come;
      },
    }),
  );
  await remover.remove([gone]);
  assert.deepEqual(await Promise.all(found), [[]]);
  assert.deepEqual(await store.ids(), [stays]);
});

test('a removal between the two looks of a verification is no fault', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const store = await open(folder, key);
  const ids = [(await keep(store, 'a')).snapshotId, (await keep(store, 'b')).snapshotId];
  const left = [...ids];
  let isVerifying = false;
  const verifier = await open(
    folder,
    key,
    interleaved({
      before: async (call, target) => {
        const isLook = call === 'readdir' || (call === 'readFile' && isFolder(path.dirname(target)));
        if (isVerifying && isLook && left.length > 0) await store.remove([left.pop()!]);
      },
    }),
  );
  isVerifying = true;
  assert.deepEqual(await verifier.verify(), []);
  assert.deepEqual(left, []);
});

test('what a removal that was killed has left goes with the next one', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const store = await open(folder, key);
  const { snapshotId } = await keep(store);
  let isRemoving = false;
  const killed = await open(
    folder,
    key,
    interleaved({
      before: (call) => {
        if (isRemoving && call === 'unlink') throw new Error('killed');
      },
    }),
  );
  isRemoving = true;
  await assert.rejects(killed.remove([snapshotId]), /killed/);
  assert.deepEqual(await store.verify(), [{ snapshotId, fault: 'returned' }]);
  assert.deepEqual(await store.remove([]), []);
  assert.deepEqual(await store.verify(), []);
  assert.deepEqual(await readdir(path.join(folder, 'snapshots')), []);
});

test('who opened a store in the middle of a rotation is told of the next one, and not of a changed head', async () => {
  const [folder, key, second, third] = [newFolder(), MasterKey.create(), MasterKey.create(), MasterKey.create()];
  await keep(await open(folder, key));
  let isRotating = false;
  const killed = await open(
    folder,
    key,
    interleaved({
      before: (call, target) => {
        if (isRotating && call === 'readFile' && path.basename(target) === 'head.json') throw new Error('killed');
      },
    }),
  );
  isRotating = true;
  await assert.rejects(killed.rotate(second), /killed/);
  const late = await open(folder, second);
  const other = await open(folder, second);
  await other.resumeRotation();
  await other.rotate(third);
  await assert.rejects(late.readHead(), { failure: 'keyWrong' });
});

test('resealing tells nothing of what another window is taking back', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const store = await open(folder, key);
  await keep(store);
  await writeFile(path.join(folder, 'snapshots', `${'0'.repeat(32)}.json`), 'half');
  assert.deepEqual(await store.reseal(), []);
});

test('what was killed while the key was rotated is told of as unfinished, and goes once nobody can be at it', async () => {
  const [folder, key, nextKey] = [newFolder(), MasterKey.create(), MasterKey.create()];
  const { snapshotId: named } = await keep(await open(folder, key), 'older');
  const killed = await open(
    folder,
    key,
    interleaved({
      before: (call, target) => {
        if (call === 'open' && isFolder(target)) throw new Error('killed');
      },
    }),
  );
  await assert.rejects(keep(killed), /killed/);
  const names = await readdir(path.join(folder, 'snapshots'));
  const name = names.find((one) => one !== `${named}.json`)!;
  const [file, aside] = [path.join(folder, 'snapshots', name), path.join(folder, name)];
  // The rotation looks before it is written.
  await rename(file, aside);
  await (await open(folder, key)).rotate(nextKey);
  await rename(aside, file);

  const store = await open(folder, nextKey);
  const unfinished = { snapshotId: path.basename(name, '.json'), fault: 'unfinished' };
  assert.deepEqual(await store.verify(), [unfinished]);
  const writtenAgo = (ms: number): Promise<void> => utimes(file, (now() - ms) / 1000, (now() - ms) / 1000);
  await writtenAgo(60_000);
  await store.remove([]);
  assert.deepEqual(await store.verify(), [unfinished], 'its window may be alive');
  await writtenAgo(2 * 3_600_000);
  await store.remove([]);
  assert.deepEqual(await store.verify(), []);
  assert.deepEqual(await store.ids(), [named]);
});

test('a damaged snapshot that the head names, and one that it does not name, stay where they are', async () => {
  const [folder, key] = [newFolder(), MasterKey.create()];
  const store = await open(folder, key);
  const { snapshotId } = await keep(store);
  const file = path.join(folder, 'snapshots', `${snapshotId}.json`);
  const text = await readFile(file, 'utf8');
  const other = 'f'.repeat(32);
  await writeFile(file, text.replace(key.id, MasterKey.create().id));
  await writeFile(path.join(folder, 'snapshots', `${other}.json`), text);
  for (const name of [snapshotId, other]) await utimes(path.join(folder, 'snapshots', `${name}.json`), 0, 0);
  await store.remove([]);
  const faults = (await store.verify()).map(({ snapshotId: id, fault }) => `${id} ${fault}`);
  assert.deepEqual(faults.sort(), [`${snapshotId} malformed`, `${other} tampered`].sort());
});
