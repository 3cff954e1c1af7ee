import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { eagerFiles as files } from '../../../src/files/eagerFiles.ts';
import { writeAtomically, writeManyAtomically } from '../../../src/files/writeAtomically.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'eager-files-'));
after(() => rm(folder, { recursive: true, force: true }));

test('files are written whole, for their owner alone, and nothing is left beside them', async () => {
  const texts = Array.from({ length: 40 }, (_, n) => ({ name: `${n}.json`, content: `ä${'x'.repeat(n * 1000)}` }));
  await writeManyAtomically(folder, [...texts, { name: 'bytes', content: Buffer.of(0, 255) }], files);
  for (const { name, content } of texts) assert.equal(await readFile(path.join(folder, name), 'utf8'), content);
  assert.deepEqual(await readFile(path.join(folder, 'bytes')), Buffer.of(0, 255));
  assert.equal((await readdir(folder)).length, 41);
  if (process.platform !== 'win32') assert.equal((await stat(path.join(folder, 'bytes'))).mode & 0o777, 0o600);
});

test('a refusal of the file system rejects, with its code', async () => {
  await assert.rejects(files.open(path.join(folder, 'missing', 'a'), 'wx'), { code: 'ENOENT' });
  await assert.rejects(files.rename(path.join(folder, 'missing'), path.join(folder, 'b')), { code: 'ENOENT' });
  const readable = path.join(folder, 'readable');
  await writeAtomically(readable, 'x', { files });
  const handle = await files.open(readable, 'r');
  await assert.rejects(handle.writeFile('y'));
  await handle.close();
  assert.equal(await readFile(readable, 'utf8'), 'x');
});

test('a file that cannot take its place leaves none behind', async () => {
  const inside = await mkdtemp(path.join(folder, 'inside-'));
  await writeAtomically(path.join(inside, 'kept'), 'kept', { files, mode: 0o640 });
  await assert.rejects(writeAtomically(inside, 'x', { files }));
  assert.deepEqual(await readdir(inside), ['kept']);
  assert.deepEqual(
    (await readdir(folder)).filter((name) => name.endsWith('.writing')),
    [],
  );
});
