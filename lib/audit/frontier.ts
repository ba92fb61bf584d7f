import { hashNode, type Sha256 } from "./hash";
import { foldNodes } from "./tree";

/**
 * The perfect subtrees of a growing tree, largest first: all that is needed to add leaves and to say the root. Their number
 * is that of the ones in `size` written in binary.
 */
export type Frontier = { size: number; nodes: Uint8Array[] };

export const emptyFrontier = (): Frontier => ({ size: 0, nodes: [] });

/** Adds a leaf hash, in place. `onNode` hears of every perfect subtree that it completes, the leaf's own parent first. */
export function growFrontier(
  sha256: Sha256,
  frontier: Frontier,
  leafHash: Uint8Array,
  onNode?: (level: number, hash: Uint8Array) => void,
): void {
  let hash = leafHash;
  let level = 0;
  // Each trailing one of the size is a subtree that this leaf completes into one twice as large.
  for (let size = frontier.size; size % 2 === 1; size = (size - 1) / 2) {
    hash = hashNode(sha256, frontier.nodes.pop() as Uint8Array, hash);
    level += 1;
    onNode?.(level, hash);
  }
  frontier.nodes.push(hash);
  frontier.size += 1;
}

export const rootOfFrontier = (sha256: Sha256, frontier: Frontier): Uint8Array =>
  foldNodes(sha256, frontier.nodes);

/** How many subtrees a tree of this size has on its frontier. */
export function frontierWidth(size: number): number {
  let width = 0;
  for (let left = size; left > 0; left = Math.floor(left / 2)) width += left % 2;
  return width;
}
