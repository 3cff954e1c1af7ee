import * as vscode from 'vscode';
import { contexts, views } from '../../contributions.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import type { ConfigChanges } from '../snapshots/configChanges.ts';
import { countAtRisk } from '../jobStatus.ts';
import type { LiveSettings } from '../settings.ts';
import { SpokenTree } from './spokenTree.ts';
import { JobNode } from './nodes/jobNode.ts';
import type { TreeNode } from './nodes/treeNode.ts';

/** The view "Backup Jobs": the tree, its badge, its progress bar, and the welcome text while it is empty. */
export class JobsView implements vscode.Disposable {
  readonly tree = new SpokenTree();
  readonly view: vscode.TreeView<TreeNode>;
  readonly #monitor: RiskMonitor;
  readonly #settings: LiveSettings;
  readonly #configChanges: ConfigChanges;
  readonly #listeners: vscode.Disposable[];
  #analysisEnded: (() => void) | null = null;

  constructor(monitor: RiskMonitor, settings: LiveSettings, configChanges: ConfigChanges) {
    this.#monitor = monitor;
    this.#settings = settings;
    this.#configChanges = configChanges;
    this.view = vscode.window.createTreeView(views.jobs, { treeDataProvider: this.tree, showCollapseAll: true });
    this.#listeners = [
      monitor.onDidChange(() => this.#update()),
      configChanges.onDidChange(() => this.#update()),
      this.view.onDidChangeVisibility(() => this.#analyzeWhenFirstSeen()),
    ];
    this.#analyzeWhenFirstSeen();
  }

  dispose(): void {
    this.#analysisEnded?.();
    for (const listener of this.#listeners) listener.dispose();
    this.view.dispose();
    this.tree.dispose();
  }

  #analyzeWhenFirstSeen(): void {
    if (this.view.visible && this.#monitor.report === null && !this.#monitor.isAnalyzing) void this.#monitor.refresh();
  }

  #update(): void {
    this.#showProgress();
    void vscode.commands.executeCommand('setContext', contexts.welcome, this.#monitor.welcome);
    const hasJobs = (this.#monitor.report?.jobs.length ?? 0) > 0;
    void vscode.commands.executeCommand('setContext', contexts.hasJobs, hasJobs);
    if (this.#monitor.isAnalyzing) return;
    const report = this.#monitor.report;
    this.tree.update(
      this.#settings.current.zone,
      (speech) => report?.jobs.map((job) => new JobNode(job, speech, this.#configChanges.of(job.id))) ?? [],
    );
    const { failure } = this.#monitor;
    const stale = failure !== null && this.#monitor.welcome === 'none';
    this.view.message = stale ? vscode.l10n.t('Not up to date: {0}', failure) : '';
    const atRisk = report === null ? 0 : countAtRisk(report);
    this.view.badge =
      atRisk === 0 ? undefined : { value: atRisk, tooltip: vscode.l10n.t('Backup jobs at risk: {0}', atRisk) };
  }

  #showProgress(): void {
    if (!this.#monitor.isAnalyzing) {
      this.#analysisEnded?.();
      this.#analysisEnded = null;
    } else if (this.#analysisEnded === null) {
      const ended = new Promise<void>((resolve) => (this.#analysisEnded = resolve));
      void vscode.window.withProgress({ location: { viewId: views.jobs } }, () => ended);
    }
  }
}
