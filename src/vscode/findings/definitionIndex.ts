import { readFile, stat } from 'node:fs/promises';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { JobReport } from '../../backups/report.ts';
import { readableFolders } from '../analysis/findLogs.ts';
import { Pacer } from '../analysis/pacer.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import type { Definition } from './definitions/definition.ts';
import { jobMatcher } from './definitions/jobMatcher.ts';
import { canDefine, definitionGlob, readDefinitions } from './definitions/readDefinitions.ts';

const excluded = '**/{node_modules,.git}/**';
const maxFiles = 500;
const maxBytes = 400_000;

/** A place where jobs are defined, and which they are. */
export interface DefinedJobs {
  definition: Definition;
  jobs: JobReport[];
}

/** Knows where in the workspace jobs are defined. Nothing is looked for before there is a report. */
export class DefinitionIndex implements vscode.Disposable {
  readonly #monitor: RiskMonitor;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #listeners: vscode.Disposable[];
  readonly #pacer: Pacer;
  #watchers: vscode.Disposable[] = [];
  #files = new Map<string, DefinedJobs[]>();
  #match: (definition: Definition) => JobReport[] = () => [];

  readonly onDidChange = this.#changed.event;

  constructor(monitor: RiskMonitor) {
    this.#monitor = monitor;
    this.#pacer = new Pacer(() => this.#scan(), { quietMs: 200, patienceMs: 2000, restFactor: 4 });
    this.#listeners = [
      monitor.onDidChange(() => {
        if (!monitor.isAnalyzing && monitor.report !== null) this.#reportChanged();
      }),
      vscode.workspace.onDidChangeWorkspaceFolders(() => this.#watch()),
    ];
  }

  /** Files in which jobs of the report are defined, by path. */
  get files(): ReadonlyMap<string, readonly DefinedJobs[]> {
    return this.#files;
  }

  /** The jobs that are defined in a document, as it stands in its editor. */
  inDocument(document: vscode.TextDocument): DefinedJobs[] {
    if (document.uri.scheme !== 'file' || !canDefine(document.uri.fsPath)) return [];
    return this.#defined(document.uri.fsPath, document.getText());
  }

  dispose(): void {
    for (const listener of [...this.#listeners, ...this.#watchers]) listener.dispose();
    this.#pacer.dispose();
    this.#changed.dispose();
  }

  #reportChanged(): void {
    this.#match = jobMatcher(this.#monitor.report?.jobs ?? []);
    if (this.#watchers.length === 0) this.#watch();
    this.#pacer.poke();
  }

  #watch(): void {
    for (const watcher of this.#watchers) watcher.dispose();
    const poke = (): void => this.#pacer.poke();
    this.#watchers = readableFolders().map((folder) => {
      const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(folder, definitionGlob));
      return vscode.Disposable.from(
        watcher,
        watcher.onDidChange(poke),
        watcher.onDidCreate(poke),
        watcher.onDidDelete(poke),
      );
    });
    poke();
  }

  async #scan(): Promise<void> {
    if (this.#monitor.report === null) return;
    const searches = readableFolders().map((folder) =>
      vscode.workspace.findFiles(new vscode.RelativePattern(folder, definitionGlob), excluded, maxFiles),
    );
    const files = new Map<string, DefinedJobs[]>();
    for (const { fsPath } of (await Promise.all(searches)).flat()) {
      const text = await readSmallFile(fsPath);
      const defined = text === null ? [] : this.#defined(fsPath, text);
      if (defined.length > 0) files.set(fsPath, defined);
      await nextTurn();
    }
    this.#files = files;
    this.#changed.fire();
  }

  #defined(fsPath: string, text: string): DefinedJobs[] {
    return readDefinitions(fsPath, text)
      .map((definition) => ({ definition, jobs: this.#match(definition) }))
      .filter(({ jobs }) => jobs.length > 0);
  }
}

/** Null for what is large, gone or not to be read. */
async function readSmallFile(fsPath: string): Promise<string | null> {
  try {
    return (await stat(fsPath)).size > maxBytes ? null : await readFile(fsPath, 'utf8');
  } catch {
    return null;
  }
}
