import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { sweepLeftovers, writeAtomically, writeManyAtomically } from '../../../src/files/writeAtomically.ts';
import type { FileLayer } from '../../../src/files/fileLayer.ts';
import { failAtCall, countCalls, interleaved } from './failingFiles.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'write-atomically-'));
after(() => rm(folder, { recursive: true, force: true }));

test('content, mode and nothing else stand there afterwards', async () => {
  const target = path.join(folder, 'fresh');
  await writeAtomically(target, 'one', { mode: 0o640 });
  await writeAtomically(target, Buffer.from([0, 255]), { mode: 0o600 });
  assert.deepEqual(await readFile(target), Buffer.from([0, 255]));
  assert.equal((await stat(target)).mode & 0o777, 0o600);
  assert.deepEqual(await readdir(folder), ['fresh']);
});

test('whichever file call fails, the old content or the new stands there, and an error is told', async () => {
  const target = path.join(folder, 'old');
  const calls = await countCalls((files) => writeAtomically(path.join(folder, 'counted'), 'x', { files }));
  assert.ok(calls >= 8, `${calls} calls`);
  for (const code of ['ENOSPC', 'EIO', 'EACCES']) {
    for (let n = 1; n <= calls; n++) {
      await writeFile(target, 'old');
      await assert.rejects(writeAtomically(target, 'new', { files: failAtCall(n, code) }), { code });
      assert.match(await readFile(target, 'utf8'), /^(old|new)$/);
    }
  }
});

test('of many files each is whole or not there, whichever call fails, and the folder is flushed once', async () => {
  const contents = Array.from({ length: 20 }, (_, n) => ({ name: `many${n}`, content: `${n}`.repeat(5_000) }));
  const trial = async (files: FileLayer): Promise<{ place: string; failed: boolean }> => {
    const place = await mkdtemp(path.join(folder, 'many-'));
    const failed = await writeManyAtomically(place, contents, files).then(
      () => false,
      () => true,
    );
    return { place, failed };
  };
  const calls = await countCalls(trial);
  assert.equal(calls, contents.length * 5 + 3);
  for (let n = 1; n <= calls; n++) {
    const { place, failed } = await trial(failAtCall(n, 'ENOSPC', n % 2 === 0 ? 'dead' : 'works'));
    assert.ok(failed, `call ${n}`);
    for (const { name, content } of contents) {
      const text = await readFile(path.join(place, name), 'utf8').catch(() => null);
      assert.ok(text === null || text === content, `call ${n}: ${name}`);
    }
  }
});

test('a new file replaces none, with links and without, and what is in the way of tidying up is no failure', async () => {
  const refusing = (refused: string, code: string): FileLayer =>
    interleaved({
      before: (call) => {
        if (call === refused) throw Object.assign(new Error(code), { code });
      },
    });
  const disks: [string, FileLayer][] = [
    ['links', interleaved({})],
    ...['EPERM', 'ENOTSUP', 'EISDIR'].map((code): [string, FileLayer] => [code, refusing('link', code)]),
    ['held', refusing('unlink', 'EPERM')],
  ];
  for (const [name, files] of disks) {
    const place = await mkdtemp(path.join(folder, 'new-'));
    const target = path.join(place, 'key');
    await writeAtomically(target, 'first', { isNew: true, files });
    await assert.rejects(writeAtomically(target, 'second', { isNew: true, files }), { code: 'EEXIST' }, name);
    assert.equal(await readFile(target, 'utf8'), 'first', name);
    if (name !== 'held') assert.deepEqual(await readdir(place), ['key'], name);
  }
});

test('leftovers of a crash are swept when they are old, and nothing else is', async () => {
  const names = ['.0123456789abcdef.writing', '.fedcba9876543210.writing', '.other.writing', 'kept'];
  const swept = await mkdtemp(path.join(folder, 'swept-'));
  const hourAgo = new Date(Date.now() - 2 * 3_600_000);
  for (const name of names) await writeFile(path.join(swept, name), '');
  for (const name of names.filter((_, i) => i !== 1)) await utimes(path.join(swept, name), hourAgo, hourAgo);
  await sweepLeftovers(swept, Date.now());
  assert.deepEqual((await readdir(swept)).sort(), names.slice(1).sort());
});
