import path from 'node:path';
import * as vscode from 'vscode';
import { commands, type ItemContext } from '../../../contributions.ts';
import type { SnapshotSummary, SnapshotType } from '../../../configs/snapshotSummary.ts';
import { formatDate, formatTime, type Wording } from '../../../wording/format.ts';
import { badgedUri, countedUri } from '../driftBadges.ts';
import { groupBy } from '../groupBy.ts';
import { configIcon, plainIcon } from '../icons.ts';
import { markdownTable } from '../markdown.ts';
import { configLabel, kindText, sealedNote, snapshotNote, typeText } from '../snapshotTexts.ts';
import { isSameList } from './isSameList.ts';
import { TreeNode, treeItem } from './treeNode.ts';

/** One for all: making a collator costs more than sorting with it. */
const collator = new Intl.Collator();

/** More snapshots of one configuration than this are shown by their days. */
const mostWithoutDays = 7;

/** More configurations than this are shown in stretches of their list: VS Code takes in all children of a node at one go. */
const mostWithoutStretches = 100;

/** Begins the name of a stretch among the children of a type, as no configuration's name does. */
const stretchMark = '\0';

/** What nodes of snapshots need to put themselves into words. */
export interface SnapshotSpeech {
  wording: Wording;
  /** How a configuration file stands to its last snapshot; '' when there is nothing to tell. */
  driftText: (file: string) => string;
}

/**
 * A node of a list of snapshots, which come newest first. It stays the same object for as long as there is anything of it
 * in the list: a menu that is open on it would else lose it.
 */
abstract class SnapshotListNode extends TreeNode {
  protected readonly speech: SnapshotSpeech;
  protected rows: readonly SnapshotSummary[];
  #kept: ReadonlyMap<string, SnapshotListNode> = new Map();

  constructor(parent: TreeNode | null, name: string, rows: readonly SnapshotSummary[], speech: SnapshotSpeech) {
    super(parent, name);
    this.rows = rows;
    this.speech = speech;
  }

