import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { SharedRecord } from '../../../src/files/sharedRecord.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'shared-record-'));
after(() => rm(folder, { recursive: true }));
const module = new URL('../../../src/files/sharedRecord.ts', import.meta.url).href;

test('several processes change it one after the other, and nothing is lost', async () => {
  const file = path.join(folder, 'new', 'count.json');
  const script = `
    import { SharedRecord } from ${JSON.stringify(module)};
    const record = new SharedRecord(${JSON.stringify(file)}, []);
    for (let round = 0; round < 5; round++)
      await record.change((list) => ({ value: [...list, process.pid], result: null }));`;
  const codes = await Promise.all(
    Array.from(
      { length: 3 },
      () =>
        new Promise((resolve) => {
          const child = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' });
          child.on('close', resolve);
        }),
    ),
  );
  assert.deepEqual(codes, [0, 0, 0]);
  const kept = JSON.parse(await readFile(file, 'utf8')) as number[];
  assert.equal(kept.length, 15);
  assert.equal(new Set(kept).size, 3);
});

test('what is damaged counts as empty, and what stays the same is not written', async () => {
  const file = path.join(folder, 'damaged.json');
  const record = new SharedRecord<string[]>(file, []);
  for (const damaged of ['{', 'null', '{"0":"a"}', '7']) {
    await writeFile(file, damaged);
    assert.deepEqual(await record.change((value) => ({ value, result: value })), [], damaged);
  }
  assert.equal(await readFile(file, 'utf8'), '7');
  await record.change((value) => ({ value: [...value, 'a'], result: null }));
  assert.equal(await readFile(file, 'utf8'), '["a"]\n');
});
