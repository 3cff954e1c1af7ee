import * as vscode from 'vscode';
import { isSameList } from './nodes/isSameList.ts';
import type { TreeNode } from './nodes/treeNode.ts';

/** Gives VS Code a tree of nodes that answer for themselves. */
export class NodeTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  readonly #changed = new vscode.EventEmitter<TreeNode[] | undefined>();
  #roots: readonly TreeNode[] = [];

  readonly onDidChangeTreeData = this.#changed.event;

  get roots(): readonly TreeNode[] {
    return this.#roots;
  }

  show(roots: readonly TreeNode[]): void {
    this.#roots = roots;
    this.#changed.fire(undefined);
  }

  /** Shows a list in which nodes that were there before have stayed: whole when it is another, else what changed in it. */
  showKept(roots: readonly TreeNode[], changed: TreeNode[]): void {
    if (isSameList(roots, this.#roots)) this.showAgain(changed);
    else this.show(roots);
  }

  /**
   * Has these nodes, and what is under them, shown anew; the others stay as they are. Until VS Code has asked for a node
   * again, it does not know it, and a menu that is open on it hands over nothing.
   */
  showAgain(nodes: TreeNode[]): void {
    if (nodes.length > 0) this.#changed.fire(nodes);
  }

  getChildren(node?: TreeNode): TreeNode[] {
    return node === undefined ? [...this.#roots] : node.children();
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return node.item();
  }

  getParent(node: TreeNode): TreeNode | null {
    return node.parent;
  }

  resolveTreeItem(item: vscode.TreeItem, node: TreeNode): vscode.TreeItem {
    const tooltip = node.tooltip();
    if (tooltip !== undefined) item.tooltip = tooltip;
    return item;
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
