import * as vscode from 'vscode';
import { dueDay, nextDueAt } from '../../configs/dailySchedule.ts';
import { commands } from '../../contributions.ts';
import { takeAll } from '../commands/snapshots/snapshotFiles.ts';
import type { Log } from '../log.ts';
import type { LiveSettings } from '../settings.ts';
import { tellError } from '../tellError.ts';
import { UserError } from '../userError.ts';
import { findConfigFiles } from './configFiles.ts';
import { environmentWith } from './maskedDocuments.ts';
import { hasStore } from './storeFolder.ts';
import type { Vault } from './vault.ts';

/** A machine may sleep through a timer: the clock is looked at at least so often. */
const longestWaitMs = 3_600_000;

export interface DailyDependencies {
  vault: Vault;
  settings: LiveSettings;
  log: Log;
}

/** What a day's snapshots came to. */
export interface DailySummary {
  taken: number;
  unchanged: number;
  pruned: number;
  /** One line for each thing that failed. */
  failed: string[];
}

/**
 * Takes snapshots of everything listed once a day, at 01:00 or when VS Code next runs, in one window only, and then prunes.
 * Nothing happens before a person has taken a first snapshot.
 */
export class DailySnapshots implements vscode.Disposable {
  readonly #parts: DailyDependencies;
  readonly #listener: vscode.Disposable;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #isRunning = false;
  /** The day of which it was told that nothing could be taken. */
  #toldDay = '';

  constructor(parts: DailyDependencies) {
    this.#parts = parts;
    this.#listener = vscode.Disposable.from(
      vscode.workspace.onDidGrantWorkspaceTrust(() => this.start()),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) this.start();
      }),
    );
  }

  /** Catches up what is due, and waits for the next day. */
  start(): void {
    void this.#runAndWait();
  }

  /** The due day's snapshots; null when they have been taken, or are not to be. */
  async runIfDue(now: number): Promise<DailySummary | null> {
    const { vault, settings } = this.#parts;
    const { daily, onChange } = settings.current.snapshots;
    if (!vscode.workspace.isTrusted || !(await hasStore(vault.folder))) return null;
    // At each start: a key that was lost is told before it is needed.
    if (vault.state.kind === 'unknown') await vault.load();
    if (!daily && !onChange) return null;
    const day = dueDay(now, machineZone());
    if (vault.state.kind !== 'ready') {
      this.#tellUnavailable(day);
      return null;
    }
    if (!daily) return null;
    if (!(await vault.write('claimDay', { day }))) return null;
    const summary = await this.#run();
    await vault.write('finishDay', { day });
    return summary;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#listener.dispose();
  }

  async #runAndWait(): Promise<void> {
    clearTimeout(this.#timer);
    const now = Date.now();
    const wait = Math.min(nextDueAt(now, machineZone()) - now, longestWaitMs);
    this.#timer = setTimeout(() => this.start(), wait);
    if (this.#isRunning) return;
    this.#isRunning = true;
    try {
      const summary = await this.runIfDue(now);
      if (summary !== null) this.#tell(summary);
    } catch (error) {
      this.#tellOnce(dueDay(now, machineZone()), error);
    } finally {
      this.#isRunning = false;
    }
  }

  async #run(): Promise<DailySummary> {
    const { vault, settings } = this.#parts;
    const { envPrefix: prefix, retention: policy } = settings.current.snapshots;
    const { taken, unchanged, failed } = await takeAll(vault, await findConfigFiles(settings), 'clock');
    const summary: DailySummary = {
      taken: taken.length,
      unchanged: unchanged.length,
      pruned: 0,
      failed: failed.map((file) => `${file.path}: ${file.reason}`),
    };
    const environment = environmentWith(prefix);
    if (Object.keys(environment).length > 0) {
      const { isNew } = await vault.write('snapshotEnvironment', { prefix, environment });
      if (isNew) summary.taken++;
      else summary.unchanged++;
    }
    const verdicts = await vault.write('prune', { policy, dryRun: false });
    summary.pruned = verdicts.filter(({ reasons }) => reasons.length === 0).length;
    return summary;
  }

  #tell({ taken, unchanged, pruned, failed }: DailySummary): void {
    const { log } = this.#parts;
    log.info(`Daily snapshots: ${taken} taken, ${unchanged} unchanged, ${failed.length} failed, ${pruned} pruned`);
    const [first] = failed;
    if (first === undefined) return;
    for (const line of failed) log.warn(`No daily snapshot of ${line}`);
    const text = vscode.l10n.t('Daily snapshots that failed: {0}. The first: {1}', failed.length, first);
    tellError('Daily snapshots', new UserError(text, showLog()), log);
  }

  #tellUnavailable(day: string): void {
    const { vault } = this.#parts;
    const action =
      vault.state.kind === 'locked'
        ? { title: vscode.l10n.t('Unlock Snapshots…'), command: commands.unlockSnapshots }
        : showLog();
    const text = vscode.l10n.t('No configuration snapshots are taken by themselves: their store is not open.');
    this.#tellOnce(day, new UserError(text, action));
  }

  #tellOnce(day: string, error: unknown): void {
    if (this.#toldDay === day) return;
    this.#toldDay = day;
    tellError('The daily snapshots failed', error, this.#parts.log);
  }
}

const machineZone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone;
const showLog = () => ({ title: vscode.l10n.t('Show Log'), command: commands.showLog });
