import * as vscode from 'vscode';
import type { Anomaly } from '../../../backups/report.ts';
import type { RunSource } from '../../../backups/run.ts';
import { commands, type ItemContext } from '../../../contributions.ts';
import { concernOfAnomaly } from '../../findings/findConcerns.ts';
import { severityIcon } from '../icons.ts';
import { timeText } from '../texts.ts';
import { KeptNode } from './keptNode.ts';
import { treeItem, type Speech, type TreeNode } from './treeNode.ts';

/** One anomaly; a click opens the log at the run that shows it. */
export class FindingNode extends KeptNode<Anomaly> {
  readonly #speech: Speech;

  /** Names the finding to Mark as Expected. */
  readonly concern: string;

  constructor(parent: TreeNode, job: string, anomaly: Anomaly, speech: Speech) {
    const { source, metric, shape } = anomaly;
    super(parent, `${source.path}:${source.line} ${metric} ${shape}`, anomaly);
    this.#speech = speech;
    this.concern = concernOfAnomaly(job, anomaly).key;
  }

  get source(): RunSource {
    return this.told.source;
  }

  override item(): vscode.TreeItem {
    const item = treeItem(this, this.#speech.say(this.told.message));
    item.description = timeText(this.told.startedAt, this.#speech.wording);
    item.iconPath = severityIcon(this.told.severity);
    item.contextValue = 'finding' satisfies ItemContext;
    item.command = { command: commands.openLogAtRun, title: vscode.l10n.t('Open Log at Run'), arguments: [this] };
    return item;
  }

  override tooltip(): string {
    return `${this.#speech.say(this.told.message)}\n${this.source.path}:${this.source.line}`;
  }
}
