/** How long opening a large store holds the extension host: in a real one. */
import { rm, writeFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { build } from 'esbuild';
import { ConfigurationBackup } from '../src/configs/configurationBackup.ts';
import { MasterKey } from '../src/configs/vault/keys.ts';
import { SnapshotStore } from '../src/configs/vault/snapshotStore.ts';
import { quickFiles } from '../test/unit/files/failingFiles.ts';
import { projectRoot } from '../test/workbench/projectRoot.ts';
import { runInHost } from '../test/workbench/runHostTests.ts';
import type { BenchRow } from './snapshots.ts';
import type { HeldTree } from './treeOfThousands.ts';

/** Environment variable from which the script in the host takes the folder of the store. */
const storeVariable = 'BENCH_STORE';

const versions = 5;

/** Opens a store of `count` snapshots, five of each configuration, in the tree of a real VS Code. */
export async function measureTree(folder: string, count: number): Promise<BenchRow[]> {
  const script = path.join(projectRoot, 'dist/bench/treeOfThousands.cjs');
  await build({
    absWorkingDir: projectRoot,
    entryPoints: ['bench/treeOfThousands.ts'],
    outfile: script,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    external: ['vscode'],
  });
  const workspace = path.join(folder, 'configurations');
  const store = path.join(folder, 'tree');
  const key = MasterKey.create();
  await fillStore(workspace, store, key, count);
  Object.assign(process.env, { [storeVariable]: store, BACKUP_FORESIGHT_KEY: key.reveal() });
  const { results, failure, lastLines } = await runInHost<HeldTree>(script, workspace);
  for (const name of [storeVariable, 'BACKUP_FORESIGHT_KEY']) Reflect.deleteProperty(process.env, name);
  await rm(path.dirname(script), { recursive: true });
  if (results === null) throw new Error(`${String(failure)}\n${lastLines.join('\n')}`);
  const { snapshots, idleMs, openingMs, againMs } = results;
  const shown = (ms: number): string => `${ms.toFixed(1)} ms (${idleMs.toFixed(1)} ms while idle)`;
  return [
    {
      what: `host's loop held while ${snapshots} snapshots are opened in the tree`,
      figure: shown(openingMs),
      target: '≤ 16 ms',
    },
    { what: '  and looked at again', figure: shown(againMs), target: '≤ 16 ms' },
  ];
}

async function fillStore(place: string, store: string, key: MasterKey, count: number): Promise<void> {
  await mkdir(place);
  const files = Array.from({ length: count / versions }, (_, n) => path.join(place, `app${n}.env`));
  const rules = { sensitiveKeys: [], safeKeys: [] };
  const opened = await SnapshotStore.open(store, key, { now: Date.now, files: quickFiles });
  const backup = new ConfigurationBackup(opened, { rules, now: Date.now, zone: 'UTC' });
  for (let version = 0; version < versions; version++) {
    for (const [n, file] of files.entries())
      await writeFile(file, `NAME=app${n}\nLEVEL=${version}\nPASSWORD=pass${n}\n`);
    await backup.backupConfigFiles(files);
  }
}
