import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import * as vscode from 'vscode';
import type { DriftRow } from '../../protocol/vault.ts';
import type { SnapshotSummary } from '../../configs/snapshotSummary.ts';
import { Pacer, type Pace } from '../analysis/pacer.ts';
import { readableFolders } from '../analysis/findLogs.ts';
import type { Log } from '../log.ts';
import type { LiveSettings } from '../settings.ts';
import { secretMask } from './maskedDocuments.ts';
import { trackedFiles } from './gitTracked.ts';
import { gitWorkTreeOf } from './gitWorkTree.ts';
import { isInLocalHistory } from './localHistory.ts';
import { storeInGitText } from './storeInGit.ts';
import type { Vault } from './vault.ts';

const pace: Pace = { quietMs: 500, patienceMs: 5000, restFactor: 2 };

/** So many files are looked at before others have their turn: each asks VS Code for its settings. */
const filesAtOnce = 20;

/** What a problem of a configuration file is about. */
export type ConfigProblem = 'tracked' | 'localHistory' | 'storeInGit';

/**
 * How the configuration files of the workspace stand: changed since their last snapshot or gone; with secrets in plain text
 * while git tracks them; with copies in VS Code's Local History. And whether the store itself lies in a git work tree. No
 * secret is opened for it.
 */
export class ConfigFindings implements vscode.Disposable {
  readonly #vault: Vault;
  readonly #settings: LiveSettings;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #problems = vscode.languages.createDiagnosticCollection('backupForesight.snapshots');
  readonly #pacer = new Pacer(() => this.#look(), pace);
  readonly #listeners: vscode.Disposable;
  #drift: ReadonlyMap<string, DriftRow> = new Map();
  #storeWorkTree: string | null = null;

  /** Told after another look. */
  readonly onDidChange = this.#changed.event;

