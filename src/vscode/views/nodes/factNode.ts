import type * as vscode from 'vscode';
import { TreeNode, treeItem } from './treeNode.ts';

/** One thing to know: a name, its value and a picture. */
export class FactNode extends TreeNode {
  readonly #name: string;
  readonly #value: string;
  readonly #icon: vscode.ThemeIcon;
  readonly #explanation: string | undefined;

  constructor(parent: TreeNode, name: string, value: string, icon: vscode.ThemeIcon, explanation?: string) {
    super(parent, name);
    this.#name = name;
    this.#value = value;
    this.#icon = icon;
    this.#explanation = explanation;
  }

  override item(): vscode.TreeItem {
    const item = treeItem(this, this.#name);
    item.description = this.#value;
    item.iconPath = this.#icon;
    return item;
  }

  override tooltip(): string | undefined {
    return this.#explanation;
  }
}
