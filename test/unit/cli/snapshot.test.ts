import assert from 'node:assert/strict';
import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, test } from 'node:test';
import { runCommand } from '../../../src/cli/runCommand.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'cli-snapshot-'));
after(() => rm(folder, { recursive: true, force: true }));
const settings = [
  'CONFIG_BACKUP_DIR',
  'BACKUP_FORESIGHT_KEY_FILE',
  'BACKUP_FORESIGHT_KEY',
  'CONFIG_FILES_TO_BACKUP',
  'SHOP_DB_PASSWORD',
];
afterEach(() => {
  for (const name of settings) Reflect.deleteProperty(process.env, name);
});
let places = 0;

/** A store and a key file of its own, and a way to run commands there. */
function newPlace(): {
  place: string;
  run: (...args: string[]) => Promise<{ code: number; out: string; err: string }>;
} {
  const place = path.join(folder, String(++places));
  process.env['CONFIG_BACKUP_DIR'] = path.join(place, 'store');
  process.env['BACKUP_FORESIGHT_KEY_FILE'] = path.join(place, 'keys', 'key');
  return {
    place,
    run: async (...args) => {
      const [out, err]: [string[], string[]] = [[], []];
      const code = await runCommand(args, {
        print: (line) => out.push(line),
        warn: (line) => err.push(line),
        now: () => Date.UTC(2026, 10, 24),
        language: 'en',
        colours: false,
      });
      return { code, out: out.join('\n'), err: err.join('\n') };
    },
  };
}

test('a file is kept, listed, verified and restored to the byte, and its secret shows nowhere', async () => {
  const { place, run } = newPlace();
  const secret = 'Tr0ub4dor-and-3';
  const config = path.join(folder, 'shop.yaml');
  const content = `# shop\r\ndb:\r\n  password: ${secret}\r\n`;
  await writeFile(config, content);
  const shown = [
    await run('key', 'init'),
    await run('snapshot', 'file', config),
    await run('snapshot', 'file', config),
  ];
  assert.deepEqual(
    shown.map(({ code, err }) => [code, err]),
    [
      [0, ''],
      [0, ''],
      [0, ''],
    ],
  );
  assert.match(shown[1]!.out, /^[0-9a-f]{32} {2}new {2}/);
  assert.match(shown[2]!.out, /^[0-9a-f]{32} {2}unchanged {2}/);
  const list = await run('snapshots', '--json');
  const { id, secrets } = JSON.parse(list.out) as { id: string; secrets: number };
  assert.equal(secrets, 1);
  const back = path.join(place, 'back.yaml');
  shown.push(list, await run('verify'), await run('restore', id, '--to', back), await run('key', 'status'));
  assert.equal(await readFile(back, 'utf8'), content);
  assert.equal((await stat(back)).mode & 0o777, 0o600);
  assert.match((await run('restore', id, '--to', back)).err, /exists already/);
  const names = await readdir(path.join(place, 'store'), { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  const written = await Promise.all(files.map((file) => readFile(file, 'latin1')));
  const key = (await readFile(path.join(place, 'keys', 'key'), 'utf8')).trim();
  for (const text of [...written, ...shown.flatMap(({ out, err }) => [out, err])])
    for (const hidden of [secret, Buffer.from(secret).toString('base64'), key]) assert.ok(!text.includes(hidden));
});

test('environment variables and application objects are kept too', async () => {
  const { run } = newPlace();
  await run('key', 'init');
  process.env['SHOP_DB_PASSWORD'] = 'hunter2-hunter2';
  assert.equal((await run('snapshot', 'env', 'SHOP_')).code, 0);
  const app = path.join(folder, 'app.yml');
  await writeFile(app, 'name: shop\napi_key: abc-123-def-456\n');
  assert.equal((await run('snapshot', 'app', 'shop', app)).code, 0);
  const { out } = await run('snapshots', '--json');
  const kept = out.split('\n').map((line) => JSON.parse(line) as { type: string; secrets: number });
  assert.deepEqual(kept.map(({ type, secrets }) => [type, secrets]).sort(), [
    ['application', 1],
    ['env', 1],
  ]);
  await writeFile(app, 'api_key: "abc-123\nname: [\n');
  const broken = await run('snapshot', 'app', 'shop', app);
  assert.equal(broken.code, 1);
  assert.match(broken.err, /app\.yml(:\d+)?: neither JSON nor YAML/);
  assert.ok(!broken.err.includes('abc-123'), 'the parser would repeat a piece of the file');
});

test('of several files one that fails is told, and the rest goes on', async () => {
  const { run } = newPlace();
  await run('key', 'init');
  const good = path.join(folder, 'good.ini');
  await writeFile(good, '[a]\npassword = hunter2\n');
  process.env['CONFIG_FILES_TO_BACKUP'] = `${path.join(folder, 'missing.ini')}, ${good}`;
  const { code, out, err } = await run('snapshot', 'file');
  assert.equal(code, 1);
  assert.match(out, /new {2}.*good\.ini$/);
  assert.match(err, /missing\.ini: no such file/);
});

test('a missing, an open, a damaged and a foreign key are refused, and no key is made over a store', async () => {
  const { place, run } = newPlace();
  assert.match((await run('snapshots')).err, /there is no key; make one with: backup-foresight key init/);
  await run('key', 'init');
  assert.match((await run('key', 'init')).err, /a key stands there already/);
  const file = path.join(folder, 'kept.env');
  await writeFile(file, 'TOKEN=abcdef123456\n');
  await run('snapshot', 'file', file);
  const keyFile = path.join(place, 'keys', 'key');
  await chmod(keyFile, 0o644);
  assert.match((await run('snapshots')).err, /others can read the key; run: chmod 600/);
  await rm(keyFile);
  assert.match((await run('key', 'init')).err, /is under key [0-9a-f]{16}: bring that key back/);
  process.env['BACKUP_FORESIGHT_KEY'] = 'bfkey1_nonsense';
  const damaged = await run('snapshots');
  assert.match(damaged.err, /the key is damaged or cut off/);
  assert.ok(!damaged.err.includes('nonsense'));
  const other = newPlace();
  Reflect.deleteProperty(process.env, 'BACKUP_FORESIGHT_KEY');
  await other.run('key', 'init');
  process.env['CONFIG_BACKUP_DIR'] = path.join(place, 'store');
  assert.match((await other.run('verify')).err, /the store is under another key/);
});
