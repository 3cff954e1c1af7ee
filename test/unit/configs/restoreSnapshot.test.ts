import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmod, chown, lstat, mkdtemp, readdir, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { ConfigurationBackup } from '../../../src/configs/configurationBackup.ts';
import { MasterKey } from '../../../src/configs/vault/keys.ts';
import type { RestoreTarget } from '../../../src/configs/vault/restoreTarget.ts';
import { SnapshotStore } from '../../../src/configs/vault/snapshotStore.ts';
import { quickFiles } from '../files/failingFiles.ts';

const base = await realpath(await mkdtemp(path.join(tmpdir(), 'restore-snapshot-')));
after(() => rm(base, { recursive: true, force: true }));
let clock = Date.UTC(2026, 10, 1);
let places = 0;

async function newPlace(): Promise<{
  backup: ConfigurationBackup;
  folder: string;
  at: (name: string) => RestoreTarget;
}> {
  const folder = path.join(base, String(++places));
  const now = (): number => (clock += 1000);
  const store = await SnapshotStore.open(path.join(folder, 'store'), MasterKey.create(), { now, files: quickFiles });
  const backup = new ConfigurationBackup(store, { rules: { sensitiveKeys: [], safeKeys: [] }, now, zone: 'UTC' });
  return { backup, folder, at: (name) => ({ path: path.join(folder, name), root: folder }) };
}

const content = '\ufeff# shop\r\ndb:\r\n  host: a\n  password: "old-secret-1"';

test('a file comes back to the byte with its mode, after a snapshot of what stood there', async () => {
  const { backup, at } = await newPlace();
  const target = at('app.yaml');
  await writeFile(target.path, content);
  await chmod(target.path, 0o640);
  const { snapshotId } = await backup.backupConfigFile(target.path);
  const changed = 'db:\n  host: b\n  password: "new-secret-2"\n';
  await writeFile(target.path, changed);
  await chmod(target.path, 0o600);
  const plan = await backup.planRestore(snapshotId, target);
  assert.deepEqual([plan.isSame, plan.modeBefore, plan.modeAfter], [false, 0o600, 0o640]);
  assert.ok(plan.diff!.keys.some(({ secret }) => secret === 'changed'));
  assert.ok(!JSON.stringify(plan).includes('secret-'));
  const { safetySnapshotId, hasOwner } = await backup.restore(snapshotId, target, plan.stamp);
  assert.ok(hasOwner);
  assert.equal(await readFile(target.path, 'utf8'), content);
  assert.equal((await lstat(target.path)).mode & 0o777, 0o640);
  assert.equal((await backup.contentOf(safetySnapshotId!)).toString(), changed);
  assert.equal((await backup.planRestore(snapshotId, target)).isSame, true);
  await rm(target.path);
  const bare = await backup.planRestore(snapshotId, target);
  assert.deepEqual([bare.stamp, bare.diff], [null, null]);
  await backup.restore(snapshotId, target, null);
  assert.equal(await readFile(target.path, 'utf8'), content);
});

test('what a file that is a secret as a whole replaces in another place is sealed as a whole, too', async () => {
  const { backup, folder, at } = await newPlace();
  const source = at('.pgpass');
  await writeFile(source.path, 'db.example.net:5432:shop:app:opaque-secret-1\n');
  const { snapshotId } = await backup.backupConfigFile(source.path);
  const target = at('copy');
  await writeFile(target.path, 'db.example.net:5432:shop:app:opaque-secret-2\n');
  const { stamp } = await backup.planRestore(snapshotId, target);
  const { safetySnapshotId } = await backup.restore(snapshotId, target, stamp);
  assert.match((await backup.contentOf(safetySnapshotId!)).toString(), /opaque-secret-2/);
  const store = path.join(folder, 'store');
  for (const entry of await readdir(store, { recursive: true, withFileTypes: true }))
    if (entry.isFile())
      assert.doesNotMatch(await readFile(path.join(entry.parentPath, entry.name), 'utf8'), /opaque-secret/);
});

test('the owner comes back where this user may give it', { skip: process.getuid?.() !== 0 }, async () => {
  const { backup, at } = await newPlace();
  const target = at('app.yaml');
  await writeFile(target.path, content);
  await chown(target.path, 1234, 4321);
  const { snapshotId } = await backup.backupConfigFile(target.path);
  await rm(target.path);
  assert.ok((await backup.restore(snapshotId, target, null)).hasOwner);
  const { uid, gid } = await lstat(target.path);
  assert.deepEqual([uid, gid], [1234, 4321]);
});

