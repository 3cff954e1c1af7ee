import { isDeepStrictEqual } from 'node:util';
import type * as vscode from 'vscode';
import { isSameList } from './isSameList.ts';
import { TreeNode } from './treeNode.ts';

/**
 * A node that stays the same object for as long as there is what it tells of: a menu that is open on it would else lose
 * it, and VS Code would ask for the whole tree again.
 */
export abstract class KeptNode<Told = unknown> extends TreeNode {
  /** What the node tells; with `become` it changes. */
  protected told: Told;

  constructor(parent: TreeNode | null, name: string, told: Told) {
    super(parent, name);
    this.told = told;
  }

  /** Tells what a node made later for the same thing tells. Gives the nodes to be shown anew, the uppermost ones only. */
  become(later: KeptNode): TreeNode[] {
    if (isDeepStrictEqual(later.told, this.told)) return [];
    const before = lookOf(this);
    this.told = later.told as Told;
    const changedBeneath = this.#renewChildren();
    return changedBeneath === null || lookOf(this) !== before ? [this] : changedBeneath;
  }

  /** The changed ones, or null when the list is another. */
  #renewChildren(): TreeNode[] | null {
    if (!this.isOpened) return [];
    const before = this.children();
    this.forgetChildren();
    const { nodes, changed } = keepNodes(before, this.children());
    this.setChildren(nodes);
    return isSameList(nodes, before) ? changed : null;
  }
}

/** What is left of a list of nodes, and what is new. */
export interface KeptNodes {
  nodes: TreeNode[];
  /** Nodes that were there and tell something else now. */
  changed: TreeNode[];
}

/** A list made later, with the nodes that were there before in the place of those that were made for the same things. */
export function keepNodes(before: readonly TreeNode[], later: readonly TreeNode[]): KeptNodes {
  const known = new Map(before.map((node) => [node.id, node]));
  const changed: TreeNode[] = [];
  const nodes = later.map((node) => {
    const kept = known.get(node.id);
    if (!(kept instanceof KeptNode) || !(node instanceof KeptNode) || kept.constructor !== node.constructor)
      return node;
    changed.push(...kept.become(node));
    return kept;
  });
  return { nodes, changed };
}

/** All that is seen and heard of a node, to be compared. */
function lookOf(node: TreeNode): string {
  const { label, description, iconPath, contextValue, collapsibleState, accessibilityInformation } = node.item();
  const tooltip = node.tooltip();
  const tip = typeof tooltip === 'object' ? tooltip.value : tooltip;
  const { id, color } = iconPath as vscode.ThemeIcon;
  return JSON.stringify([label, description, id, color, contextValue, collapsibleState, accessibilityInformation, tip]);
}
