import { sayIn, wordingIn } from '../wording.ts';
import { NodeTree } from './nodeTree.ts';
import { keepNodes } from './nodes/keptNode.ts';
import type { Speech, TreeNode } from './nodes/treeNode.ts';

/** A tree of what an analysis found. What the next one finds again stays as it is; only what is new is shown anew. */
export class SpokenTree extends NodeTree {
  #speech: Speech | null = null;

  /** Shows the nodes made of the latest findings; all of them anew when their times are in another zone than before. */
  update(zone: string, nodesIn: (speech: Speech) => readonly TreeNode[]): void {
    const isSameZone = this.#speech?.wording.zone === zone;
    this.#speech = isSameZone ? this.#speech! : { wording: wordingIn(zone), say: sayIn(zone) };
    const { nodes, changed } = keepNodes(isSameZone ? this.roots : [], nodesIn(this.#speech));
    this.showKept(nodes, changed);
  }
}
