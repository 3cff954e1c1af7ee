import assert from 'node:assert/strict';
import { mkdtemp, open, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { captureCommand } from './captureCommand.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'cli-sizes-'));
const environment = { ...process.env };
after(async () => {
  process.env = environment;
  await rm(folder, { recursive: true, force: true });
});
/** Says that it is a gigabyte, and takes no room. */
const huge = path.join(folder, 'huge.yaml');

before(async () => {
  process.env['CONFIG_BACKUP_DIR'] = path.join(folder, 'store');
  process.env['BACKUP_FORESIGHT_KEY_FILE'] = path.join(folder, 'key');
  process.env['XDG_STATE_HOME'] = path.join(folder, 'state');
  const handle = await open(huge, 'w');
  await handle.truncate(2 ** 30);
  await handle.close();
  await run('key', 'init');
});

async function run(...args: string[]): Promise<{ code: number; err: string; out: string }> {
  const { code, err, out } = await captureCommand(args);
  return { code, err: err.join('\n'), out: out.join('\n') };
}

test('a file that is no configuration for its size is named, and the rest is kept', async () => {
  const small = path.join(folder, 'small.yaml');
  await writeFile(small, 'a: 1\n');
  const { code, err, out } = await run('snapshot', 'file', huge, small);
  assert.equal(code, 1);
  assert.match(err, /huge\.yaml: is larger than 64 MiB/);
  assert.match(out, /new {2}.*small\.yaml/);
  const [id] = out.split(' ');
  const restored = await run('restore', id!, '--to', huge, '--overwrite');
  assert.equal(restored.code, 1);
  assert.match(restored.err, /huge\.yaml: is larger than 64 MiB/);
});

test('so are an application, a key and a mapping', async () => {
  assert.match((await run('snapshot', 'app', 'shop', huge)).err, /huge\.yaml: is larger than 16 MiB/);
  assert.match((await run('key', 'import', huge)).err, /huge\.yaml: is larger than 16 KiB/);
  assert.match((await run('report', '--mapping', huge, folder)).err, /huge\.yaml: is larger than 1 MiB/);
});

test('a key file of that size is named, too', async () => {
  const key = process.env['BACKUP_FORESIGHT_KEY_FILE']!;
  process.env['BACKUP_FORESIGHT_KEY_FILE'] = path.join(folder, 'no-key');
  await writeFile(path.join(folder, 'no-key'), ' '.repeat(20_000), { mode: 0o600 });
  assert.match((await run('snapshots')).err, /no-key: is larger than 16 KiB/);
  process.env['BACKUP_FORESIGHT_KEY_FILE'] = key;
});

test('a device that never ends is not read for ever', { skip: process.platform === 'win32' }, async () => {
  assert.match((await run('key', 'import', '/dev/zero')).err, /zero: is larger than 16 KiB/);
  assert.match((await run('snapshot', 'app', 'shop', '/dev/zero')).err, /zero: is larger than 16 MiB/);
});

test('a key file that asks for a gigabyte a guess is refused before any work', async () => {
  const exported = path.join(folder, 'exported');
  process.env['BACKUP_FORESIGHT_PASSPHRASE'] = 'correct horse battery';
  assert.equal((await run('key', 'export', exported)).code, 0);
  const text = await readFile(exported, 'utf8');
  assert.match(text, /"N": 131072/);
  for (const N of [2 ** 20, 2 ** 30]) {
    const bomb = path.join(folder, `bomb-${N}`);
    await writeFile(bomb, text.replace('"N": 131072', `"N": ${N}`));
    const { code, err } = await run('key', 'import', bomb);
    assert.equal(code, 1);
    assert.match(err, /the recovery record is damaged/);
  }
});
