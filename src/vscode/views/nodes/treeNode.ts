import * as vscode from 'vscode';
import type { Wording } from '../../../wording/format.ts';
import type { Message } from '../../../wording/message.ts';

/** What nodes need to put themselves into words. */
export interface Speech {
  wording: Wording;
  say: (message: Message) => string;
}

/** A node answers for itself: how it looks, what is under it, and what it tells when somebody points at it. */
export abstract class TreeNode {
  readonly parent: TreeNode | null;
  /** Unique in its tree and the same after each analysis, so that what was expanded stays so. */
  readonly id: string;
  readonly #namesTaken = new Map<string, number>();
  #children: TreeNode[] | undefined;

  constructor(parent: TreeNode | null, name: string) {
    this.parent = parent;
    this.id = parent === null ? name : `${parent.id}\n${parent.#uniqueName(name)}`;
  }

  abstract item(): vscode.TreeItem;

  children(): TreeNode[] {
    return (this.#children ??= this.makeChildren());
  }

  /** Made only when somebody points at the node. */
  tooltip(): vscode.MarkdownString | string | undefined {
    return undefined;
  }

  /** Called once, when somebody opens the node. */
  protected makeChildren(): TreeNode[] {
    return [];
  }

  /** Whether somebody has opened the node. */
  protected get isOpened(): boolean {
    return this.#children !== undefined;
  }

  protected setChildren(children: TreeNode[]): void {
    this.#children = children;
  }

  /** Has the children made anew when they are next asked for. */
  protected forgetChildren(): void {
    this.#children = undefined;
    this.#namesTaken.clear();
  }

  // A catalog on one line gives many runs the same place, and VS Code refuses a tree that has an id twice.
  #uniqueName(name: string): string {
    const count = (this.#namesTaken.get(name) ?? 0) + 1;
    this.#namesTaken.set(name, count);
    return count === 1 ? name : `${name} #${count}`;
  }
}

/** A tree item as every node starts it. */
export function treeItem(
  node: TreeNode,
  label: string,
  collapsed: vscode.TreeItemCollapsibleState = vscode.TreeItemCollapsibleState.None,
): vscode.TreeItem {
  const item = new vscode.TreeItem(label, collapsed);
  item.id = node.id;
  return item;
}
