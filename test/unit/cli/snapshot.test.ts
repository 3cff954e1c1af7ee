import assert from 'node:assert/strict';
import { access, chmod, copyFile, mkdtemp, readFile, readdir, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, afterEach, test } from 'node:test';
import { MasterKey } from '../../../src/configs/vault/keys.ts';
import { interleaved } from '../files/failingFiles.ts';
import { captureCommand } from './captureCommand.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'cli-snapshot-'));
after(() => rm(folder, { recursive: true, force: true }));
const settings = [
  'CONFIG_BACKUP_DIR',
  'XDG_STATE_HOME',
  'BACKUP_FORESIGHT_KEY_FILE',
  'BACKUP_FORESIGHT_KEY',
  'CONFIG_FILES_TO_BACKUP',
  'SHOP_DB_PASSWORD',
  'CONFIG_ENV_PREFIX',
  'CONFIG_APPLICATIONS_TO_BACKUP',
  'BACKUP_FORESIGHT_PASSPHRASE',
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
  process.env['XDG_STATE_HOME'] = path.join(place, 'state');
  let commandsRun = 0;
  return {
    place,
    run: async (...args) => {
      // Each command a second after the one before: what is kept at the same moment has no order.
      const at = Date.UTC(2026, 10, 24, 12) + 1000 * commandsRun++;
      const { code, out, err } = await captureCommand(args, { now: () => at });
      return { code, out: out.join('\n'), err: err.join('\n') };
    },
  };
}

test('a folder in the place of a file is refused in words', async () => {
  const { place, run } = newPlace();
  await run('key', 'init');
  const { code, err } = await run('snapshot', 'file', path.join(place, 'keys'));
  assert.deepEqual([code, err], [1, `backup-foresight snapshot: ${path.join(place, 'keys')}: is no plain file`]);
});

test('a disk that is full or read-only is told in words, with the store it is about', async () => {
  const { place, run } = newPlace();
  const config = path.join(folder, 'refused.yaml');
  await writeFile(config, 'password: hunter2\n');
  await run('key', 'init');
  await run('snapshots');
  for (const [code, words] of [
    ['ENOSPC', 'no space left on the device'],
    ['EROFS', 'the file system is read-only'],
    ['EACCES', 'permission denied'],
  ] as const) {
    const refuse = (call: string): void => {
      if (call === 'writeFile') throw Object.assign(new Error(`${code}: write`), { code });
    };
    const { code: exitCode, err } = await captureCommand(['snapshot', 'file', config], {
      files: interleaved({ before: refuse }),
    });
    assert.deepEqual([exitCode, err], [1, [`backup-foresight snapshot: ${path.join(place, 'store')}: ${words}`]]);
  }
});

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
  assert.equal((await stat(back)).mode & 0o777, (await stat(config)).mode & 0o777);
  await writeFile(back, 'other: 1\n');
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

type Run = ReturnType<typeof newPlace>['run'];

async function keep(run: Run, file: string, content: string): Promise<string> {
  await writeFile(file, content);
  return (await run('snapshot', 'file', file)).out.slice(0, 32);
}

