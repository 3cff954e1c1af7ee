import assert from 'node:assert/strict';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { ConfigurationBackup } from '../../../src/configs/configurationBackup.ts';
import type { SecretRules } from '../../../src/configs/secrets/secretRange.ts';
import { MasterKey } from '../../../src/configs/vault/keys.ts';
import { SnapshotStore } from '../../../src/configs/vault/snapshotStore.ts';
import { quickFiles } from '../files/failingFiles.ts';

const root = await mkdtemp(path.join(tmpdir(), 'configuration-backup-'));
after(() => rm(root, { recursive: true, force: true }));

const clock = { now: Date.UTC(2026, 10, 1) };
let folders = 0;

async function newBackup(
  folder = path.join(root, `store-${++folders}`),
  key = MasterKey.create(),
): Promise<{ backup: ConfigurationBackup; folder: string; key: MasterKey; store: SnapshotStore }> {
  const now = (): number => clock.now;
  const store = await SnapshotStore.open(folder, key, { now, files: quickFiles });
  const rules = { sensitiveKeys: [], safeKeys: [] };
  return { backup: new ConfigurationBackup(store, { rules, now, zone: 'UTC' }), folder, key, store };
}

async function writeConfig(name: string, content: string | Uint8Array): Promise<string> {
  const file = path.join(root, name);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, content);
  return file;
}

/** Everything the store wrote, as one text. */
async function everythingIn(folder: string): Promise<string> {
  const names = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = names.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name));
  return (await Promise.all(files.map((file) => readFile(file, 'latin1')))).join('\n');
}

