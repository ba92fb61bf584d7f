import { hashLength, hashNode, hashOfNothing, type Sha256, sameBytes } from "./hash";

/** Leaves `start` to before `end`, counted from 0. */
export type LeafRange = { start: number; end: number };
/** A perfect subtree: the `position`th of those that hold 2^level leaves. */
export type TreeNode = { level: number; position: number };

/** The largest power of two below `size`: where RFC 6962 divides a tree. */
function splitOf(size: number): number {
  let split = 1;
  while (split * 2 < size) split *= 2;
  return split;
}

/** The perfect subtrees a range consists of, left to right. Its start must be where a subtree of its size may start. */
export function nodesOf({ start, end }: LeafRange): TreeNode[] {
  const nodes: TreeNode[] = [];
  let at = start;
  while (at < end) {
    let level = 0;
    let width = 1;
    while (at % (width * 2) === 0 && at + width * 2 <= end) {
      width *= 2;
      level += 1;
    }
    nodes.push({ level, position: at / width });
    at += width;
  }
  return nodes;
}

/** The perfect subtrees of a tree of this size, each as its leaves: the ranges of its frontier. */
export const frontierRanges = (size: number): LeafRange[] =>
  nodesOf({ start: 0, end: size }).map(({ level, position }) => ({
    start: position * 2 ** level,
    end: (position + 1) * 2 ** level,
  }));

/** The hash of a tree from those of its perfect subtrees, left to right. */
export function foldNodes(sha256: Sha256, hashes: readonly Uint8Array[]): Uint8Array {
  let folded = hashes.at(-1);
  if (folded === undefined) return hashOfNothing(sha256);
  for (let at = hashes.length - 2; at >= 0; at--) folded = hashNode(sha256, hashes[at] as Uint8Array, folded);
  return folded;
}

/** What an inclusion proof consists of, from the leaf up (RFC 6962, 2.1.1): the hash of each of these ranges. */
export function inclusionRanges(index: number, size: number): LeafRange[] {
  const ranges: LeafRange[] = [];
  let start = 0;
  let end = size;
  while (end - start > 1) {
    const split = start + splitOf(end - start);
    if (index < split) {
      ranges.push({ start: split, end });
      end = split;
    } else {
      ranges.push({ start, end: split });
      start = split;
    }
  }
  return ranges.reverse();
}

/** What a consistency proof between two sizes consists of (RFC 6962, 2.1.2). */
export function consistencyRanges(from: number, to: number): LeafRange[] {
  if (from === 0 || from >= to) return [];
  const ranges: LeafRange[] = [];
  let start = 0;
  let end = to;
  let isWhole = true;
  while (end > from) {
    const split = start + splitOf(end - start);
    if (from <= split) {
      ranges.push({ start: split, end });
      end = split;
    } else {
      ranges.push({ start, end: split });
      start = split;
      isWhole = false;
    }
  }
  if (!isWhole) ranges.push({ start, end });
  return ranges.reverse();
}

/** The root that a leaf and its proof lead to; null for a proof of another length than this place needs. */
export function rootFromInclusion(
  sha256: Sha256,
  place: { index: number; size: number },
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
): Uint8Array | null {
  const { index, size } = place;
  if (!isCount(index) || !isCount(size) || index >= size) return null;
  const ranges = inclusionRanges(index, size);
  if (ranges.length !== proof.length || !areHashes([leafHash, ...proof])) return null;
  return ranges.reduce<Uint8Array>((hash, range, at) => {
    const sibling = proof[at] as Uint8Array;
    return range.start > index ? hashNode(sha256, hash, sibling) : hashNode(sha256, sibling, hash);
  }, leafHash);
}

export function isIncluded(
  sha256: Sha256,
  place: { index: number; size: number; root: Uint8Array },
  leafHash: Uint8Array,
  proof: readonly Uint8Array[],
): boolean {
  const root = rootFromInclusion(sha256, place, leafHash, proof);
  return root !== null && sameBytes(root, place.root);
}

export type SizedRoot = { size: number; root: Uint8Array };

/** Does the larger tree begin with exactly the leaves of the smaller one? (RFC 9162, 2.1.4.2) */
export function isConsistent(
  sha256: Sha256,
  from: SizedRoot,
  to: SizedRoot,
  proof: readonly Uint8Array[],
): boolean {
  if (!isCount(from.size) || !isCount(to.size) || from.size > to.size) return false;
  if (from.size === to.size) return proof.length === 0 && sameBytes(from.root, to.root);
  if (from.size === 0) return proof.length === 0 && sameBytes(from.root, hashOfNothing(sha256));
  const ranges = consistencyRanges(from.size, to.size);
  // A smaller tree that is itself one subtree of the larger one is its own first hash.
  const isWhole = ranges[0]?.start === from.size;
  const path = isWhole ? [from.root, ...proof] : proof;
  const places = isWhole ? [{ start: 0, end: from.size }, ...ranges] : ranges;
  if (path.length !== places.length || !areHashes(path)) return false;
  let older = path[0] as Uint8Array;
  let newer = older;
  for (let at = 1; at < path.length; at++) {
    const sibling = path[at] as Uint8Array;
    if ((places[at] as LeafRange).start >= from.size) newer = hashNode(sha256, newer, sibling);
    else {
      older = hashNode(sha256, sibling, older);
      newer = hashNode(sha256, sibling, newer);
    }
  }
  return sameBytes(older, from.root) && sameBytes(newer, to.root);
}

const areHashes = (given: readonly Uint8Array[]) => given.every((each) => each.length === hashLength);
const isCount = (value: number) => Number.isSafeInteger(value) && value >= 0;
