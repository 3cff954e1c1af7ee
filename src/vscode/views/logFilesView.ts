import * as vscode from 'vscode';
import { views } from '../../contributions.ts';
import type { RiskMonitor } from '../analysis/riskMonitor.ts';
import type { LiveSettings } from '../settings.ts';
import { SourceNode } from './nodes/sourceNode.ts';
import type { TreeNode } from './nodes/treeNode.ts';
import { SpokenTree } from './spokenTree.ts';

/** The view "Log Files": what was read, by which reader, and what could not be read. */
export class LogFilesView implements vscode.Disposable {
  readonly tree = new SpokenTree();
  readonly #view: vscode.TreeView<TreeNode>;
  readonly #listener: vscode.Disposable;

  constructor(monitor: RiskMonitor, settings: LiveSettings) {
    this.#view = vscode.window.createTreeView(views.logFiles, { treeDataProvider: this.tree });
    this.#listener = monitor.onDidChange(() => {
      if (monitor.isAnalyzing) return;
      this.tree.update(
        settings.current.zone,
        (speech) => monitor.report?.sources.map((source) => new SourceNode(source, speech)) ?? [],
      );
    });
  }

  dispose(): void {
    this.#listener.dispose();
    this.#view.dispose();
    this.tree.dispose();
  }
}
