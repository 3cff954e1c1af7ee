import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { LiveSettings } from '../settings.ts';
import { readableFolders } from './findLogs.ts';
import { Pacer, type Pace } from './pacer.ts';
import type { RiskMonitor } from './riskMonitor.ts';

// A run shows within a second of its last line, and one that goes on and on writing costs a fifth of a core at most.
const pace: Pace = { quietMs: 200, patienceMs: 1000, restFactor: 4 };

const neverLogs = /[\\/](?:node_modules|\.git)(?:[\\/]|$)/;

/**
 * Watches the logs, inside the workspace and outside, and asks for a new analysis when one grows, appears or goes.
 * Nothing is polled: while no log changes, nothing runs.
 */
export class LogWatcher implements vscode.Disposable {
  readonly #settings: LiveSettings;
  readonly #monitor: RiskMonitor;
  readonly #pacer: Pacer;
  #watchers: vscode.Disposable[] = [];
  #generation = 0;

  constructor(settings: LiveSettings, monitor: RiskMonitor) {
    this.#settings = settings;
    this.#monitor = monitor;
    // Nothing is read before somebody has asked for the first report.
    this.#pacer = new Pacer(async () => (monitor.report === null ? undefined : monitor.reread()), pace);
  }

  /** Watches what the settings name by now; called again after they, the folders or the trust changed. */
  start(): void {
    void this.#start();
  }

  dispose(): void {
    this.#generation++;
    this.#stop();
    this.#pacer.dispose();
  }

  async #start(): Promise<void> {
    const generation = ++this.#generation;
    const { watch, paths } = this.#settings.current;
    const outside = watch ? (await Promise.all(paths.map(patternsOf))).flat() : [];
    if (generation !== this.#generation) return;
    this.#stop();
    if (!watch) return;
    const inWorkspace = readableFolders().flatMap((folder) =>
      this.#settings.globsIn(folder).map((glob) => new vscode.RelativePattern(folder, glob)),
    );
    this.#watchers = [
      ...[...inWorkspace, ...outside].map((pattern) => this.#watch(pattern)),
      ...readableFolders().map((folder) => this.#watchFolders(new vscode.RelativePattern(folder, '**/*'))),
    ];
  }

  #stop(): void {
    for (const watcher of this.#watchers) watcher.dispose();
    this.#watchers = [];
  }

  #watch(pattern: vscode.RelativePattern): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(() => this.#pacer.poke()),
      watcher.onDidCreate(() => this.#search()),
      watcher.onDidDelete(() => this.#search()),
    );
  }

  /** A log that is new or gone makes a search necessary; one that grows does not. */
  #search(): void {
    this.#monitor.searchAgain();
    this.#pacer.poke();
  }

  /** A folder that comes or goes with logs in it is told of alone, not file by file. */
  #watchFolders(pattern: vscode.RelativePattern): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, true, false);
    const onCreate = async ({ fsPath }: vscode.Uri): Promise<void> => {
      if (!neverLogs.test(fsPath) && (await isFolder(fsPath))) this.#search();
    };
    const onDelete = ({ fsPath }: vscode.Uri): void => {
      const inside = fsPath + path.sep;
      if (this.#monitor.report?.sources.some((source) => source.path.startsWith(inside))) this.#search();
    };
    return vscode.Disposable.from(
      watcher,
      watcher.onDidCreate((uri) => void onCreate(uri)),
      watcher.onDidDelete(onDelete),
    );
  }
}

/** Whether it is a folder; what does not exist is none. */
async function isFolder(fsPath: string): Promise<boolean> {
  return stat(fsPath).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

/** A path that does not exist yet is taken for a file, so that its coming is noticed. */
async function patternsOf(fsPath: string): Promise<vscode.RelativePattern[]> {
  return (await isFolder(fsPath))
    ? [new vscode.RelativePattern(vscode.Uri.file(fsPath), '**/*')]
    : [new vscode.RelativePattern(vscode.Uri.file(path.dirname(fsPath)), escapeGlob(path.basename(fsPath)))];
}

function escapeGlob(text: string): string {
  return text.replace(/[[{}*?]/g, '[$&]');
}