/** The ways in which a secret could still be read. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret, 'utf8');
  return [
    secret,
    bytes.toString('base64'),
    bytes.toString('base64url'),
    bytes.toString('hex'),
    encodeURIComponent(secret),
    JSON.stringify(secret).slice(1, -1),
  ];
}

test('files come back to the byte, and no secret can be read in the store', async () => {
  const { backup, folder } = await newBackup();
  const secret = 'Tr0ub4dor&3-xyz';
  const contents: [string, string | Uint8Array][] = [
    ['app.yaml', `# db\r\ndb:\r\n  host: db.example\r\n  password: "${secret}" # keep\r\n`],
    ['.env', `\ufeffAPP_DB_PASSWORD=${secret}\nAPP_NAME=shop`],
    ['settings.json', `{\n\t"apiKey": ${JSON.stringify(secret)},\n\t"port": 8080 // note\n}`],
    ['conf.toml', `title = "x"\n[db]\npassword = '${secret}'\n`],
    ['my.ini', `[client]\nuser = root\npassword=${secret}\n`],
    ['binary.yaml', Buffer.concat([Buffer.from([0, 255, 254]), Buffer.from(secret)])],
    ['latin1.ini', Buffer.from(`[a]\nname=caf\xe9\npassword=${secret}\n`, 'latin1')],
    ['empty.yaml', ''],
    ['marked.yaml', `note: ENC[AES256_GCM,data:x]\npassword: ${secret}\n`],
  ];
  for (const [name, content] of contents) {
    const file = await writeConfig(`round-trip/${name}`, content);
    const { snapshotId, isNew } = await backup.backupConfigFile(file, name);
    assert.ok(isNew);
    assert.deepEqual(await backup.contentOf(snapshotId), Buffer.from(content), name);
  }
  const written = await everythingIn(folder);
  for (const form of formsOf(secret)) assert.ok(!written.includes(form));
  assert.ok(written.includes('db.example'), 'what is no secret stays readable');
  assert.deepEqual(await backup.verify(), []);
});

test('an unchanged configuration makes no new snapshot, a changed one does', async () => {
  const { backup } = await newBackup();
  const file = await writeConfig('changing.yaml', 'password: one\n');
  const first = await backup.backupConfigFile(file);
  assert.deepEqual(await backup.backupConfigFile(file), { snapshotId: first.snapshotId, isNew: false });
  await writeConfig('changing.yaml', 'password: two\n');
  clock.now += 1000;
  const second = await backup.backupConfigFile(file);
  assert.ok(second.isNew);
  await writeConfig('changing.yaml', 'password: one\n');
  clock.now += 1000;
  assert.ok((await backup.backupConfigFile(file)).isNew, 'back to the first is a change too');
});

test('a snapshot tells how many values differ from the one before, also from a new index', async () => {
  const { backup, folder, key } = await newBackup();
  const counts = async (of = backup): Promise<(number | null)[]> =>
    (await of.listConfigBackups()).reverse().map(({ changedKeys }) => changedKeys);
  for (const text of [
    'a: 1\npassword: one\n',
    'a: 1\npassword: two\n',
    '# moved\na: 1\npassword: two\n',
    'b: 2\npassword: "three"\n',
  ]) {
    await backup.backupConfigFile(await writeConfig('counted.yaml', text));
    clock.now += 1000;
  }
  assert.deepEqual(await counts(), [null, 1, 0, 3]);
  await rm(path.join(folder, 'index.json'), { force: true });
  const { backup: anew } = await newBackup(folder, key);
  assert.deepEqual(await counts(anew), [null, 1, 0, 3]);
});

test('environment variables of a prefix are kept, and every value comes back as it was', async () => {
  const { backup, folder } = await newBackup();
  const environment = {
    APP_PASSWORD: 'it\'s $HOME `x`\nsecond "line"',
    APP_HOST: 'db.example',
    APP_MOTD: 'hello world',
    APP_EMPTY: '',
    APP_GONE: undefined,
    OTHER_SECRET: 'not asked for',
  };
  const { snapshotId } = await backup.backupEnvironmentVariables('APP_', environment);
  const text = (await backup.contentOf(snapshotId)).toString('utf8');
  assert.equal(
    text,
    'APP_EMPTY=\nAPP_HOST=db.example\nAPP_MOTD=\'hello world\'\nAPP_PASSWORD="it\'s \\$HOME \\`x\\`\nsecond \\"line\\""\n',
  );
  assert.ok(!(await everythingIn(folder)).includes('second'));
});

test('an application’s configuration is sealed unless the caller says that it holds no secret', async () => {
  const { backup, folder } = await newBackup();
  const config = { name: 'shop', db: { password: 'hunter2-hunter2' } };
  const { snapshotId } = await backup.backupApplicationConfig('shop', config);
  assert.deepEqual(JSON.parse((await backup.contentOf(snapshotId)).toString('utf8')), config);
  assert.ok(!(await everythingIn(folder)).includes('hunter2'));
  const open = await newBackup();
  await open.backup.backupApplicationConfig('shop', { level: 'debug' }, false);
  assert.ok((await everythingIn(open.folder)).includes('debug'));
});

test('lists are newest first, by type and by age', async () => {
  const { backup, store } = await newBackup();
  const day = 86_400_000;
  const file = await writeConfig('listed.yaml', 'password: hunter2\nname: y\n');
  const old = await backup.backupConfigFile(file, 'listed.yaml');
  clock.now += 10 * day;
  await backup.backupApplicationConfig('app', { a: 1 });
  await store.setPinned(old.snapshotId, true);
  const all = await backup.listConfigBackups();
  assert.deepEqual(
    all.map(({ type, name, secrets, pinned }) => [type, name, secrets, pinned]),
    [
      ['application', 'app', 0, false],
      ['file', 'listed.yaml', 1, true],
    ],
  );
  assert.equal((await backup.listConfigBackups('env')).length, 0);
  assert.deepEqual(
    (await backup.listConfigBackups(null, 5)).map(({ name }) => name),
    ['app'],
  );
});

test('pruning tells its reasons, and removes only when it is no rehearsal', async () => {
  const { backup } = await newBackup();
  for (let version = 1; version <= 4; version++) {
    await backup.backupApplicationConfig('app', { version });
    clock.now += 60_000;
  }
  const verdicts = await backup.prune({ last: 2 }, { dryRun: true });
  assert.deepEqual(
    verdicts.map(({ reasons }) => reasons),
    [[], [], ['last'], ['newestGood', 'last']],
  );
  assert.equal((await backup.listConfigBackups()).length, 4);
  await backup.prune({ last: 2 }, { dryRun: false });
  assert.equal((await backup.listConfigBackups()).length, 2);
  assert.deepEqual(await backup.verify(), []);
});

test('a link and a folder are refused', async () => {
  const { backup } = await newBackup();
  const target = await writeConfig('target.yaml', 'password: x\n');
  await chmod(target, 0o640);
  await symlink(target, path.join(root, 'link.yaml'));
  await assert.rejects(backup.backupConfigFile(path.join(root, 'link.yaml')), { failure: 'notAFile' });
  await assert.rejects(backup.backupConfigFile(root), { failure: 'notAFile' });
  await assert.rejects(backup.backupConfigFile(path.join(root, 'missing.yaml')), { code: 'ENOENT' });
});

test('two snapshots, and a snapshot and the live file, are compared without opening a secret', async () => {
  const { backup } = await newBackup();
  const file = await writeConfig('live.yaml', 'host: a\npassword: hunter2-one\n');
  const name = 'live.yaml';
  const first = await backup.backupConfigFile(file, name);
  assert.deepEqual((await backup.drift(name, { type: 'file', path: file })).state, 'same');
  await writeConfig('live.yaml', 'host: b\npassword: hunter2-two\n');
  const drift = await backup.drift(name, { type: 'file', path: file });
  assert.equal(drift.state, 'changed');
  assert.deepEqual(drift.diff, await backup.diffWithLive(first.snapshotId, { type: 'file', path: file }));
  clock.now += 1000;
  const second = await backup.backupConfigFile(file, name);
  const diff = await backup.diff(first.snapshotId, second.snapshotId);
  assert.deepEqual(diff, drift.diff);
  assert.deepEqual(
    diff.keys.map(({ path: [key], before, after: is, secret }) => [key, before, is, secret]),
    [
      ['host', 'a', 'b', null],
      ['password', '••••••••', '••••••••', 'changed'],
    ],
  );
  await rm(file);
  assert.equal((await backup.drift(name, { type: 'file', path: file })).state, 'gone');
  assert.equal((await backup.drift('other', { type: 'file', path: file })).state, 'neverKept');
});

test('the environment and application objects drift too', async () => {
  const { backup } = await newBackup();
  const environment = { APP_A: '1', APP_PASSWORD: 'hunter2-hunter2' };
  await backup.backupEnvironmentVariables('APP_', environment);
  await backup.backupApplicationConfig('shop', { a: 1 });
  assert.equal((await backup.drift('APP_', { type: 'env', environment })).state, 'same');
  const changed = { ...environment, APP_PASSWORD: 'hunter3-hunter3' };
  const { state, diff } = await backup.drift('APP_', { type: 'env', environment: changed });
  assert.equal(state, 'changed');
  assert.deepEqual(
    diff!.keys.map(({ path: [key], secret }) => [key, secret]),
    [['APP_PASSWORD', 'changed']],
  );
  assert.equal((await backup.drift('shop', { type: 'application', config: { a: 1 } })).state, 'same');
  assert.equal((await backup.drift('shop', { type: 'application', config: { a: 2 } })).state, 'changed');
});

test('the history of a key tells when it changed, of a secret without its values', async () => {
  const { backup } = await newBackup();
  const start = clock.now;
  for (const password of [null, 'one-one-1', 'one-one-1', 'two-two-2', 'one-one-1', null]) {
    const config = { version: clock.now, ...(password === null ? {} : { password }) };
    await backup.backupApplicationConfig('app', config);
    clock.now += 1000;
  }
  const events = await backup.history('application', 'app', ['password']);
  assert.deepEqual(
    events.map(({ change, shown, createdAt, isSecret }) => [change, shown, (createdAt - start) / 1000, isSecret]),
    [
      ['added', '••••••••', 1, true],
      ['changed', '••••••••', 3, true],
      ['changed', '••••••••', 4, true],
      ['removed', null, 5, true],
    ],
  );
  assert.equal((await backup.history('application', 'app', ['version'])).length, 6);
  assert.deepEqual(await backup.history('application', 'app', ['nothing']), []);
  assert.deepEqual(await backup.history('file', 'app', ['password']), []);
});

test('a snapshot is shown with masks, and where they stand', async () => {
  const { backup } = await newBackup();
  const file = await writeConfig('shown.yaml', 'a: 1\npassword: hunter2-one\nurl: redis://:secret-99@h\n');
  const { snapshotId } = await backup.backupConfigFile(file, 'shown.yaml');
  const { text, masks, origin, secrets } = await backup.show(snapshotId);
  assert.equal(text, 'a: 1\npassword: ••••••••\nurl: redis://:••••••••@h\n');
  assert.deepEqual(
    masks.map(({ start, end, path: [key], reason }) => [text.slice(start, end), key, reason]),
    [
      ['••••••••', 'password', 'name'],
      ['••••••••', 'url', 'url'],
    ],
  );
  assert.equal(origin?.path, file);
  assert.equal(secrets, 2);
});

test('many files are kept in one go; one that fails is told in its place', async () => {
  const { backup, store } = await newBackup();
  const files = await Promise.all([1, 2, 3].map((n) => writeConfig(`many/${n}.yaml`, `password: secret-${n}\n`)));
  const { counter } = await store.readHead();
  const asked = [files[0]!, path.join(root, 'many', 'none.yaml'), files[1]!, files[2]!];
  const results = await backup.backupConfigFiles(asked);
  assert.deepEqual(
    results.map((result) => ('error' in result ? (result.error as NodeJS.ErrnoException).code : result.isNew)),
    [true, 'ENOENT', true, true],
  );
  assert.equal((await store.readHead()).counter, counter + 1);
  await writeConfig('many/2.yaml', 'password: other-2\n');
  const again = await backup.backupConfigFiles(files);
  assert.deepEqual(
    again.map((result) => 'isNew' in result && result.isNew),
    [false, true, false],
  );
});

test('a damaged last snapshot never stands for an unchanged file', async () => {
  const { backup, folder } = await newBackup();
  const file = await writeConfig('damaged.yaml', 'password: secret-1\n');
  const first = await backup.backupConfigFile(file);
  await writeFile(path.join(folder, 'snapshots', `${first.snapshotId}.json`), 'damage');
  const second = await backup.backupConfigFile(file);
  assert.ok(second.isNew);
  assert.equal((await backup.contentOf(second.snapshotId)).toString(), 'password: secret-1\n');
});

test('many files in batches: each result stands in its place, a file named twice is kept once, what changed is compared', async () => {
  const { backup, store } = await newBackup();
  const files = await Promise.all(
    Array.from({ length: 300 }, (_, n) => writeConfig(`batch/app${n}.env`, `PASSWORD=hunter${n}\n`)),
  );
  const named = [...files.slice(0, 40), path.join(root, 'batch', 'missing'), files[0]!, ...files.slice(40)];
  const first = await backup.backupConfigFiles(named);
  assert.equal(first.length, named.length);
  const idAt = (results: typeof first, index: number): string | null => {
    const result = results[index]!;
    return 'error' in result ? null : result.snapshotId;
  };
  assert.equal(idAt(first, 40), null);
  assert.equal(idAt(first, 41), idAt(first, 0));
  assert.equal((await store.ids()).length, files.length);
  for (const n of [0, 39, 42, 301])
    assert.equal((await backup.contentOf(idAt(first, n)!)).toString(), await readFile(named[n]!, 'utf8'));
  await writeFile(files[7]!, 'PASSWORD=another\n');
  const second = await backup.backupConfigFiles(named);
  const isNew = second.map((result) => 'isNew' in result && result.isNew);
  assert.deepEqual([isNew.indexOf(true), isNew.lastIndexOf(true)], [7, 7]);
  assert.equal(idAt(second, 8), idAt(first, 8));
  assert.equal((await backup.diff(idAt(first, 7)!, idAt(second, 7)!)).keys[0]?.secret, 'changed');
  assert.deepEqual(await store.verify(), []);
});

async function keep(backup: ConfigurationBackup, file: string): Promise<{ snapshotId: string; isNew: boolean }> {
  const [result] = await backup.backupConfigFiles([file]);
  assert.ok(result && 'isNew' in result);
  return { snapshotId: result.snapshotId, isNew: result.isNew };
}

test('what the settings say of secrets counts for a file that is as it was', async () => {
  const { backup, folder, store } = await newBackup();
  const file = await writeConfig('colors.yaml', 'color: redvelvet\npassword: hunter2\nplain: 5\n');
  const withRules = (rules: SecretRules): ConfigurationBackup =>
    new ConfigurationBackup(store, { rules, now: () => clock.now, zone: 'UTC' });
  const first = await keep(backup, file);
  assert.equal((await keep(backup, file)).isNew, false);

  const sealing = withRules({ sensitiveKeys: ['color'], safeKeys: [] });
  const sealed = await keep(sealing, file);
  assert.equal(sealed.isNew, true);
  assert.equal((await backup.show(sealed.snapshotId)).text, 'color: ••••••••\npassword: ••••••••\nplain: 5\n');
  assert.equal((await keep(sealing, file)).isNew, false);
  await store.remove([first.snapshotId]);
  assert.doesNotMatch(await everythingIn(folder), /redvelvet/);

  // Settings under which no more is sealed make no snapshot.
  const others = [
    { sensitiveKeys: ['color', 'flavour'], safeKeys: [] },
    { sensitiveKeys: [], safeKeys: ['password'] },
  ];
  for (const rules of others) assert.equal((await keep(withRules(rules), file)).isNew, false);
});

test('a snapshot of a version that did not say what it knew is searched again', async () => {
  const { backup, store } = await newBackup();
  const file = await writeConfig('older.yaml', 'color: redvelvet\npassword: hunter2\n');
  const { snapshotId: id } = await keep(backup, file);
  const { manifest, openedKey } = await store.read(id);
  const older = { ...manifest, id: 'f'.repeat(32), text: 'color: redvelvet\npassword: hunter2\n', values: [] };
  delete older.searchedBy;
  await store.add({ manifest: older, dataKey: openedKey, madeWith: store.begin().madeWith });
  await store.remove([id]);
  const result = await keep(backup, file);
  assert.equal(result.isNew, true);
  assert.equal((await backup.show(result.snapshotId)).text, 'color: redvelvet\npassword: ••••••••\n');
});
