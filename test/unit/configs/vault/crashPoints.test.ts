/**
 * Every operation that writes to a store, killed at each of its file calls: the store opens under its key, what was there
 * comes back to the byte, nothing but the operation's own work is undone, and doing it again finishes it. Rotation and
 * resealing, which end in another state, have tests of their own.
 */
import assert from 'node:assert/strict';
import { cp, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { ConfigurationBackup } from '../../../../src/configs/configurationBackup.ts';
import { MasterKey } from '../../../../src/configs/vault/keys.ts';
import { SnapshotStore } from '../../../../src/configs/vault/snapshotStore.ts';
import { claimDay, finishDay } from '../../../../src/files/claimDay.ts';
import type { FileLayer } from '../../../../src/files/fileLayer.ts';
import { countCalls, failAtCall, quickFiles } from '../../files/failingFiles.ts';

const root = await mkdtemp(path.join(tmpdir(), 'crash-points-'));
after(() => rm(root, { recursive: true, force: true }));

const now = (): number => Date.UTC(2026, 10, 24);
const key = MasterKey.create();
const rules = { sensitiveKeys: [], safeKeys: [] };

interface Opened {
  store: SnapshotStore;
  backup: ConfigurationBackup;
  files: FileLayer;
}

async function open(folder: string, files: FileLayer = quickFiles, clock = now): Promise<Opened> {
  const store = await SnapshotStore.open(folder, key, { now: clock, files });
  return { store, backup: new ConfigurationBackup(store, { rules, now: clock, zone: 'UTC' }), files };
}

const configs = Array.from({ length: 6 }, (_, n) => path.join(root, `app${n}.yaml`));
for (const [n, file] of configs.entries()) await writeFile(file, `password: hunter2-${n}\n`);
const contentOf = (n: number): string => `password: hunter2-${n}\n`;

/** A store of three snapshots: a pinned one, one that a newer one of the same file makes superfluous, and that. */
const before = path.join(root, 'before');
const ids: string[] = [];
{
  // Each is a minute after the one before: of two of one moment, either may count as the newer.
  let setupAt = now() - 3_600_000;
  const { store, backup } = await open(before, quickFiles, () => (setupAt += 60_000));
  for (const file of configs.slice(0, 2)) ids.push((await backup.backupConfigFile(file)).snapshotId);
  await writeFile(configs[1]!, contentOf(1).replace('hunter', 'newer'));
  await backup.backupConfigFile(configs[1]!);
  await store.setPinned(ids[0]!, true);
}
const [kept, loose] = ids as [string, string];

interface Operation {
  run: (opened: Opened, folder: string, at: number) => Promise<unknown>;
  /** True when the second snapshot may be gone afterwards. */
  removes?: boolean;
  /** True when it has been done. */
  isDone: (opened: Opened, folder: string) => Promise<boolean>;
}

const names = async (backup: ConfigurationBackup): Promise<string[]> =>
  (await backup.listConfigBackups()).map(({ name }) => name);

const operations: Record<string, Operation> = {
  'keeping a file': {
    run: ({ backup }) => backup.backupConfigFile(configs[2]!),
    isDone: async ({ backup }) => (await names(backup)).includes(configs[2]!),
  },
  'keeping many files': {
    run: ({ backup }) => backup.backupConfigFiles(configs),
    isDone: async ({ backup }) => new Set(await names(backup)).size === configs.length,
  },
  'keeping environment variables': {
    run: ({ backup }) => backup.backupEnvironmentVariables('A_', { A_PASSWORD: 'hunter2-variable' }),
    isDone: async ({ backup }) => (await names(backup)).includes('A_'),
  },
  'keeping an application': {
    run: ({ backup }) => backup.backupApplicationConfig('shop', { password: 'hunter2-shop' }),
    isDone: async ({ backup }) => (await names(backup)).includes('shop'),
  },
  'deleting a snapshot': {
    run: ({ store }) => store.remove([loose]),
    removes: true,
    isDone: async ({ store }) => !(await store.ids()).includes(loose),
  },
  pruning: {
    run: ({ backup }) => backup.prune({ last: 1 }, { dryRun: false }),
    removes: true,
    isDone: async ({ store }) => !(await store.ids()).includes(loose),
  },
  pinning: {
    run: ({ store }) => store.setPinned(loose, true),
    isDone: async ({ store }) => (await store.readHead()).pinned.includes(loose),
  },
  unpinning: {
    run: ({ store }) => store.setPinned(kept, false),
    isDone: async ({ store }) => !(await store.readHead()).pinned.includes(kept),
  },
  'claiming a day and finishing it': {
    run: async ({ files }, folder, at) => {
      const isMine = await claimDay(folder, '2026-11-24', at, files);
      if (isMine) await finishDay(folder, '2026-11-24', at, files);
    },
    isDone: async (_, folder) => (await readFile(path.join(folder, 'daily.json'), 'utf8')).includes('"isDone":true'),
  },
};

for (const [what, { run, removes = false, isDone }] of Object.entries(operations))
  for (const code of ['ENOSPC', 'EIO', 'EACCES'] as const)
    test(`${what}, with ${code} at any file call`, async () => {
      const rest = code === 'EIO' ? 'dead' : 'works';
      const trial = async (files: FileLayer): Promise<{ folder: string; isRefused: boolean }> => {
        const folder = await mkdtemp(path.join(root, 'trial-'));
        await cp(before, folder, { recursive: true });
        const isRefused = await open(folder, files)
          .then((opened) => run(opened, folder, now()))
          .then(
            () => false,
            () => true,
          );
        return { folder, isRefused };
      };
      const calls = await countCalls(trial);
      // The three errors share out the calls of those that do not kill.
      for (let n = 1; n <= calls; n++) {
        if (code !== 'EIO' && n % 2 !== (code === 'ENOSPC' ? 0 : 1)) continue;
        const { folder, isRefused } = await trial(failAtCall(n, code, rest));
        const opened = await open(folder);
        const { store, backup } = opened;
        assert.equal((await backup.contentOf(kept)).toString(), contentOf(0), `call ${n}`);
        const second = await backup.contentOf(loose).catch(() => null);
        if (second === null) assert.ok(removes && (await isDone(opened, folder)), `call ${n}: a snapshot is lost`);
        else assert.equal(second.toString(), contentOf(1), `call ${n}`);
        const faults = (await store.verify()).map(({ fault }) => fault);
        // A removal that was cut short between its record and its file leaves a file that no list shows.
        assert.ok(
          faults.every((fault) => removes && fault === 'returned'),
          `call ${n}: ${faults.join()}`,
        );
        if (!isRefused) assert.ok(await isDone(opened, folder), `call ${n}: told as done`);
        // A day claimed by a killed process is free again after half an hour.
        await run(opened, folder, now() + 3_600_000);
        assert.ok(await isDone(await open(folder), folder), `call ${n}, again`);
        await rm(folder, { recursive: true });
      }
    });

test('a store that was killed while it was made is made by the next', async () => {
  const trial = async (files: FileLayer): Promise<string> => {
    const folder = await mkdtemp(path.join(root, 'new-'));
    await open(folder, files).catch(() => undefined);
    return folder;
  };
  const calls = await countCalls(trial);
  assert.ok(calls >= 20, `${calls} calls`);
  for (let n = 1; n <= calls; n++) {
    const folder = await trial(failAtCall(n, 'EIO', 'dead'));
    const { backup } = await open(folder);
    const { snapshotId } = await backup.backupConfigFile(configs[0]!);
    assert.equal((await backup.contentOf(snapshotId)).toString(), contentOf(0), `call ${n}`);
  }
});

test('what a crash leaves beside the files is swept after an hour, and never read', async () => {
  const folder = await mkdtemp(path.join(root, 'left-'));
  await cp(before, folder, { recursive: true });
  const leftovers = ['0123456789abcdef', 'fedcba9876543210'].map((name) => `.${name}.writing`);
  for (const place of [folder, path.join(folder, 'snapshots')])
    for (const name of leftovers) await writeFile(path.join(place, name), 'half a snap');
  const { store } = await open(folder);
  assert.equal((await store.ids()).length, 3);
  assert.deepEqual(await store.verify(), []);
  await SnapshotStore.open(folder, key, { now: () => Date.now() + 2 * 3_600_000, files: quickFiles });
  const left = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.writing'));
  assert.deepEqual(left, []);
});
