import * as vscode from 'vscode';
import type { ExpectedMark } from '../../backups/anomalies/findAnomalies.ts';
import type { JobReport, RiskReport, SourceReport } from '../../backups/report.ts';
import type { Welcome } from '../../contributions.ts';
import type { AnalysisOptions, AnalyzeProgress } from '../../protocol/analysis.ts';
import type { Log } from '../log.ts';
import type { LiveSettings } from '../settings.ts';
import { isCancelled, type AnalysisWorker } from './analysisWorker.ts';
import { describeFailure } from './describeFailure.ts';
import { findLogs, readableFolders } from './findLogs.ts';

/** Owns the risk report: makes it, one analysis at a time, and tells everything that shows it. */
export class RiskMonitor implements vscode.Disposable {
  readonly #worker: AnalysisWorker;
  readonly #settings: LiveSettings;
  readonly #log: Log;
  readonly #expected: () => readonly ExpectedMark[];
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #progressed = new vscode.EventEmitter<AnalyzeProgress>();
  #current: Promise<unknown> = Promise.resolve();
  #next: Promise<RiskReport | null> | null = null;
  /** Where the logs were when they were last searched for. */
  #paths: readonly string[] = [];
  #mustSearch = true;
  #cancel = new AbortController();
  #report: RiskReport | null = null;
  #error: unknown = null;
  #analyzing = false;
  #progress: AnalyzeProgress | null = null;

  /** Told when an analysis begins or ends; the new state can be read by then. */
  readonly onDidChange = this.#changed.event;
  readonly onDidProgress = this.#progressed.event;

  /** @param expected runs that a person called expected. */
  constructor(worker: AnalysisWorker, settings: LiveSettings, log: Log, expected: () => readonly ExpectedMark[]) {
    this.#expected = expected;
    this.#worker = worker;
    this.#settings = settings;
    this.#log = log;
  }

  /** The last finished report; it stays while a new one is made, and when that fails. */
  get report(): RiskReport | null {
    return this.#report;
  }

  get isAnalyzing(): boolean {
    return this.#analyzing;
  }

  /** Whether somebody has asked for a report; until then nothing is read, whatever changes. */
  get wasAsked(): boolean {
    return this.#analyzing || this.#report !== null || this.#error !== null;
  }

  get progress(): AnalyzeProgress | null {
    return this.#progress;
  }

  /** Why the last analysis did not finish, on one line; null when it did or was cancelled. */
  get failure(): string | null {
    return this.#error === null ? null : describeFailure(this.#error);
  }

  /** Why there is nothing to show. */
  get welcome(): Welcome {
    if (this.#report !== null && this.#report.jobs.length > 0) return 'none';
    if (this.#error !== null) return 'failed';
    if (this.#report === null) return 'none';
    if (this.#report.sources.length > 0) return 'noRuns';
    if (!vscode.workspace.workspaceFolders?.length) return 'noFolder';
    if (!vscode.workspace.isTrusted) return 'restricted';
    return 'noLogs';
  }

  job(id: string): JobReport | undefined {
    return this.#report?.jobs.find((job) => job.id === id);
  }

  /** What the analysis is told besides the paths. */
  options(): AnalysisOptions {
    const { zone, mappings, capacityBytes, capacities, maxRisk } = this.#settings.current;
    return { now: Date.now(), zone, mappings, capacityBytes, capacities, maxRisk, expected: this.#expected() };
  }

  /** Has the next analysis search for logs; without it the known ones are read again. */
  searchAgain(): void {
    this.#mustSearch = true;
  }

  /**
   * Searches for logs and makes a new report; null when cancelled. While an analysis runs, the new one comes after it,
   * and all who ask in the meantime share that one. Rejects with what went wrong.
   */
  analyze(): Promise<RiskReport | null> {
    this.searchAgain();
    return this.#queue();
  }

  /** Like `analyze`, for callers that nobody waits for: what goes wrong is shown by the views and logged. */
  async refresh(): Promise<void> {
    await this.analyze().catch(() => null);
  }

  /** Like `refresh`, for when known logs have changed: they are searched for only when `searchAgain` was called. */
  async reread(): Promise<void> {
    await this.#queue().catch(() => null);
  }

  /** Gives up the running analysis; the earlier report stays. */
  cancel(): void {
    this.#cancel.abort();
  }

  dispose(): void {
    this.cancel();
    this.#changed.dispose();
    this.#progressed.dispose();
  }

  #queue(): Promise<RiskReport | null> {
    this.#next ??= this.#current.then(() => {
      this.#next = null;
      const run = this.#analyze();
      this.#current = run.catch(() => null);
      return run;
    });
    return this.#next;
  }

  async #analyze(): Promise<RiskReport | null> {
    this.#cancel = new AbortController();
    this.#analyzing = true;
    this.#changed.fire();
    try {
      // Asked for again while it goes on, it is done again next time.
      const search = this.#mustSearch;
      this.#mustSearch = false;
      if (search) this.#paths = await findLogs(this.#settings);
      const report = await this.#reportOn(this.#paths);
      this.#report = report;
      this.#error = null;
      this.#logReport(report);
      return report;
    } catch (error) {
      this.#mustSearch = true;
      if (isCancelled(error)) return null;
      this.#error = error;
      this.#log.error('The analysis failed', error);
      throw error;
    } finally {
      this.#analyzing = false;
      this.#progress = null;
      this.#changed.fire();
    }
  }

  async #reportOn(paths: readonly string[]): Promise<RiskReport> {
    const options = this.options();
    if (paths.length === 0) return { schema: 1, generatedAt: options.now, sources: [], jobs: [] };
    const report = await this.#worker.analyze(
      { paths: [...paths], options },
      { signal: this.#cancel.signal, onProgress: (progress) => this.#tellProgress(progress) },
    );
    return { ...report, sources: this.#worthAWord(report) };
  }

  // A glob finds files that are no logs. Where jobs were found, that is worth a word only of a file that was named.
  #worthAWord({ jobs, sources }: RiskReport): SourceReport[] {
    const named = new Set(this.#settings.current.paths);
    return sources.filter(
      ({ path, runs, skippedLines, error }) =>
        jobs.length === 0 || runs > 0 || skippedLines > 0 || error !== null || named.has(path),
    );
  }

  #tellProgress(progress: AnalyzeProgress): void {
    this.#progress = progress;
    this.#progressed.fire(progress);
  }

  #logReport(report: RiskReport): void {
    const runs = report.sources.reduce((sum, source) => sum + source.runs, 0);
    this.#log.info(`Analyzed ${report.sources.length} files: ${runs} runs of ${report.jobs.length} jobs.`);
    for (const { path, skippedLines, firstSkippedLine } of report.sources)
      if (skippedLines > 0) this.#log.warn(`${path}:${firstSkippedLine ?? 1}: ${skippedLines} lines could not be read`);
    if (readableFolders().length === 0 && vscode.workspace.workspaceFolders?.length)
      this.#log.info('The workspace itself was not read: it is not trusted, or not on this machine.');
  }
}