  constructor(vault: Vault, settings: LiveSettings, log: Log) {
    this.#vault = vault;
    this.#settings = settings;
    this.#log = log;
    const look = (): void => this.#pacer.poke();
    this.#listeners = vscode.Disposable.from(
      vault.onDidChange(look),
      settings.onDidChange(look),
      vscode.workspace.onDidSaveTextDocument(look),
      vscode.workspace.onDidDeleteFiles(look),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('workbench.localHistory')) look();
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) look();
      }),
    );
  }

  /** How a file stands to its last snapshot; undefined while nobody knows. */
  driftOf(file: string): DriftRow | undefined {
    return this.#drift.get(file);
  }

  /** The git work tree that the folder of the settings lies in; null when it lies in none. */
  get storeWorkTree(): string | null {
    return this.#storeWorkTree;
  }

  dispose(): void {
    this.#listeners.dispose();
    this.#pacer.dispose();
    this.#problems.dispose();
    this.#changed.dispose();
  }

  async #look(): Promise<void> {
    if (this.#vault.state.kind !== 'ready' || !vscode.workspace.isTrusted) {
      this.#storeWorkTree = null;
      this.#forget();
      return;
    }
    const { folder } = this.#settings.current.snapshots;
    this.#storeWorkTree = folder === null ? null : await gitWorkTreeOf(folder);
    const newest = newestOfFiles(this.#vault.rows);
    try {
      const rows = await this.#vault.read('drift', { paths: [...newest.keys()] });
      this.#drift = new Map(rows.map((row) => [row.name, row]));
    } catch {
      // The store went away meanwhile; the view tells of that.
      this.#forget();
      return;
    }
    // The badges need not wait for git.
    this.#changed.fire();
    try {
      await this.#showProblems(newest);
    } catch (error) {
      this.#log.error('The problems of configuration files could not be looked up', error);
    }
    this.#changed.fire();
  }

  #forget(): void {
    this.#problems.clear();
    this.#drift = new Map();
    this.#changed.fire();
  }

  /** The thread is that of all extensions: of thousands of files it is given back after a few. */
  async #showProblems(newest: ReadonlyMap<string, SnapshotSummary>): Promise<void> {
    const told = new Set<string>();
    const tell = (uri: vscode.Uri, problems: vscode.Diagnostic[]): void => {
      if (problems.length === 0) return;
      told.add(uri.toString());
      this.#problems.set(uri, problems);
    };
    if (this.#settings.current.findings.problems) {
      if (this.#storeWorkTree !== null)
        tell(vscode.Uri.file(path.join(this.#vault.folder, 'head.json')), [
          problem(0, 'storeInGit', vscode.DiagnosticSeverity.Warning, storeInGitText(this.#storeWorkTree)),
        ]);
      for (const [root, rows] of await sealedByFolder(newest)) {
        const tracked = new Set(
          await trackedFiles(
            root,
            rows.map(({ name }) => name),
          ),
        );
        for (const [at, row] of rows.entries()) {
          if (at % filesAtOnce === 0) await nextTurn();
          tell(vscode.Uri.file(row.name), await this.#problemsOf(row, tracked.has(row.name)));
        }
      }
    }
    const shown: vscode.Uri[] = [];
    this.#problems.forEach((uri) => shown.push(uri));
    for (const uri of shown) if (!told.has(uri.toString())) this.#problems.delete(uri);
  }

  async #problemsOf(row: SnapshotSummary, isTracked: boolean): Promise<vscode.Diagnostic[]> {
    const state = this.#drift.get(row.name)?.state;
    if (state === 'gone' || state === 'unreadable') return [];
    return [
      ...(isTracked ? [await this.#trackedProblem(row)] : []),
      ...(isInLocalHistory(vscode.Uri.file(row.name)) ? [localHistoryProblem()] : []),
    ];
  }

  /** On the line of the first secret, as the last snapshot has it. */
  async #trackedProblem({ id, secrets }: SnapshotSummary): Promise<vscode.Diagnostic> {
    const { text } = await this.#vault.read('maskedText', { id });
    const before = text?.slice(0, Math.max(0, text.indexOf(secretMask))) ?? '';
    const line = before.split('\n').length - 1;
    return problem(
      line,
      'tracked',
      vscode.DiagnosticSeverity.Warning,
      vscode.l10n.t('Git tracks this file, and secrets stand in it in plain text: {0}.', secrets),
    );
  }
}

function localHistoryProblem(): vscode.Diagnostic {
  return problem(
    0,
    'localHistory',
    vscode.DiagnosticSeverity.Information,
    vscode.l10n.t('VS Code’s Local History keeps copies of this file with its secrets in plain text.'),
  );
}

function problem(
  line: number,
  code: ConfigProblem,
  severity: vscode.DiagnosticSeverity,
  text: string,
): vscode.Diagnostic {
  const diagnostic = new vscode.Diagnostic(new vscode.Range(line, 0, line, 1000), text, severity);
  diagnostic.source = 'Backup Foresight';
  diagnostic.code = code;
  return diagnostic;
}

/** The newest snapshots with secrets in them, by the folder of the workspace that their file is in. */
async function sealedByFolder(
  newest: ReadonlyMap<string, SnapshotSummary>,
): Promise<ReadonlyMap<string, SnapshotSummary[]>> {
  const roots = new Set(readableFolders().map(({ uri }) => uri.fsPath));
  const byFolder = new Map<string, SnapshotSummary[]>();
  for (const [at, row] of [...newest.values()].filter(({ secrets }) => secrets > 0).entries()) {
    if (at % filesAtOnce === 0) await nextTurn();
    const root = vscode.workspace.getWorkspaceFolder(vscode.Uri.file(row.name))?.uri.fsPath;
    if (root === undefined || !roots.has(root)) continue;
    const rows = byFolder.get(root);
    if (rows) rows.push(row);
    else byFolder.set(root, [row]);
  }
  return byFolder;
}

function newestOfFiles(rows: readonly SnapshotSummary[]): Map<string, SnapshotSummary> {
  const newest = new Map<string, SnapshotSummary>();
  for (const row of rows) if (row.type === 'file' && !newest.has(row.name)) newest.set(row.name, row);
  return newest;
}
