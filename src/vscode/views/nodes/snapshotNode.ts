import path from 'node:path';
import * as vscode from 'vscode';
import { commands, type ItemContext } from '../../../contributions.ts';
import type { SnapshotSummary, SnapshotType } from '../../../configs/snapshotSummary.ts';
import { formatDate, formatTime, type Wording } from '../../../wording/format.ts';
import { badgedUri, countedUri } from '../driftBadges.ts';
import { groupBy } from '../groupBy.ts';
import { configIcon, plainIcon } from '../icons.ts';
import { markdownTable } from '../markdown.ts';
import { configLabel, sealedNote, snapshotNote, typeText } from '../snapshotTexts.ts';
import { TreeNode, treeItem } from './treeNode.ts';

/** More snapshots of one configuration than this are shown by their days. */
const mostWithoutDays = 7;

/** All configurations of one type. */
export class SnapshotTypeNode extends TreeNode {
  readonly #type: SnapshotType;
  readonly #rows: readonly SnapshotSummary[];
  readonly #wording: Wording;

  /** `rows` come newest first, here and below. */
  constructor(type: SnapshotType, rows: readonly SnapshotSummary[], wording: Wording) {
    super(null, type);
    this.#type = type;
    this.#rows = rows;
    this.#wording = wording;
  }

  override item(): vscode.TreeItem {
    const item = treeItem(this, typeText(this.#type), vscode.TreeItemCollapsibleState.Expanded);
    item.iconPath = configIcon(this.#type);
    return item;
  }

  protected override makeChildren(): TreeNode[] {
    const configs = groupBy(this.#rows, ({ name }) => name);
    return [...configs]
      .map(([name, rows]) => new SnapshotConfigNode(this, { type: this.#type, name }, rows, this.#wording))
      .sort((a, b) => a.label.localeCompare(b.label));
  }
}

/** One configuration with its snapshots. */
export class SnapshotConfigNode extends TreeNode {
  /** What commands on this item are about. */
  readonly config: Pick<SnapshotSummary, 'type' | 'name'>;
  readonly #rows: readonly SnapshotSummary[];
  readonly #wording: Wording;

  constructor(
    parent: TreeNode,
    config: Pick<SnapshotSummary, 'type' | 'name'>,
    rows: readonly SnapshotSummary[],
    wording: Wording,
  ) {
    super(parent, config.name);
    this.config = config;
    this.#rows = rows;
    this.#wording = wording;
  }

  get label(): string {
    return configLabel(this.config);
  }

  override item(): vscode.TreeItem {
    const item = treeItem(this, this.label, vscode.TreeItemCollapsibleState.Collapsed);
    const { type, name } = this.config;
    item.description = type === 'file' ? folderOf(name) : vscode.l10n.t('snapshots: {0}', this.#rows.length);
    item.contextValue = `config.${type}` satisfies ItemContext;
    if (type === 'file') {
      item.iconPath = vscode.ThemeIcon.File;
      item.resourceUri = badgedUri(name);
    } else item.iconPath = configIcon(type);
    return item;
  }

  override tooltip(): vscode.MarkdownString {
    const [newest] = this.#rows;
    const rows: [string, string][] = [
      [typeText(this.config.type), this.config.name],
      [vscode.l10n.t('Snapshots'), String(this.#rows.length)],
    ];
    if (newest) rows.push([vscode.l10n.t('Newest'), formatTime(newest.createdAt, this.#wording)]);
    return new vscode.MarkdownString(markdownTable(rows));
  }

  protected override makeChildren(): TreeNode[] {
    if (this.#rows.length <= mostWithoutDays)
      return this.#rows.map((row) => new SnapshotNode(this, row, this.#wording));
    const days = groupBy(this.#rows, ({ createdAt }) => formatDate(createdAt, this.#wording));
    return [...days].map(([day, rows]) => new SnapshotDayNode(this, day, rows, this.#wording));
  }
}

/** The snapshots of one day. */
class SnapshotDayNode extends TreeNode {
  readonly #day: string;
  readonly #rows: readonly SnapshotSummary[];
  readonly #wording: Wording;

  constructor(parent: TreeNode, day: string, rows: readonly SnapshotSummary[], wording: Wording) {
    super(parent, day);
    this.#day = day;
    this.#rows = rows;
    this.#wording = wording;
  }

  override item(): vscode.TreeItem {
    const item = treeItem(this, this.#day, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = vscode.l10n.t('snapshots: {0}', this.#rows.length);
    item.iconPath = plainIcon('calendar');
    return item;
  }

  protected override makeChildren(): TreeNode[] {
    return this.#rows.map((row) => new SnapshotNode(this, row, this.#wording));
  }
}

/** One snapshot; a click shows it with its secrets masked. */
export class SnapshotNode extends TreeNode {
  /** What commands on this item are about. */
  readonly snapshot: SnapshotSummary;
  readonly #wording: Wording;

  constructor(parent: TreeNode, snapshot: SnapshotSummary, wording: Wording) {
    super(parent, snapshot.id);
    this.snapshot = snapshot;
    this.#wording = wording;
  }

  override item(): vscode.TreeItem {
    const { id, type, createdAt, changedKeys, pinned } = this.snapshot;
    const time = formatTime(createdAt, this.#wording);
    const note = snapshotNote(this.snapshot);
    const item = treeItem(this, time);
    item.description = note;
    if (changedKeys !== null) item.resourceUri = countedUri(id, changedKeys);
    item.iconPath = plainIcon(pinned ? 'pinned' : 'history');
    item.contextValue = (pinned ? `snapshot.${type}.pinned` : `snapshot.${type}`) satisfies ItemContext;
    item.command = { command: commands.previewSnapshot, title: vscode.l10n.t('Preview Snapshot'), arguments: [this] };
    item.accessibilityInformation = { label: `${configLabel(this.snapshot)} ${time}, ${note}` };
    return item;
  }

  override tooltip(): vscode.MarkdownString {
    const { name, createdAt, format, changedKeys } = this.snapshot;
    const rows: [string, string][] = [
      [vscode.l10n.t('Configuration'), name],
      [vscode.l10n.t('Taken'), formatTime(createdAt, this.#wording)],
      [vscode.l10n.t('Format'), format],
      [vscode.l10n.t('Sealed'), sealedNote(this.snapshot)],
    ];
    if (changedKeys !== null)
      rows.push([vscode.l10n.t('Values changed since the snapshot before'), String(changedKeys)]);
    return new vscode.MarkdownString(markdownTable(rows));
  }
}

function folderOf(file: string): string {
  const folder = path.dirname(vscode.workspace.asRelativePath(file));
  return folder === '.' ? '' : folder;
}
