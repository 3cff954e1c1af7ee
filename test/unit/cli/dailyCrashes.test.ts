/** The daily job, killed or refused by the disk at each of its file calls: nothing kept is lost, and the day is made up for. */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { runCommand } from '../../../src/cli/runCommand.ts';
import { ConfigurationBackup } from '../../../src/configs/configurationBackup.ts';
import { MasterKey } from '../../../src/configs/vault/keys.ts';
import { SnapshotStore } from '../../../src/configs/vault/snapshotStore.ts';
import type { FileLayer } from '../../../src/files/fileLayer.ts';
import { countCalls, failAtCall, quickFiles } from '../files/failingFiles.ts';

const root = await mkdtemp(path.join(tmpdir(), 'daily-crashes-'));
const environment = { ...process.env };
after(async () => {
  process.env = environment;
  await rm(root, { recursive: true, force: true });
});

const key = MasterKey.create();
const file = path.join(root, 'app.yaml');
const application = path.join(root, 'shop.json');
const before = path.join(root, 'before');
Object.assign(process.env, {
  BACKUP_FORESIGHT_KEY: key.reveal(),
  CONFIG_ENV_PREFIX: 'CRASHES_',
  CRASHES_PASSWORD: 'hunter2-variable',
  CONFIG_FILES_TO_BACKUP: file,
  CONFIG_APPLICATIONS_TO_BACKUP: `shop=${application}`,
});
const old = 'password: hunter2-old\n';
const current = 'password: hunter2-new\n';
const at = Date.UTC(2026, 10, 24, 12);
const later = at + 3_600_000;

async function daily(folder: string, now: number, files: FileLayer, ...more: string[]): Promise<number> {
  process.env['CONFIG_BACKUP_DIR'] = folder;
  // All copies are of one store, and each has come as far as it has by itself.
  process.env['XDG_STATE_HOME'] = `${folder}-state`;
  const terminal = { print: () => undefined, warn: () => undefined, now: () => now, language: 'en', colors: false };
  return runCommand(['daily', ...more], { ...terminal, files });
}

async function opened(folder: string, now = later): Promise<{ store: SnapshotStore; backup: ConfigurationBackup }> {
  const store = await SnapshotStore.open(folder, key, { now: () => now, files: quickFiles });
  const rules = { sensitiveKeys: [], safeKeys: [] };
  return { store, backup: new ConfigurationBackup(store, { rules, now: () => now, zone: 'UTC' }) };
}

/** The newest content of each configuration, by name. */
async function newest(backup: ConfigurationBackup): Promise<Map<string, string>> {
  const contents = new Map<string, string>();
  for (const { id, name } of await backup.listConfigBackups())
    if (!contents.has(name)) contents.set(name, (await backup.contentOf(id)).toString());
  return contents;
}

await writeFile(file, old);
await writeFile(application, '{"password": "hunter2-application"}');
const { backup: firstBackup } = await opened(before, at - 86_400_000);
const { snapshotId: oldId } = await firstBackup.backupConfigFile(file);
await writeFile(file, current);
const everything = new Map([
  ['CRASHES_', 'CRASHES_PASSWORD=hunter2-variable\n'],
  [file, current],
  ['shop', '{\n  "password": "hunter2-application"\n}\n'],
]);

const trial = async (files: FileLayer): Promise<{ folder: string; code: number }> => {
  const folder = await mkdtemp(path.join(root, 'trial-'));
  await cp(before, folder, { recursive: true });
  return { folder, code: await daily(folder, at, files) };
};

test('the job keeps all three when nothing fails', async () => {
  const { folder, code } = await trial(quickFiles);
  assert.equal(code, 0);
  assert.deepEqual(sorted(await newest((await opened(folder)).backup)), sorted(everything));
});

for (const [what, code, rest] of [
  ['killed', 'EIO', 'dead'],
  ['refused by a full disk', 'ENOSPC', 'works'],
] as const)
  test(`${what} at any file call, what was kept stays, success is told only of what is kept, and the next run makes up`, async () => {
    const calls = await countCalls(trial);
    assert.ok(calls >= 100, `${calls} calls`);
    let failed = 0;
    for (let n = 1; n <= calls; n++) {
      const { folder, code: exitCode } = await trial(failAtCall(n, code, rest));
      const { store, backup } = await opened(folder);
      assert.equal((await backup.contentOf(oldId)).toString(), old, `call ${n}`);
      assert.deepEqual(await store.verify(), [], `call ${n}`);
      const kept = await newest(backup);
      if (exitCode === 0) assert.deepEqual(sorted(kept), sorted(everything), `call ${n}`);
      else failed++;
      const claim = await readFile(path.join(folder, 'daily.json'), 'utf8').catch(() => null);
      if (rest === 'dead' && claim?.includes('"isDone":true'))
        assert.deepEqual(sorted(kept), sorted(everything), `call ${n}: the day counts as done`);
      // An hour later whoever was at it counts as stopped; a day that failed and was told can be run again.
      assert.equal(await daily(folder, later, quickFiles, ...(rest === 'dead' ? [] : ['--again'])), 0, `call ${n}`);
      assert.deepEqual(sorted(await newest((await opened(folder)).backup)), sorted(everything), `call ${n}, again`);
      await rm(folder, { recursive: true });
    }
    assert.ok(failed > calls / 2, `${failed} of ${calls} failed`);
  });

function sorted(contents: ReadonlyMap<string, string>): [string, string][] {
  return [...contents].sort(([a], [b]) => a.localeCompare(b));
}