  /** Takes over what is listed now. Gives the nodes to be shown anew, the uppermost ones only. */
  update(rows: readonly SnapshotSummary[]): TreeNode[] {
    if (areSame(rows, this.rows)) return [];
    this.rows = rows;
    if (!this.isOpened) return [this];
    const before = this.children();
    const parts = this.parts();
    const changed = [...parts].flatMap(([name, ofPart]) => this.#kept.get(name)?.update(ofPart) ?? []);
    this.forgetChildren();
    const after = this.children();
    return isSameList(before, after) && after.length > 0 ? changed : [this];
  }

  /** The rows of each child by a name that no other child has. */
  protected parts(): ReadonlyMap<string, readonly SnapshotSummary[]> {
    return new Map();
  }

  /** The nodes whose configuration stands to its last snapshot as it did not when VS Code last asked for them. */
  drifted(): TreeNode[] {
    return this.isOpened ? [...this.#kept.values()].flatMap((node) => node.drifted()) : [];
  }

  protected makeChild(name: string, rows: readonly SnapshotSummary[]): SnapshotListNode {
    throw new Error(`${name} is no child for ${rows.length} snapshots`);
  }

  protected override makeChildren(): TreeNode[] {
    const kept = this.#kept;
    this.#kept = new Map([...this.parts()].map(([name, rows]) => [name, kept.get(name) ?? this.makeChild(name, rows)]));
    return [...this.#kept.values()];
  }
}

/** All configurations of one type. */
export class SnapshotTypeNode extends SnapshotListNode {
  readonly type: SnapshotType;

  constructor(type: SnapshotType, rows: readonly SnapshotSummary[], speech: SnapshotSpeech) {
    super(null, type, rows, speech);
    this.type = type;
  }

  override item(): vscode.TreeItem {
    const item = treeItem(this, typeText(this.type), vscode.TreeItemCollapsibleState.Expanded);
    item.iconPath = configIcon(this.type);
    return item;
  }

  protected override parts(): ReadonlyMap<string, readonly SnapshotSummary[]> {
    const labelled = [...groupBy(this.rows, ({ name }) => name)].map(([name, rows]) => ({
      label: configLabel({ type: this.type, name }),
      part: [name, rows] as const,
    }));
    const parts = labelled.sort((a, b) => collator.compare(a.label, b.label)).map(({ part }) => part);
    return parts.length <= mostWithoutStretches ? new Map(parts) : inStretches(parts);
  }

  protected override makeChild(name: string, rows: readonly SnapshotSummary[]): SnapshotListNode {
    return name.startsWith(stretchMark)
      ? new SnapshotStretchNode(this, name, rows, this.speech)
      : new SnapshotConfigNode(this, { type: this.type, name }, rows, this.speech);
  }
}

/** Some of very many configurations of one type, those whose labels follow each other. */
class SnapshotStretchNode extends SnapshotListNode {
  override item(): vscode.TreeItem {
    const [first, last] = [configLabel(this.rows[0]!), configLabel(this.rows.at(-1)!)];
    const item = treeItem(this, `${first} – ${last}`, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = vscode.l10n.t('configurations: {0}', this.parts().size);
    item.iconPath = plainIcon('list-unordered');
    return item;
  }

  protected override parts(): ReadonlyMap<string, readonly SnapshotSummary[]> {
    return groupBy(this.rows, ({ name }) => name);
  }

  protected override makeChild(name: string, rows: readonly SnapshotSummary[]): SnapshotListNode {
    return new SnapshotConfigNode(this, { type: rows[0]!.type, name }, rows, this.speech);
  }
}

/** One configuration with its snapshots. */
export class SnapshotConfigNode extends SnapshotListNode {
  /** What commands on this item are about. */
  readonly config: Pick<SnapshotSummary, 'type' | 'name'>;
  #drift = '';

  constructor(
    parent: TreeNode,
    config: Pick<SnapshotSummary, 'type' | 'name'>,
    rows: readonly SnapshotSummary[],
    speech: SnapshotSpeech,
  ) {
    super(parent, config.name, rows, speech);
    this.config = config;
  }

  get label(): string {
    return configLabel(this.config);
  }

  override drifted(): TreeNode[] {
    return this.#drift === this.#driftNow() ? [] : [this];
  }

  override item(): vscode.TreeItem {
    const item = treeItem(this, this.label, vscode.TreeItemCollapsibleState.Collapsed);
    const { type, name } = this.config;
    this.#drift = this.#driftNow();
    const description = type === 'file' ? folderOf(name) : vscode.l10n.t('snapshots: {0}', this.rows.length);
    item.description = description;
    item.contextValue = `config.${type}` satisfies ItemContext;
    // The badge is a letter, and is not read out.
    item.accessibilityInformation = {
      label: [this.label, description, this.#drift].filter((part) => part !== '').join(', '),
    };
    if (type === 'file') {
      item.iconPath = vscode.ThemeIcon.File;
      item.resourceUri = badgedUri(name);
    } else item.iconPath = configIcon(type);
    return item;
  }

  override tooltip(): vscode.MarkdownString {
    const [newest] = this.rows;
    const rows: [string, string][] = [
      [kindText(this.config.type), this.config.name],
      [vscode.l10n.t('Snapshots'), String(this.rows.length)],
    ];
    if (newest) rows.push([vscode.l10n.t('Newest'), formatTime(newest.createdAt, this.speech.wording)]);
    return new vscode.MarkdownString(markdownTable(rows));
  }

  protected override parts(): ReadonlyMap<string, readonly SnapshotSummary[]> {
    return this.rows.length <= mostWithoutDays
      ? bySnapshot(this.rows)
      : groupBy(this.rows, ({ createdAt }) => formatDate(createdAt, this.speech.wording));
  }

  protected override makeChild(name: string, rows: readonly SnapshotSummary[]): SnapshotListNode {
    const [row] = rows;
    return row?.id === name
      ? new SnapshotNode(this, row, this.speech)
      : new SnapshotDayNode(this, name, rows, this.speech);
  }

  #driftNow(): string {
    return this.config.type === 'file' ? this.speech.driftText(this.config.name) : '';
  }
}

/** The snapshots of one day. */
class SnapshotDayNode extends SnapshotListNode {
  readonly #day: string;

  constructor(parent: TreeNode, day: string, rows: readonly SnapshotSummary[], speech: SnapshotSpeech) {
    super(parent, day, rows, speech);
    this.#day = day;
  }

  override item(): vscode.TreeItem {
    const item = treeItem(this, this.#day, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = vscode.l10n.t('snapshots: {0}', this.rows.length);
    item.iconPath = plainIcon('calendar');
    return item;
  }

  protected override parts(): ReadonlyMap<string, readonly SnapshotSummary[]> {
    return bySnapshot(this.rows);
  }

  protected override makeChild(_: string, rows: readonly SnapshotSummary[]): SnapshotListNode {
    return new SnapshotNode(this, rows[0]!, this.speech);
  }
}

/** One snapshot; a click shows it with its secrets masked. */
export class SnapshotNode extends SnapshotListNode {
  constructor(parent: TreeNode, snapshot: SnapshotSummary, speech: SnapshotSpeech) {
    super(parent, snapshot.id, [snapshot], speech);
  }

  /** What commands on this item are about. */
  get snapshot(): SnapshotSummary {
    return this.rows[0]!;
  }

  override item(): vscode.TreeItem {
    const { id, type, createdAt, changedKeys, pinned } = this.snapshot;
    const time = formatTime(createdAt, this.speech.wording);
    const note = snapshotNote(this.snapshot);
    const item = treeItem(this, time);
    // What it changed is its badge, and whether it is pinned its icon: a narrow side bar has no room for more.
    item.description = sealedNote(this.snapshot);
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
      [vscode.l10n.t('Taken'), formatTime(createdAt, this.speech.wording)],
      [vscode.l10n.t('Format'), format],
      [vscode.l10n.t('Sealed'), sealedNote(this.snapshot)],
    ];
    if (changedKeys !== null)
      rows.push([vscode.l10n.t('Values changed since the snapshot before'), String(changedKeys)]);
    return new vscode.MarkdownString(markdownTable(rows));
  }
}

/** Of a snapshot nothing changes but whether it is pinned; long lists are compared after every change of the store. */
const areSame = (rows: readonly SnapshotSummary[], before: readonly SnapshotSummary[]): boolean =>
  rows.length === before.length &&
  rows.every(({ id, pinned }, at) => id === before[at]!.id && pinned === before[at]!.pinned);

function inStretches(
  parts: readonly (readonly [string, readonly SnapshotSummary[]])[],
): ReadonlyMap<string, readonly SnapshotSummary[]> {
  const stretches = new Map<string, readonly SnapshotSummary[]>();
  for (let at = 0; at < parts.length; at += mostWithoutStretches) {
    const rows = parts.slice(at, at + mostWithoutStretches).flatMap(([, ofConfig]) => ofConfig);
    stretches.set(`${stretchMark}${at}`, rows);
  }
  return stretches;
}

const bySnapshot = (rows: readonly SnapshotSummary[]): ReadonlyMap<string, readonly SnapshotSummary[]> =>
  new Map(rows.map((row) => [row.id, [row]]));

function folderOf(file: string): string {
  const folder = path.dirname(vscode.workspace.asRelativePath(file));
  return folder === '.' ? '' : folder;
}
