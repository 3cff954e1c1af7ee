import * as vscode from 'vscode';
import type { JobReport } from '../../backups/report.ts';
import { snapshotsAround, type SnapshotPair } from '../../configs/snapshotsAround.ts';
import type { ConfigChange } from '../../protocol/configChange.ts';
import { Pacer, type Pace } from '../analysis/pacer.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import type { Log } from '../log.ts';
import { failureOnset } from './failureOnset.ts';
import type { Vault } from './vault.ts';

/** Many snapshots taken at once are one reason to look. */
const pace: Pace = { quietMs: 100, patienceMs: 2000, restFactor: 0 };

/** More is no lead any more. */
const mostConfigs = 20;
const mostChanges = 100;

/**
 * What changed before a job began to fail: keys of configurations, between its last good and its first bad run, as far as
 * snapshots saw it. Looks only while the store is open: a locked one is not asked for.
 */
export class ConfigChanges implements vscode.Disposable {
  readonly #monitor: RiskMonitor;
  readonly #vault: Vault;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #pacer = new Pacer(() => this.#look(), pace);
  readonly #listener: vscode.Disposable;
  #byJob: ReadonlyMap<string, readonly ConfigChange[]> = new Map();

  /** Told after another look found something else. */
  readonly onDidChange = this.#changed.event;

  constructor(monitor: RiskMonitor, vault: Vault, log: Log) {
    this.#monitor = monitor;
    this.#vault = vault;
    this.#log = log;
    const lookAgain = (): void => {
      if (!monitor.isAnalyzing) this.#pacer.poke();
    };
    this.#listener = vscode.Disposable.from(monitor.onDidChange(lookAgain), vault.onDidChange(lookAgain));
  }

  /** Of the last look; none for a job that does not fail. */
  of(jobId: string): readonly ConfigChange[] {
    return this.#byJob.get(jobId) ?? [];
  }

  dispose(): void {
    this.#listener.dispose();
    this.#pacer.dispose();
    this.#changed.dispose();
  }

  async #look(): Promise<void> {
    const byJob = new Map<string, readonly ConfigChange[]>();
    try {
      if (this.#vault.state.kind === 'ready')
        for (const job of this.#monitor.report?.jobs ?? []) {
          const changes = await this.#changesBefore(job);
          if (changes.length > 0) byJob.set(job.id, changes);
        }
    } catch (error) {
      this.#log.error('The configuration changes before failures could not be looked up', error);
    }
    const isNew = JSON.stringify([...byJob]) !== JSON.stringify([...this.#byJob]);
    this.#byJob = byJob;
    if (isNew) this.#changed.fire();
  }

  async #changesBefore(job: JobReport): Promise<ConfigChange[]> {
    const onset = failureOnset(job);
    if (onset === null) return [];
    const changes: ConfigChange[] = [];
    for (const pair of snapshotsAround(this.#vault.rows, onset).slice(0, mostConfigs))
      changes.push(...(await this.#compare(pair)));
    return changes.slice(0, mostChanges);
  }

  async #compare({ before, after }: SnapshotPair): Promise<ConfigChange[]> {
    const { type, name: config, createdAt: seenAt } = after;
    const keys = await this.#vault.read('changedKeys', { before: before.id, after: after.id });
    return keys.map(({ key, change, isSecret }) => ({ type, config, key, change, isSecret, seenAt }));
  }
}
