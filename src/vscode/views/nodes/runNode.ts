import * as vscode from 'vscode';
import type { RunSummary } from '../../../backups/report.ts';
import type { RunSource } from '../../../backups/run.ts';
import { commands, type ItemContext } from '../../../contributions.ts';
import { formatBytes, formatDuration } from '../../../wording/format.ts';
import { runIcon } from '../icons.ts';
import { markdownTable } from '../markdown.ts';
import { outcomeText, timeText } from '../texts.ts';
import { KeptNode } from './keptNode.ts';
import { treeItem, type Speech, type TreeNode } from './treeNode.ts';

/** One run; a click opens its log at its lines. */
export class RunNode extends KeptNode<RunSummary> {
  readonly #speech: Speech;
  readonly #label: string | undefined;

  /** Shown by its time, or under the given label. */
  constructor(parent: TreeNode, run: RunSummary, speech: Speech, label?: string) {
    super(parent, label ?? `${run.source.path}:${run.source.line}`, run);
    this.#speech = speech;
    this.#label = label;
  }

  get source(): RunSource {
    return this.told.source;
  }

  override item(): vscode.TreeItem {
    const { outcome, error, startedAt } = this.told;
    const time = timeText(startedAt, this.#speech.wording);
    const result = error === null ? outcomeText(outcome) : `${outcomeText(outcome)}: ${error}`;
    const item = treeItem(this, this.#label ?? time);
    item.description = this.#label === undefined ? result : `${time}, ${result}`;
    item.iconPath = runIcon(outcome);
    item.contextValue = 'run' satisfies ItemContext;
    item.command = { command: commands.openLogAtRun, title: vscode.l10n.t('Open Log at Run'), arguments: [this] };
    item.accessibilityInformation = { label: `${this.#label ?? ''} ${time}, ${result}`.trim() };
    return item;
  }

  override tooltip(): vscode.MarkdownString {
    const { startedAt, outcome, durationMs, sizeBytes, addedBytes, error, source } = this.told;
    const { wording } = this.#speech;
    const rows: [string, string][] = [
      [vscode.l10n.t('Started'), timeText(startedAt, wording)],
      [vscode.l10n.t('Outcome'), outcomeText(outcome)],
    ];
    if (durationMs !== null) rows.push([vscode.l10n.t('Duration'), formatDuration(durationMs, wording.language)]);
    if (sizeBytes !== null) rows.push([vscode.l10n.t('Size'), formatBytes(sizeBytes, wording.language)]);
    if (addedBytes !== null) rows.push([vscode.l10n.t('Added'), formatBytes(addedBytes, wording.language)]);
    if (error !== null) rows.push([vscode.l10n.t('Error'), error]);
    rows.push([vscode.l10n.t('Log'), `${source.path}:${source.line}`]);
    return new vscode.MarkdownString(markdownTable(rows));
  }
}
