/** A process of its own that works on stores as it is told, and tells what came of each piece of work; see `twoProcesses`. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationBackup } from '../../../../../src/configs/configurationBackup.ts';
import { MasterKey } from '../../../../../src/configs/vault/keys.ts';
import { RestoreError } from '../../../../../src/configs/vault/restoreError.ts';
import { SnapshotStore } from '../../../../../src/configs/vault/snapshotStore.ts';
import { VaultError } from '../../../../../src/configs/vault/vaultError.ts';
import { claimDay, finishDay } from '../../../../../src/files/claimDay.ts';
import { writeAtomically } from '../../../../../src/files/writeAtomically.ts';
import { captureCommand } from '../../../cli/captureCommand.ts';
import { quickFiles } from '../../../files/failingFiles.ts';

/** What a process is told to do, `count` times. */
export interface Task {
  work: keyof typeof works;
  /** The store's folder; of `open`, the folder of many stores. */
  folder: string;
  /** Holds the store's key, and whichever key follows it. */
  keyFile: string;
  /** Tells this process's files and contents from the other's. */
  tag: string;
  count: number;
  /** UTC epoch milliseconds at which the process's clock starts; it goes a millisecond further at each look. */
  startedAt: number;
  /** Snapshots that are there already. */
  ids?: string[];
  /** Of `keep`: delete again what is older than the last so many. */
  keepLast?: number;
  /** Of `command`: the command line. */
  args?: string[];
}

/** One piece of work: what it gave, or the code of what it was refused with. */
export interface Outcome {
  /** The snapshot, the day or the store it was about. */
  about: string;
  /** The configuration's name and content, when a snapshot was taken. */
  name?: string;
  content?: string;
  refusal?: string;
}

interface Place {
  store: SnapshotStore;
  backup: ConfigurationBackup;
}

const rules = { sensitiveKeys: [], safeKeys: [] };
/** A refusal that says "again" is one that passes; more of them in a row than this are a hang. */
const mostTries = 200;

const clockOf = ({ startedAt }: Task): (() => number) => {
  let at = startedAt;
  return () => at++;
};

async function open({ folder, keyFile }: Task, now: () => number): Promise<Place> {
  for (let attempt = 1; ; attempt++) {
    try {
      const next = await readFile(`${keyFile}.next`, 'utf8').catch(() => null);
      const key = MasterKey.parse(attempt % 2 === 0 && next !== null ? next : await readFile(keyFile, 'utf8'));
      const store = await SnapshotStore.open(folder, key, { now, files: quickFiles });
      return { store, backup: new ConfigurationBackup(store, { rules, now, zone: 'UTC' }) };
    } catch (error) {
      // The other process has put the store under its next key, and is about to say so.
      if (refusalOf(error) !== 'keyWrong' || attempt === mostTries) throw error;
    }
  }
}

/** Does work until it is not refused for what passes: another key, or a store that the other process is changing. */
async function again<T>(task: Task, place: Place, now: () => number, work: (place: Place) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work(place);
    } catch (error) {
      const passes = ['keyWrong', 'busy'].includes(refusalOf(error));
      if (!passes || attempt === mostTries) throw error;
      Object.assign(place, await open(task, now));
    }
  }
}

