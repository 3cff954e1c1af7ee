import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { captureCommand } from './captureCommand.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'cli-last-seen-'));
const environment = { ...process.env };
after(async () => {
  process.env = environment;
  await rm(folder, { recursive: true, force: true });
});
const store = path.join(folder, 'store');
process.env['CONFIG_BACKUP_DIR'] = store;
process.env['BACKUP_FORESIGHT_KEY_FILE'] = path.join(folder, 'key');
let moment = Date.UTC(2026, 10, 24);

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const { code, out, err } = await captureCommand(args, { now: () => (moment += 1000) });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

async function keep(name: string): Promise<void> {
  const file = path.join(folder, name);
  await writeFile(file, 'A_PASSWORD=x1y2z3w4\n');
  const { code, err } = await run('snapshot', 'file', file);
  assert.deepEqual([code, err], [0, '']);
}

test('a store put back to an earlier day is refused by every command until it is accepted', async () => {
  process.env['XDG_STATE_HOME'] = path.join(folder, 'state');
  await run('key', 'init');
  await keep('first.env');
  await cp(store, `${store}.earlier`, { recursive: true });
  await keep('second.env');
  await rm(store, { recursive: true });
  await cp(`${store}.earlier`, store, { recursive: true });
  for (const command of [['snapshots'], ['verify'], ['snapshot', 'file', path.join(folder, 'first.env')]]) {
    const { code, err } = await run(...command);
    assert.equal(code, 1);
    assert.match(err, /an older copy stands in the place of the store .*verify --accept-older/);
  }
  const accepted = await run('verify', '--accept-older');
  assert.deepEqual([accepted.code, accepted.out], [0, 'Every snapshot is what was signed.']);
  assert.equal((await run('snapshots')).out.split('\n').length, 1);
  await keep('third.env');
});

test('what is remembered is one number a store, for its owner alone', async () => {
  const remembered = path.join(folder, 'state', 'backup-foresight', 'stores');
  const [name, ...more] = await readdir(remembered);
  assert.deepEqual(more, []);
  assert.match(name!, /^[0-9a-f]{32}$/);
  const file = path.join(remembered, name!);
  assert.match(await readFile(file, 'utf8'), /^\d+\n$/);
  if (process.platform !== 'win32') assert.equal((await stat(file)).mode & 0o777, 0o600);
  // A damaged one is as good as none.
  await writeFile(file, 'nonsense');
  assert.equal((await run('verify')).code, 0);
  assert.match(await readFile(file, 'utf8'), /^\d+\n$/);
});

test('where nothing can be remembered the work is done all the same, and that is said', async () => {
  const blocked = path.join(folder, 'blocked');
  await writeFile(blocked, '');
  process.env['XDG_STATE_HOME'] = blocked;
  const { code, out, err } = await run('verify');
  assert.deepEqual([code, out], [0, 'Every snapshot is what was signed.']);
  assert.match(err, /could not be written: no such file or folder; a store rolled back would not be noticed/);
});
