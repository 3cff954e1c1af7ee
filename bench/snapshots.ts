/** Sealing configurations: how much is found, that everything comes back, and how fast, beside git and ansible-vault. */
import { spawnSync } from 'node:child_process';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { Worker } from 'node:worker_threads';
import { ConfigurationBackup } from '../src/configs/configurationBackup.ts';
import { findValues } from '../src/configs/formats/findValues.ts';
import { cutSecrets, fillIn } from '../src/configs/secrets/cutSecrets.ts';
import { findSecrets } from '../src/configs/secrets/findSecrets.ts';
import { MasterKey } from '../src/configs/vault/keys.ts';
import { SnapshotStore } from '../src/configs/vault/snapshotStore.ts';
import { startSealing } from '../src/worker/sealElsewhere.ts';
import { seededChance } from '../test/fixtures/make/chance.ts';
import { makeConfig } from '../test/unit/configs/makeConfig.ts';
import { readLabelledFiles } from '../test/unit/configs/secrets/labelledFiles.ts';
import { labelledFolder, measureDetection } from '../test/unit/configs/secrets/measureDetection.ts';
import { quickFiles } from '../test/unit/files/failingFiles.ts';
import { median } from './median.ts';

export interface BenchRow {
  what: string;
  figure: string;
  target: string;
}

const rules = { sensitiveKeys: [], safeKeys: [] };

/** Recall and false masks of the labelled configurations. */
export function measureLabels(): BenchRow[] {
  const { secrets, found, safe, masked } = measureDetection(readLabelledFiles(labelledFolder));
  return [
    { what: `secrets found (${secrets} labelled)`, figure: percent(found / secrets), target: '≥ 98 %' },
    { what: `safe values masked (${safe})`, figure: percent(masked / safe), target: '≤ 3 %' },
  ];
}

/** Made texts that are not the same after they were cut and joined. */
export function measureRoundTrips(count: number): BenchRow {
  const formats = ['yaml', 'json', 'dotenv', 'ini', 'toml', 'nginx'] as const;
  const chance = seededChance(31);
  let broken = 0;
  for (let n = 0; n < count; n++) {
    const format = formats[n % formats.length]!;
    const text = makeConfig(format, chance).slice(n % 7);
    const ranges = findSecrets(text, findValues(text, format), rules);
    const { template, offsets, values } = cutSecrets(text, ranges);
    if (fillIn(template, offsets, values) !== text) broken++;
  }
  return { what: `texts of ${count} that came back changed`, figure: String(broken), target: '0' };
}

/**
 * Sealing many files at once, with the second thread that the command line has for it, beside what else keeps them; each
 * round with a store and repositories of its own.
 */
export async function compareSealing(folder: string, count = 1_000, rounds = 3): Promise<BenchRow[]> {
  const place = path.join(folder, 'configs');
  await mkdir(place, { recursive: true });
  const files = Array.from({ length: count }, (_, n) => path.join(place, `app${n}.yaml`));
  for (const [n, file] of files.entries()) await writeFile(file, configOfTenKilobytes(n));

  const sealing: number[] = [];
  const plain: number[] = [];
  const flushed: number[] = [];
  const thread = startSealing(fileURLToPath(new URL('../src/worker/sealThread.ts', import.meta.url)));
  for (let round = 0; round < rounds; round++) {
    const { backup, store } = await newBackup(path.join(folder, `sealed-${round}`));
    sealing.push(await time(() => backup.backupConfigFiles(files, thread.addTo(store))));
    const [one, other] = ['plain', 'flushed'].map((name) => path.join(folder, `${name}-${round}.git`)) as [
      string,
      string,
    ];
    if (!newRepository(place, one) || !newRepository(place, other)) continue;
    plain.push(await time(() => keepInGit(place, one)));
    flushed.push(await time(() => keepInGit(place, other, '-c', 'core.fsync=all')));
  }
  await thread.close();
  const ours = median(sealing);
  const rows: BenchRow[] = [
    {
      what: `${count} files of 10 KB with 20 secrets sealed, each flushed to the disk`,
      figure: `${seconds(ours)} (the first time, cold: ${seconds(sealing[0]!)})`,
      target: '',
    },
    { what: '  ÷ git add and commit, which leaves that to the system', figure: ratio(sealing, plain), target: '≤ 3' },
    { what: '  ÷ git told to flush as well', figure: ratio(sealing, flushed), target: '' },
  ];

  const password = path.join(folder, 'vault-password');
  await writeFile(password, 'bench bench bench\n');
  const startUp = await time(() => isDone('ansible-vault', ['--version']));
  if (isDone('ansible-vault', ['--version'])) {
    const encrypt = ['encrypt', '--vault-password-file', password, ...files];
    const theirs = (await time(() => isDone('ansible-vault', encrypt))) - startUp;
    rows.push({
      what: '  ansible-vault encrypt, its start left out, ÷ ours',
      figure: `${(theirs / ours).toFixed(1)} (${seconds(theirs)})`,
      target: '≥ 5',
    });
  } else rows.push({ what: '  ansible-vault ÷ ours', figure: 'ansible-vault is not there', target: '≥ 5' });
  return rows;
}

