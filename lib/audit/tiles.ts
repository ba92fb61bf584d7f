import { hashLength, hashNode, type Sha256 } from "./hash";
import { foldNodes, type LeafRange, nodesOf, type TreeNode } from "./tree";

/** 256 hashes of subtrees of 256^level leaves each, or as many as there are yet (C2SP tlog-tiles). */
export type TileId = { level: number; position: number };
export type Tile = TileId & { hashes: Uint8Array };

export const tileWidth = 256;
const tileHeight = 8;

export const tileKey = ({ level, position }: TileId): string => `${level}/${position}`;

/** The tile a subtree is in, with the first of its hashes and how many of them it is made of. */
function placeOf({ level, position }: TreeNode): TileId & { offset: number; count: number } {
  const count = 2 ** (level % tileHeight);
  const first = position * count;
  return {
    level: Math.floor(level / tileHeight),
    position: Math.floor(first / tileWidth),
    offset: first % tileWidth,
    count,
  };
}

/** Which tiles must be at hand to hash these ranges: a few for each, however large the tree. */
export function tilesOfRanges(ranges: readonly LeafRange[]): TileId[] {
  const tiles = new Map<string, TileId>();
  for (const node of ranges.flatMap(nodesOf)) {
    const { level, position } = placeOf(node);
    tiles.set(tileKey({ level, position }), { level, position });
  }
  return [...tiles.values()];
}

/** Tiles at the right edge of a tree: those the next leaves are added to. */
export function edgeTiles(size: number): TileId[] {
  const tiles: TileId[] = [];
  let count = size;
  for (let level = 0; count > 0; level++, count = Math.floor(count / tileWidth))
    if (count % tileWidth !== 0) tiles.push({ level, position: Math.floor(count / tileWidth) });
  return tiles;
}

export class TileError extends Error {
  override name = "TileError";
}

/** The hash of a range from its tiles. @throws TileError where a tile is missing or too short */
export function hashRange(
  sha256: Sha256,
  tiles: ReadonlyMap<string, Uint8Array>,
  range: LeafRange,
): Uint8Array {
  return foldNodes(
    sha256,
    nodesOf(range).map((node) => {
      const { offset, count, ...id } = placeOf(node);
      const hashes = tiles.get(tileKey(id));
      if (!hashes || hashes.length < (offset + count) * hashLength)
        throw new TileError(`tile ${tileKey(id)} does not hold what the tree's size says`);
      return hashWithin(sha256, hashes, offset, count);
    }),
  );
}

const hashAt = (hashes: Uint8Array, at: number) => hashes.subarray(at * hashLength, (at + 1) * hashLength);

function hashWithin(sha256: Sha256, hashes: Uint8Array, offset: number, count: number): Uint8Array {
  if (count === 1) return hashAt(hashes, offset);
  const half = count / 2;
  const left = hashWithin(sha256, hashes, offset, half);
  return hashNode(sha256, left, hashWithin(sha256, hashes, offset + half, half));
}

/**
 * Adds leaf hashes to a tree of `size` whose edge tiles are given, and answers with every tile that is new or longer.
 * The work is that of the leaves added, not of the tree.
 */
export function growTiles(
  sha256: Sha256,
  edge: ReadonlyMap<string, Uint8Array>,
  size: number,
  leafHashes: readonly Uint8Array[],
): Tile[] {
  const grown: Tile[] = [];
  let added = leafHashes;
  let count = size;
  for (let level = 0; added.length > 0; level++) {
    const above: Uint8Array[] = [];
    let at = 0;
    while (at < added.length) {
      const position = Math.floor(count / tileWidth);
      const held = count % tileWidth;
      const before = held === 0 ? undefined : edge.get(tileKey({ level, position }));
      if (held > 0 && before?.length !== held * hashLength)
        throw new TileError(`tile ${level}/${position} does not hold what the tree's size says`);
      const taken = Math.min(tileWidth - held, added.length - at);
      const hashes = new Uint8Array((held + taken) * hashLength);
      if (before) hashes.set(before);
      for (let each = 0; each < taken; each++)
        hashes.set(added[at + each] as Uint8Array, (held + each) * hashLength);
      grown.push({ level, position, hashes });
      if (held + taken === tileWidth) above.push(hashWithin(sha256, hashes, 0, tileWidth));
      at += taken;
      count += taken;
    }
    count = Math.floor((count - added.length) / tileWidth);
    added = above;
  }
  return grown;
}
