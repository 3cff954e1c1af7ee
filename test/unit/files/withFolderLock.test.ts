import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { FolderBusyError, patienceMs, withFolderLock } from '../../../src/files/withFolderLock.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'folder-lock-'));
after(() => rm(folder, { recursive: true, force: true }));

test('work under the lock never overlaps, and every piece of it is done', async () => {
  let inside = 0;
  let done = 0;
  const work = async (): Promise<void> => {
    assert.equal(++inside, 1);
    await new Promise((resolve) => setTimeout(resolve, 5));
    inside--;
    done++;
  };
  await Promise.all(Array.from({ length: 8 }, () => withFolderLock(folder, 20_000, work)));
  assert.equal(done, 8);
});

test('who waits in vain is told so, and the lock is free after a failure', async () => {
  await assert.rejects(
    withFolderLock(folder, 20_000, async () => {
      await assert.rejects(
        withFolderLock(folder, 100, () => Promise.resolve()),
        FolderBusyError,
      );
      throw new Error('the work failed');
    }),
    /the work failed/,
  );
  assert.equal(await withFolderLock(folder, 0, () => Promise.resolve('free')), 'free');
});

test('the lock of a process that was killed just now is taken over within the usual patience', async () => {
  const left = path.join(folder, 'left');
  await mkdir(`${left}.lock`, { recursive: true });
  await mkdir(left);
  // Clocks of disks may run ahead of ours.
  const moment = Date.now() / 1000 + 2;
  await utimes(`${left}.lock`, moment, moment);
  assert.equal(await withFolderLock(left, patienceMs, () => Promise.resolve('taken over')), 'taken over');
});