test('a snapshot is shown masked, compared, followed and put back, whole or one key, and no secret shows', async () => {
  const { place, run } = newPlace();
  await run('key', 'init');
  const file = path.join(place, 'shop.yaml');
  const first = await keep(run, file, 'host: a\npassword: secret-one\n');
  const second = await keep(run, file, 'host: b\npassword: secret-two\n');
  await writeFile(file, 'host: c\npassword: secret-three\n');
  const shown = [
    await run('show', first),
    await run('diff', first, second),
    await run('diff', first.slice(0, 8)),
    await run('diff', first, second, '--json'),
    await run('history', file, 'password'),
    await run('history', file, 'host', '--json'),
    await run('restore', first, '--dry-run'),
    await run('restore', first),
  ];
  assert.deepEqual(
    shown.map(({ code }) => code),
    [0, 0, 0, 0, 0, 0, 0, 1],
  );
  assert.match(shown[0]!.out, /host: a\npassword: ••••••••\n# sealed: password \(name\)$/);
  assert.match(shown[1]!.out, /-host: a\n-password: •+ {3}\(secret changed\)\n\+host: b\n/);
  assert.match(shown[2]!.out, /\+host: c/);
  assert.match(shown[4]!.out, /added.*\n.*changed/);
  assert.match(shown[7]!.err, /exists already; nothing was written/);
  for (const { out, err } of shown) assert.ok(!/secret-(one|two|three)/.test(out + err));
  const oneKey = await run('restore', first, '--key', 'password', '--overwrite');
  assert.match(oneKey.out, /^What stood there is kept as [0-9a-f]{32}\.\nRestored to /);
  assert.equal(await readFile(file, 'utf8'), 'host: c\npassword: secret-one\n');
  await run('restore', second, '--overwrite');
  assert.equal(await readFile(file, 'utf8'), 'host: b\npassword: secret-two\n');
});

test('a secret is revealed with --yes only, where nobody can be asked', async () => {
  const { place, run } = newPlace();
  await run('key', 'init');
  const id = await keep(run, path.join(place, 'shop.yaml'), 'password: secret-one\nuser: bob\n');
  const refused = await run('show', id, '--reveal', 'password');
  assert.equal(refused.code, 1);
  assert.ok(!(refused.out + refused.err).includes('secret-one'));
  assert.equal((await run('show', id, '--reveal', 'password', '--yes')).out, 'secret-one');
  assert.match((await run('show', id, '--reveal', 'user', '--yes')).err, /holds no such value/);
  assert.equal((await run('show', id, '--reveal', 'a..b', '--yes')).code, 2);
});

test('who is asked has to give the passphrase or the key', async () => {
  const { place, run } = newPlace();
  await run('key', 'init');
  const id = await keep(run, path.join(place, 'shop.yaml'), 'password: secret-one\n');
  process.env['BACKUP_FORESIGHT_PASSPHRASE'] = 'correct horse battery';
  assert.equal((await run('key', 'recover', '--setup')).code, 0);
  const key = (await readFile(path.join(place, 'keys', 'key'), 'utf8')).trim();
  const answers: [string, number][] = [
    [key, 0],
    ['correct horse battery', 0],
    ['wrong horse battery', 1],
    ['', 1],
    [`${key.slice(0, -2)}AA`, 1],
  ];
  for (const [answer, expected] of answers) {
    const { code, out, err } = await captureCommand(['show', id, '--reveal', 'password'], {
      now: () => 0,
      ask: () => Promise.resolve(answer),
    });
    const shown = [...out, ...err];
    assert.equal(code, expected, shown.join());
    assert.equal(shown.includes('secret-one'), expected === 0);
  }
});

test('pruning tells why, a pinned snapshot stays, one is deleted', async () => {
  const { place, run } = newPlace();
  await run('key', 'init');
  const ids: string[] = [];
  for (const n of [1, 2, 3]) ids.push(await keep(run, path.join(place, 'shop.yaml'), `version: ${n}\n`));
  assert.equal((await run('prune')).code, 2);
  assert.equal((await run('pin', ids[0]!)).code, 0);
  const dry = await run('prune', '--keep-last', '1', '--dry-run', '--json');
  const verdicts = dry.out.split('\n').map((line) => JSON.parse(line) as { id: string; verdict: string });
  assert.equal(verdicts.find(({ id }) => id === ids[0])!.verdict, 'keep');
  assert.equal(verdicts.filter(({ verdict }) => verdict === 'would remove').length, 1);
  assert.match((await run('delete', ids[0]!)).err, /it is pinned/);
  await run('prune', '--keep-last', '1');
  assert.equal((await run('snapshots')).out.split('\n').length, 2);
  await run('pin', ids[0]!, '--remove');
  assert.equal((await run('delete', ids[0]!)).code, 0);
  assert.equal((await run('verify')).code, 0);
});

test('the daily job keeps everything listed once a day, and tells what fails', async () => {
  const { place, run } = newPlace();
  await run('key', 'init');
  const file = path.join(place, 'good.yaml');
  await writeFile(file, 'password: secret-one\n');
  process.env['CONFIG_ENV_PREFIX'] = 'SHOP_';
  process.env['SHOP_DB_PASSWORD'] = 'hunter2-hunter2';
  process.env['CONFIG_FILES_TO_BACKUP'] = `${path.join(place, 'missing.yaml')},${file}`;
  process.env['CONFIG_APPLICATIONS_TO_BACKUP'] = `shop=${file}, broken=${path.join(place, 'none.json')}`;
  const first = await run('daily');
  assert.equal(first.code, 1);
  assert.equal(first.out.split('\n').length, 3, first.out);
  assert.match(first.err, /missing\.yaml: no such file/);
  assert.match(first.err, /broken: .*no such file/);
  assert.match((await run('daily')).out, /2026-11-24 is done already/);
  process.env['CONFIG_FILES_TO_BACKUP'] = file;
  process.env['CONFIG_APPLICATIONS_TO_BACKUP'] = '';
  const again = await run('daily', '--again');
  assert.deepEqual([again.code, again.err], [0, '']);
});

test('the person’s own lists say what is a secret and what is none', async () => {
  const { place, run } = newPlace();
  await run('key', 'init');
  process.env['CONFIG_SENSITIVE_KEYS'] = 'endpoint, codename';
  process.env['CONFIG_SAFE_KEYS'] = 'demo_password';
  try {
    const id = await keep(run, path.join(place, 'shop.yaml'), 'codename: bluebird\ndemo_password: try-me-out\n');
    const { out } = await run('show', id);
    assert.doesNotMatch(out, /bluebird/);
    assert.match(out, /try-me-out/);
  } finally {
    delete process.env['CONFIG_SENSITIVE_KEYS'];
    delete process.env['CONFIG_SAFE_KEYS'];
  }
});

test('a rotated key opens everything, an export brings it back, and nothing replaces another key', async () => {
  const { place, run } = newPlace();
  await run('key', 'init');
  const file = path.join(place, 'shop.yaml');
  const id = await keep(run, file, 'password: secret-one\n');
  const keyFile = path.join(place, 'keys', 'key');
  const before = await readFile(keyFile, 'utf8');
  const rotated = await run('key', 'rotate', '--reseal');
  assert.equal(rotated.code, 0, rotated.err);
  const after = await readFile(keyFile, 'utf8');
  assert.notEqual(after, before);
  assert.equal((await stat(keyFile)).mode & 0o777, 0o600);
  assert.equal((await run('show', id, '--reveal', 'password', '--yes')).out, 'secret-one');
  assert.match((await run('snapshot', 'file', file)).out, /unchanged/);
  process.env['BACKUP_FORESIGHT_PASSPHRASE'] = 'correct horse battery';
  const exported = path.join(place, 'key.export');
  assert.equal((await run('key', 'export', exported)).code, 0);
  assert.match((await run('key', 'export', exported)).err, /exists already/);
  await run('key', 'recover', '--setup');
  for (const back of [['import', exported], ['recover']]) {
    await rm(keyFile);
    process.env['BACKUP_FORESIGHT_PASSPHRASE'] = 'wrong horse battery';
    assert.match((await run('key', ...back)).err, /passphrase is wrong/);
    await assert.rejects(access(keyFile));
    process.env['BACKUP_FORESIGHT_PASSPHRASE'] = 'correct horse battery';
    assert.equal((await run('key', ...back)).code, 0);
    assert.equal(await readFile(keyFile, 'utf8'), after);
    await writeFile(keyFile, before);
    assert.match((await run('key', ...back)).err, /another key stands there already/);
    assert.equal(await readFile(keyFile, 'utf8'), before);
    await writeFile(keyFile, after);
  }
  for (const { out, err } of [rotated, await run('key', 'status')])
    for (const key of [before, after]) assert.ok(!(out + err).includes(key.trim()));
});

test('a key in its text form, as VS Code exports it, is imported too', async () => {
  const { place, run } = newPlace();
  await run('key', 'init');
  const keyFile = path.join(place, 'keys', 'key');
  const exported = path.join(place, 'from-vscode');
  await copyFile(keyFile, exported);
  await rm(keyFile);
  const { code, out, err } = await run('key', 'import', exported);
  assert.equal(code, 0, err);
  assert.ok(!out.includes((await readFile(keyFile, 'utf8')).trim()));
  assert.equal(await readFile(keyFile, 'utf8'), await readFile(exported, 'utf8'));
});

test('a rotation that was cut off is finished by the next command', async () => {
  const { place, run } = newPlace();
  await run('key', 'init');
  await keep(run, path.join(place, 'shop.yaml'), 'password: secret-one\n');
  const keyFile = path.join(place, 'keys', 'key');
  const before = await readFile(keyFile, 'utf8');
  await run('key', 'rotate');
  const after = await readFile(keyFile, 'utf8');
  // As it stands when the process dies between the store and the key file.
  await writeFile(keyFile, before, { mode: 0o600 });
  await writeFile(`${keyFile}.next`, after, { mode: 0o600 });
  assert.match((await run('key', 'status')).out, /next key/);
  assert.equal((await run('verify')).code, 0);
  assert.equal(await readFile(keyFile, 'utf8'), after);
  await assert.rejects(access(`${keyFile}.next`));
});

test('what was being kept when the key was rotated is told in words, and goes with a prune', async () => {
  const { place, run } = newPlace();
  await run('key', 'init');
  const id = await keep(run, path.join(place, 'shop.yaml'), 'password: secret-one\n');
  const snapshots = path.join(place, 'store', 'snapshots');
  const text = await readFile(path.join(snapshots, `${id}.json`), 'utf8');
  const left = path.join(snapshots, `${'0'.repeat(32)}.json`);
  await writeFile(left, text.replace(/"keyId":"[^"]+"/, `"keyId":"${MasterKey.create().id}"`));
  await utimes(left, 0, 0);
  const { code, out } = await run('verify');
  assert.equal(code, 1);
  assert.match(out, /^0{32} {2}unfinished\nUnfinished: .* prune removes it\.$/);
  assert.equal((await run('prune', '--keep-last', '1')).code, 0);
  assert.deepEqual(await readdir(snapshots), [`${id}.json`]);
  assert.equal((await run('verify')).code, 0);
});