const works = {
  /** Takes snapshots of three files that change each time. */
  async keep(task: Task): Promise<Outcome[]> {
    const now = clockOf(task);
    const place = await open(task, now);
    const outcomes: Outcome[] = [];
    await mkdir(path.dirname(fileOf(task, 0)), { recursive: true });
    for (let n = 0; n < task.count; n++) {
      const [name, content] = [fileOf(task, n % 3), `password: hunter2-${task.tag}-${n}\n`];
      await writeFile(name, content);
      const { snapshotId } = await again(task, place, now, ({ backup }) => backup.backupConfigFile(name));
      outcomes.push({ about: snapshotId, name, content });
      const old = task.keepLast === undefined ? undefined : outcomes[n - task.keepLast];
      if (old) await again(task, place, now, ({ backup }) => backup.delete(old.about));
    }
    return outcomes;
  },
  /** Takes snapshots of one configuration that both processes change. */
  async keepTheSame(task: Task): Promise<Outcome[]> {
    const { backup } = await open(task, clockOf(task));
    const outcomes: Outcome[] = [];
    for (let n = 0; n < task.count; n++) {
      const config = { password: `hunter2-${n % 2 === 0 ? 'both' : task.tag}` };
      const { snapshotId } = await backup.backupApplicationConfig('shop', config);
      outcomes.push({ about: snapshotId, name: 'shop', content: `${JSON.stringify(config, null, 2)}\n` });
    }
    return outcomes;
  },
  async prune(task: Task): Promise<Outcome[]> {
    const { backup } = await open(task, clockOf(task));
    return each(task, async () => {
      const verdicts = await backup.prune({ last: 2 }, { dryRun: false });
      return verdicts
        .filter(({ reasons }) => reasons.length === 0)
        .map(({ id }) => id)
        .join();
    });
  },
  async verify(task: Task): Promise<Outcome[]> {
    const { backup } = await open(task, clockOf(task));
    return each(task, async () => JSON.stringify(await backup.verify()));
  },
  async list(task: Task): Promise<Outcome[]> {
    const now = clockOf(task);
    const place = await open(task, now);
    return each(task, async () =>
      String((await again(task, place, now, ({ backup }) => backup.listConfigBackups())).length),
    );
  },
  /** Puts the store under a new key each time, as the command line does: the key is kept before the store is under it. */
  async rotate(task: Task): Promise<Outcome[]> {
    const { store } = await open(task, clockOf(task));
    return each(task, async () => {
      const next = MasterKey.create();
      await writeAtomically(`${task.keyFile}.next`, next.reveal(), { files: quickFiles });
      await store.rotate(next);
      await rename(`${task.keyFile}.next`, task.keyFile);
      return next.id;
    });
  },
  async reseal(task: Task): Promise<Outcome[]> {
    const { store } = await open(task, clockOf(task));
    return each(task, async () => (await store.reseal()).join());
  },
  async pin(task: Task): Promise<Outcome[]> {
    const { backup } = await open(task, clockOf(task));
    return each(task, async (n) => {
      await backup.setPinned(task.ids![n]!, true);
      return task.ids![n]!;
    });
  },
  async delete(task: Task): Promise<Outcome[]> {
    const { backup } = await open(task, clockOf(task));
    return each(task, async (n) => {
      await backup.delete(task.ids![n]!);
      return task.ids![n]!;
    });
  },
  /** Does the work of one day after another, as whoever claims it first. */
  async daily(task: Task): Promise<Outcome[]> {
    const { backup } = await open(task, clockOf(task));
    return each(task, async (n) => {
      const day = dayOf(n);
      if (!(await claimDay(task.folder, day, task.startedAt, quickFiles))) return '';
      await backup.backupEnvironmentVariables('SHOP_', { SHOP_PASSWORD: `hunter2-${day}` });
      await finishDay(task.folder, day, task.startedAt, quickFiles);
      return day;
    });
  },
  /** Restores one of two snapshots over the same file, each time as it was last seen. */
  async restore(task: Task): Promise<Outcome[]> {
    const { backup } = await open(task, clockOf(task));
    const target = { path: fileOf(task, 0), root: null };
    return each(task, async (n) => {
      const id = task.ids![n % task.ids!.length]!;
      const { stamp } = await backup.planRestore(id, target);
      await backup.restore(id, target, stamp);
      return id;
    });
  },
  /** Takes snapshots of the file that the other process restores. */
  async watch(task: Task): Promise<Outcome[]> {
    const { backup } = await open(task, clockOf(task));
    return each(task, async () => (await backup.backupConfigFile(fileOf(task, 0))).snapshotId);
  },
  /** Opens a store that is not there yet, and keeps something in it. */
  async found(task: Task): Promise<Outcome[]> {
    return each(task, async (n) => {
      const { store, backup } = await open({ ...task, folder: path.join(task.folder, String(n)) }, clockOf(task));
      await backup.backupApplicationConfig(task.tag, { password: `hunter2-${task.tag}` });
      return store.storeId;
    });
  },
  /** Runs a command line, `#` in it standing for the number of the time. */
  async command(task: Task): Promise<Outcome[]> {
    const now = clockOf(task);
    process.env['CONFIG_BACKUP_DIR'] = task.folder;
    process.env['XDG_STATE_HOME'] = `${task.folder}-state-${task.tag}`;
    return each(task, async (n) => {
      process.env['BACKUP_FORESIGHT_KEY_FILE'] = task.keyFile.replace('#', String(n));
      const args = task.args!.map((arg) => arg.replace('#', String(n)));
      const { code, out, err } = await captureCommand(args, { now, files: quickFiles });
      return code === 0 ? { about: out.join('\n') } : { about: '', refusal: err.join('\n') };
    });
  },
};

/** What a day is called: the days go on. */
function dayOf(n: number): string {
  return new Date(Date.UTC(2026, 0, 1 + n)).toISOString().slice(0, 10);
}

function fileOf({ folder, tag }: Task, n: number): string {
  return path.join(`${folder}-files`, `${tag}${n}.yaml`);
}

async function each(task: Task, work: (n: number) => Promise<string | Outcome>): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (let n = 0; n < task.count; n++) {
    try {
      const came = await work(n);
      outcomes.push(typeof came === 'string' ? { about: came } : came);
    } catch (error) {
      outcomes.push({ about: error instanceof VaultError ? (error.about ?? '') : '', refusal: refusalOf(error) });
    }
  }
  return outcomes;
}

/** Only a refusal that has a name is one; everything else is a failure of the test. */
function refusalOf(error: unknown): string {
  if (error instanceof VaultError) return error.failure;
  if (error instanceof RestoreError) return error.refusal;
  throw error;
}

process.on('message', (task: Task) => {
  works[task.work](task).then(
    (outcomes) => process.send?.({ outcomes }),
    (error: unknown) => process.send?.({ error: error instanceof Error ? error.stack : String(error) }),
  );
});
process.send?.('ready');
