import * as vscode from 'vscode';
import { TreeNode, treeItem } from './treeNode.ts';

/** Nodes under a heading. */
export class GroupNode extends TreeNode {
  readonly #heading: string;
  readonly #note: string;
  readonly #icon: vscode.ThemeIcon;
  readonly #nodesIn: (group: GroupNode) => TreeNode[];

  constructor(
    parent: TreeNode,
    heading: { text: string; note: string; icon: vscode.ThemeIcon },
    nodesIn: (group: GroupNode) => TreeNode[],
  ) {
    super(parent, heading.text);
    this.#heading = heading.text;
    this.#note = heading.note;
    this.#icon = heading.icon;
    this.#nodesIn = nodesIn;
  }

  override item(): vscode.TreeItem {
    const item = treeItem(this, this.#heading, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = this.#note;
    item.iconPath = this.#icon;
    return item;
  }

  protected override makeChildren(): TreeNode[] {
    return this.#nodesIn(this);
  }
}
