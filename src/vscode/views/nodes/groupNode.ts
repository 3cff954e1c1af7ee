import * as vscode from 'vscode';
import { KeptNode } from './keptNode.ts';
import { treeItem, type TreeNode } from './treeNode.ts';

interface Heading {
  text: string;
  note: string;
  icon: vscode.ThemeIcon;
}

type NodesIn = (group: TreeNode) => TreeNode[];

/** Nodes under a heading. */
export class GroupNode extends KeptNode<{ heading: Heading; nodesIn: NodesIn }> {
  constructor(parent: TreeNode, heading: Heading, nodesIn: NodesIn) {
    super(parent, heading.text, { heading, nodesIn });
  }

  override item(): vscode.TreeItem {
    const { text, note, icon } = this.told.heading;
    const item = treeItem(this, text, vscode.TreeItemCollapsibleState.Collapsed);
    item.description = note;
    item.iconPath = icon;
    return item;
  }

  protected override makeChildren(): TreeNode[] {
    return this.told.nodesIn(this);
  }
}