test('a file that changed since the plan is left alone', async () => {
  const { backup, at } = await newPlace();
  const target = at('app.yaml');
  await writeFile(target.path, content);
  const { snapshotId } = await backup.backupConfigFile(target.path);
  const { stamp } = await backup.planRestore(snapshotId, target);
  await writeFile(target.path, 'mine: 1\n');
  await assert.rejects(backup.restore(snapshotId, target, stamp), { refusal: 'changedSincePreview' });
  await assert.rejects(backup.restore(snapshotId, target, null), { refusal: 'changedSincePreview' });
  assert.equal(await readFile(target.path, 'utf8'), 'mine: 1\n');
  assert.equal((await backup.listConfigBackups()).length, 1);
});

test('one key is put back, and the rest of the file stays as it is', async () => {
  const { backup, at } = await newPlace();
  const target = at('app.yaml');
  await writeFile(target.path, content);
  const { snapshotId } = await backup.backupConfigFile(target.path);
  await writeFile(target.path, '# rewritten\nuser: bob\ndb: {host: b, password: "new-secret-2"} # end\n');
  await chmod(target.path, 0o604);
  const part = { key: { path: ['db', 'password'], document: 0 } };
  const plan = await backup.planRestore(snapshotId, target, part);
  assert.deepEqual(plan.diff!.keys.length, 1);
  await backup.restore(snapshotId, target, plan.stamp, part);
  assert.equal(
    await readFile(target.path, 'utf8'),
    '# rewritten\nuser: bob\ndb: {host: b, password: "old-secret-1"} # end\n',
  );
  assert.equal((await lstat(target.path)).mode & 0o777, 0o604);
  const wrong = { key: { path: ['db', 'nothing'], document: 0 } };
  await assert.rejects(backup.planRestore(snapshotId, target, wrong), { refusal: 'keyNotThere', about: 'db.nothing' });
  await assert.rejects(backup.planRestore(snapshotId, at('none.yaml'), part), { refusal: 'keyNotThere' });
});

test('nothing is restored into the store', async () => {
  const { backup, folder, at } = await newPlace();
  await writeFile(at('app.yaml').path, content);
  const { snapshotId } = await backup.backupConfigFile(at('app.yaml').path);
  const before = await readdir(path.join(folder, 'store'), { recursive: true });
  for (const name of ['store/head.json', 'store/new', `store/snapshots/${'0'.repeat(32)}.json`])
    await assert.rejects(backup.planRestore(snapshotId, at(name)), { refusal: 'insideStore' });
  assert.deepEqual(await readdir(path.join(folder, 'store'), { recursive: true }), before);
});

test('environment variables come back as a .env file and as a script that a shell runs', async () => {
  const { backup, at } = await newPlace();
  const environment = { APP_PASSWORD: `it's "$HOME" \\ \`id\`\nline`, APP_NAME: 'two words' };
  const { snapshotId } = await backup.backupEnvironmentVariables('APP_', environment);
  const [dotenv, script] = [at('.env'), at('env.sh')];
  await backup.restore(snapshotId, dotenv, null);
  await backup.restore(snapshotId, script, null, { asShellScript: true });
  assert.equal((await lstat(script.path)).mode & 0o777, 0o600);
  for (const line of [`set -a; . '${dotenv.path}'`, `. '${script.path}'`]) {
    const out = execFileSync('sh', ['-c', `${line}; printf %s "$APP_PASSWORD|$APP_NAME"`], { encoding: 'utf8' });
    assert.equal(out, `${environment.APP_PASSWORD}|${environment.APP_NAME}`);
  }
  const app = await backup.backupApplicationConfig('app', { a: 1 });
  await assert.rejects(backup.restore(app.snapshotId, at('x.sh'), null, { asShellScript: true }), {
    failure: 'valueMissing',
  });
  assert.ok(!(await backup.shellScriptOf(snapshotId)).includes('\r'));
});

test('one value is revealed, by its key', async () => {
  const { backup, at } = await newPlace();
  await writeFile(at('app.yaml').path, 'a: 1\npassword: "x-y-z-1"\n---\npassword: "x-y-z-2"\n');
  const { snapshotId } = await backup.backupConfigFile(at('app.yaml').path);
  assert.equal(await backup.reveal(snapshotId, { path: ['password'], document: 0 }), 'x-y-z-1');
  assert.equal(await backup.reveal(snapshotId, { path: ['password'], document: 1 }), 'x-y-z-2');
  for (const wrong of [['a'], [], ['__proto__']])
    await assert.rejects(backup.reveal(snapshotId, { path: wrong, document: 0 }), { failure: 'valueMissing' });
});

test('a pinned snapshot is deleted only after it is unpinned', async () => {
  const { backup } = await newPlace();
  const { snapshotId } = await backup.backupApplicationConfig('app', { a: 1 });
  await backup.setPinned(snapshotId, true);
  await assert.rejects(backup.delete(snapshotId), { failure: 'pinned' });
  await backup.setPinned(snapshotId, false);
  await backup.delete(snapshotId);
  assert.deepEqual(await backup.listConfigBackups(), []);
  await assert.rejects(backup.delete(snapshotId), { failure: 'snapshotMissing' });
});
