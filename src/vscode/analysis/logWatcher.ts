import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { LiveSettings } from '../settings.ts';
import { readableFolders } from './findLogs.ts';
import { Pacer, type Pace } from './pacer.ts';

const pace: Pace = { quietMs: 400, patienceMs: 3000, restFactor: 4 };

/**
 * Watches the logs, inside the workspace and outside, and asks for a new analysis when one grows, appears or goes.
 * Nothing is polled: while no log changes, nothing runs.
 */
export class LogWatcher implements vscode.Disposable {
  readonly #settings: LiveSettings;
  readonly #pacer: Pacer;
  #watchers: vscode.Disposable[] = [];
  #generation = 0;

  constructor(settings: LiveSettings, analyze: () => Promise<void>) {
    this.#settings = settings;
    this.#pacer = new Pacer(analyze, pace);
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
    this.#watchers = [...inWorkspace, ...outside].map((pattern) => this.#watch(pattern));
  }

  #stop(): void {
    for (const watcher of this.#watchers) watcher.dispose();
    this.#watchers = [];
  }

  #watch(pattern: vscode.RelativePattern): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern);
    const poke = (): void => this.#pacer.poke();
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(poke),
      watcher.onDidCreate(poke),
      watcher.onDidDelete(poke),
    );
  }
}

/** A path that does not exist yet is taken for a file, so that its coming is noticed. */
async function patternsOf(fsPath: string): Promise<vscode.RelativePattern[]> {
  const isFolder = await stat(fsPath).then(
    (found) => found.isDirectory(),
    () => false,
  );
  return isFolder
    ? [new vscode.RelativePattern(vscode.Uri.file(fsPath), '**/*')]
    : [new vscode.RelativePattern(vscode.Uri.file(path.dirname(fsPath)), escapeGlob(path.basename(fsPath)))];
}

function escapeGlob(text: string): string {
  return text.replace(/[[{}*?]/g, '[$&]');
}
