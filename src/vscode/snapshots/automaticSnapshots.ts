import * as vscode from 'vscode';
import { Pacer, type Pace } from '../analysis/pacer.ts';
import { readableFolders } from '../analysis/findLogs.ts';
import type { LiveSettings } from '../settings.ts';
import { isConfigFile, listedFiles } from './configFiles.ts';
import type { Vault } from './vault.ts';

/** An editor saves once; programs write a file in several steps. */
const pace: Pace = { quietMs: 800, patienceMs: 5000, restFactor: 4 };

/** A file that changes all the time is kept no more often than this. */
const restMs = 30_000;

/** What is to be done with the files that changed. */
export type Take = (paths: readonly string[]) => Promise<void>;

/**
 * Notices configuration files that are saved in VS Code or changed by another program. Only while there is a store: the
 * first snapshot is a person's to take.
 */
export class AutomaticSnapshots implements vscode.Disposable {
  readonly #vault: Vault;
  readonly #settings: LiveSettings;
  readonly #take: Take;
  readonly #pacer = new Pacer(() => this.#flush(), pace);
  readonly #waiting = new Set<string>();
  readonly #takenAt = new Map<string, number>();
  readonly #listener: vscode.Disposable;
  #watchers: vscode.Disposable | null = null;
  #later: ReturnType<typeof setTimeout> | undefined;

  constructor(vault: Vault, settings: LiveSettings, take: Take) {
    this.#vault = vault;
    this.#settings = settings;
    this.#take = take;
    this.#listener = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (this.#isOn() && isConfigFile(settings, uri)) this.#notice(uri);
    });
  }

  /** Watches what the settings name by now; called again after they, the folders or the trust changed. */
  start(): void {
    this.#watchers?.dispose();
    this.#watchers = null;
    if (!this.#settings.current.snapshots.onChange || !vscode.workspace.isTrusted) return;
    const inWorkspace = readableFolders().flatMap((folder) =>
      this.#settings
        .globsIn(folder, 'backupForesight.snapshots.globs')
        .map((glob) => new vscode.RelativePattern(folder, glob)),
    );
    const listed = listedFiles(this.#settings).map((file) => {
      const uri = vscode.Uri.file(file);
      const name = uri.path.slice(uri.path.lastIndexOf('/') + 1).replace(/[[{}*?]/g, '[$&]');
      return new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name);
    });
    this.#watchers = vscode.Disposable.from(...[...inWorkspace, ...listed].map((pattern) => this.#watch(pattern)));
  }

  dispose(): void {
    clearTimeout(this.#later);
    this.#watchers?.dispose();
    this.#listener.dispose();
    this.#pacer.dispose();
  }

  #isOn(): boolean {
    return (
      this.#settings.current.snapshots.onChange && vscode.workspace.isTrusted && this.#vault.state.kind === 'ready'
    );
  }

  #watch(pattern: vscode.RelativePattern): vscode.Disposable {
    const watcher = vscode.workspace.createFileSystemWatcher(pattern, false, false, true);
    const notice = (uri: vscode.Uri): void => {
      if (this.#isOn()) this.#notice(uri);
    };
    return vscode.Disposable.from(watcher, watcher.onDidChange(notice), watcher.onDidCreate(notice));
  }

  #notice(uri: vscode.Uri): void {
    if (/[\\/](?:node_modules|\.git)[\\/]/.test(uri.fsPath)) return;
    this.#waiting.add(uri.fsPath);
    this.#pacer.poke();
  }

  async #flush(): Promise<void> {
    if (!this.#isOn()) this.#waiting.clear();
    const now = Date.now();
    const due = [...this.#waiting].filter((path) => now - (this.#takenAt.get(path) ?? 0) >= restMs);
    for (const path of due) {
      this.#waiting.delete(path);
      this.#takenAt.set(path, now);
    }
    if (this.#waiting.size > 0) {
      clearTimeout(this.#later);
      this.#later = setTimeout(() => this.#pacer.poke(), restMs);
    }
    if (due.length > 0) await this.#take(due);
  }
}
