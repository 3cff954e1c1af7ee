import path from 'node:path';
import * as vscode from 'vscode';
import type { SourceReport } from '../../../backups/report.ts';
import type { RunSource } from '../../../backups/run.ts';
import { commands, type ItemContext } from '../../../contributions.ts';
import { plainIcon, warningIcon } from '../icons.ts';
import { markdownTable } from '../markdown.ts';
import { KeptNode } from './keptNode.ts';
import { treeItem, type Speech } from './treeNode.ts';

/** One file that was read; a click opens it, at the first line that could not be read if there is one. */
export class SourceNode extends KeptNode<SourceReport> {
  readonly #speech: Speech;

  constructor(file: SourceReport, speech: Speech) {
    super(null, file.path, file);
    this.#speech = speech;
  }

  get source(): RunSource {
    const line = this.told.firstSkippedLine ?? 1;
    return { path: this.told.path, line, endLine: line };
  }

  override item(): vscode.TreeItem {
    const item = treeItem(this, path.basename(this.told.path));
    const wrong = this.told.error !== null || this.told.skippedLines > 0;
    item.description = this.#summary();
    item.iconPath = wrong ? warningIcon('file') : plainIcon('file');
    item.contextValue = 'run' satisfies ItemContext;
    item.command = { command: commands.openLogAtRun, title: vscode.l10n.t('Open Log'), arguments: [this] };
    return item;
  }

  override tooltip(): vscode.MarkdownString {
    const { outcomes, leftOutRuns, skippedLines, firstSkippedLine } = this.told;
    const rows: [string, string][] = [
      [vscode.l10n.t('File'), this.told.path],
      [vscode.l10n.t('Read'), this.#summary()],
    ];
    if (outcomes === 'successes-only')
      rows.push([vscode.l10n.t('Note'), vscode.l10n.t('It lists only runs that produced a backup.')]);
    if (leftOutRuns > 0) rows.push([vscode.l10n.t('Oldest runs left out'), String(leftOutRuns)]);
    if (skippedLines > 0) rows.push([vscode.l10n.t('First line not read'), String(firstSkippedLine ?? 1)]);
    return new vscode.MarkdownString(markdownTable(rows));
  }

  #summary(): string {
    const { error, format, runs, skippedLines } = this.told;
    if (error !== null) return this.#speech.say(error);
    if (runs === 0 && skippedLines === 0) return vscode.l10n.t('no backup run in it');
    return skippedLines === 0
      ? vscode.l10n.t('{0}, runs: {1}', format, runs)
      : vscode.l10n.t('{0}, runs: {1}, lines not read: {2}', format, runs, skippedLines);
  }
}
