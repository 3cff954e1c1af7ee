import type * as vscode from 'vscode';
import { KeptNode } from './keptNode.ts';
import { treeItem, type TreeNode } from './treeNode.ts';

interface Fact {
  value: string;
  icon: vscode.ThemeIcon;
  explanation: string | undefined;
}

/** One thing to know: a name, its value and a picture. */
export class FactNode extends KeptNode<Fact> {
  readonly #name: string;

  constructor(parent: TreeNode, name: string, value: string, icon: vscode.ThemeIcon, explanation?: string) {
    super(parent, name, { value, icon, explanation });
    this.#name = name;
  }

  override item(): vscode.TreeItem {
    const item = treeItem(this, this.#name);
    item.description = this.told.value;
    item.iconPath = this.told.icon;
    return item;
  }

  override tooltip(): string | undefined {
    return this.told.explanation;
  }
}