/** A store of many snapshots: opened and verified, and listed. */
export async function measureStore(folder: string, count: number): Promise<BenchRow[]> {
  const place = path.join(folder, 'many');
  await mkdir(place, { recursive: true });
  const files = Array.from({ length: count }, (_, n) => path.join(place, `app${n}.env`));
  for (const [n, file] of files.entries()) await writeFile(file, `NAME=app${n}\nPASSWORD=hunter${n}\n`);
  const store = path.join(folder, 'store');
  const { backup, key } = await newBackup(store, true);
  await backup.backupConfigFiles(files);

  let faults = 0;
  const verified = await time(async () => {
    const opened = await SnapshotStore.open(store, key, { now: Date.now });
    faults = (await opened.verify()).length;
  });
  const again = new ConfigurationBackup(await SnapshotStore.open(store, key, { now: Date.now }), {
    rules,
    now: Date.now,
    zone: 'UTC',
  });
  await again.listConfigBackups();
  const listed = await time(() => again.listConfigBackups());
  return [
    {
      what: `a store of ${count} snapshots opened and verified (${faults} faults)`,
      figure: seconds(verified),
      target: '< 2 s',
    },
    { what: 'listed', figure: `${listed.toFixed(0)} ms`, target: '< 100 ms' },
  ];
}

/** A large text sealed in a thread of its own, as the extension does, and how long that holds this one. */
export async function measureLargeText(): Promise<BenchRow[]> {
  const service = (n: number): string =>
    `service${n}:\n  image: registry.example.org/app:${n}\n  environment:\n    DB_PASSWORD: "pw${n}-x"\n` +
    `    LEVEL: info\n    URL: https://example.org/path/${n}?q=1\n  ports: ["80:80"]\n  note: a sentence of words\n`;
  const content = Buffer.from(Array.from({ length: 24_700 }, (_, n) => service(n)).join(''));
  const worker = new Worker(new URL('./sealLarge.ts', import.meta.url));
  const answer = (): Promise<{ ms: number; secrets: number }> =>
    new Promise((resolve, reject) => {
      worker.once('message', resolve);
      worker.once('error', reject);
      worker.postMessage(content);
    });
  await answer();
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  const { ms, secrets } = await answer();
  delay.disable();
  await worker.terminate();
  return [
    {
      what: `YAML of ${(content.length / 1e6).toFixed(1)} MB with ${secrets} secrets sealed in the worker`,
      figure: seconds(ms),
      target: '< 1 s',
    },
    { what: '  event loop held meanwhile', figure: `${(delay.max / 1e6).toFixed(1)} ms`, target: '≤ 50 ms' },
  ];
}

/** An empty repository for the files of a folder; false without git. */
function newRepository(place: string, repository: string): boolean {
  return isDone('git', ['--git-dir', repository, '--work-tree', place, 'init', '-q']);
}

function keepInGit(place: string, repository: string, ...settings: string[]): boolean {
  const identity = ['-c', 'user.name=bench', '-c', 'user.email=bench@example.org'];
  const git = (...args: string[]): boolean =>
    isDone('git', [...identity, ...settings, '--git-dir', repository, '--work-tree', place, '-C', place, ...args]);
  return git('add', '.') && git('commit', '-q', '-m', 'all');
}

/** The median of how many times as long ours took as theirs, and theirs. */
function ratio(ours: readonly number[], theirs: readonly number[]): string {
  if (theirs.length === 0) return 'git is not there';
  return `${median(ours.map((ms, round) => ms / theirs[round]!)).toFixed(2)} (${seconds(median(theirs))})`;
}

async function newBackup(
  folder: string,
  isQuick = false,
): Promise<{ backup: ConfigurationBackup; store: SnapshotStore; key: MasterKey }> {
  const key = MasterKey.create();
  const options = { now: Date.now, ...(isQuick ? { files: quickFiles } : {}) };
  const store = await SnapshotStore.open(folder, key, options);
  return { backup: new ConfigurationBackup(store, { rules, now: Date.now, zone: 'UTC' }), store, key };
}

function configOfTenKilobytes(number: number): string {
  const blocks = Array.from(
    { length: 20 },
    (_, n) =>
      `service${n}:\n  # ${'what this service is for, in a few words. '.repeat(7)}\n  host: host${n}.example.org\n` +
      `  port: ${5_000 + n}\n  password: "pw-${number}-${n}"\n  paths: [/srv/a, /srv/b]\n  level: info\n  size: 20\n`,
  );
  return blocks.join('');
}

function isDone(command: string, args: string[]): boolean {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

async function time(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(2)} s`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
