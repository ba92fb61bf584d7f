import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fromHex, toHex } from "./bytes";
import { emptyFrontier, frontierWidth, growFrontier, rootOfFrontier } from "./frontier";
import { hashLeaf, hashNode, hashOfNothing } from "./hash";
import { sha256 } from "./sha256";
import { edgeTiles, growTiles, hashRange, TileError, tileKey, tilesOfRanges } from "./tiles";
import { consistencyRanges, inclusionRanges, isConsistent, isIncluded, rootFromInclusion } from "./tree";

/** The definition of RFC 6962, 2.1, written down as it stands there. */
function definedRoot(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return sha256("");
  if (leaves.length === 1) return leaves[0] as Uint8Array;
  let split = 1;
  while (split * 2 < leaves.length) split *= 2;
  return hashNode(sha256, definedRoot(leaves.slice(0, split)), definedRoot(leaves.slice(split)));
}

const leavesOf = (count: number) => Array.from({ length: count }, (_, at) => hashLeaf(sha256, `leaf ${at}`));

/** A tree grown in batches of these sizes, as the sealer does. */
function grown(batches: readonly number[]) {
  const tiles = new Map<string, Uint8Array>();
  const all = leavesOf(batches.reduce((sum, each) => sum + each, 0));
  let size = 0;
  for (const count of batches) {
    const edge = new Map(edgeTiles(size).map((id) => [tileKey(id), tiles.get(tileKey(id)) as Uint8Array]));
    for (const tile of growTiles(sha256, edge, size, all.slice(size, size + count)))
      tiles.set(tileKey(tile), tile.hashes);
    size += count;
  }
  return { tiles, leaves: all, size, root: () => hashRange(sha256, tiles, { start: 0, end: size }) };
}

const rootAt = (tiles: ReadonlyMap<string, Uint8Array>, size: number) =>
  hashRange(sha256, tiles, { start: 0, end: size });
const hashes = (tiles: ReadonlyMap<string, Uint8Array>, ranges: { start: number; end: number }[]) =>
  ranges.map((range) => hashRange(sha256, tiles, range));

describe("the tree of RFC 6962", () => {
  // Published with the reference implementations of RFC 6962 (certificate-transparency, transparency-dev/merkle).
  const inputs = [
    "",
    "00",
    "10",
    "2021",
    "3031",
    "40414243",
    "5051525354555657",
    "606162636465666768696a6b6c6d6e6f",
  ];
  const roots = [
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
  ];
  it("has the published roots", () => {
    expect(toHex(hashOfNothing(sha256))).toBe(
      "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    );
    const frontier = emptyFrontier();
    for (const [at, input] of inputs.entries()) {
      growFrontier(sha256, frontier, hashLeaf(sha256, fromHex(input) as Uint8Array));
      expect(toHex(rootOfFrontier(sha256, frontier))).toBe(roots[at]);
    }
  });

  it("is the one of the definition, grown leaf by leaf or in batches, at every size to 70", () => {
    const frontier = emptyFrontier();
    const { tiles, leaves } = grown(Array.from({ length: 70 }, () => 1));
    for (let size = 0; size <= 70; size++) {
      const root = toHex(definedRoot(leaves.slice(0, size)));
      expect(toHex(rootOfFrontier(sha256, frontier))).toBe(root);
      expect(frontier.nodes).toHaveLength(frontierWidth(size));
      expect(toHex(rootAt(tiles, size))).toBe(root);
      if (size < 70) growFrontier(sha256, frontier, leaves[size] as Uint8Array);
    }
  });

  it("is the same whatever the batches were, across borders of tiles", () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 6 }), (batches) => {
        const { size, leaves, root, tiles } = grown(batches);
        const frontier = emptyFrontier();
        for (const leaf of leaves) growFrontier(sha256, frontier, leaf);
        expect(toHex(root())).toBe(toHex(rootOfFrontier(sha256, frontier)));
        expect([...grown([size]).tiles]).toHaveLength(tiles.size);
      }),
      { numRuns: 8 },
    );
  });

  it("needs few tiles for a proof of a large tree, and says so where one is missing", () => {
    const size = 3_000;
    const { tiles } = grown([size]);
    for (const index of [0, 255, 256, 2_815, 2_816, size - 1]) {
      const ids = tilesOfRanges(inclusionRanges(index, size));
      expect(ids.length).toBeLessThanOrEqual(4);
      const some = new Map(ids.map((id) => [tileKey(id), tiles.get(tileKey(id)) as Uint8Array]));
      const proof = hashes(some, inclusionRanges(index, size));
      const leaf = hashLeaf(sha256, `leaf ${index}`);
      expect(isIncluded(sha256, { index, size, root: rootAt(tiles, size) }, leaf, proof)).toBe(true);
    }
    expect(() => hashRange(sha256, new Map(), { start: 0, end: 1 })).toThrow(TileError);
    expect(() => growTiles(sha256, new Map(), 5, leavesOf(1))).toThrow(TileError);
  });
});

describe("proofs", () => {
  const size = 33;
  const { tiles, leaves } = grown([size]);
  const other = hashLeaf(sha256, "another");

  it("prove every leaf of every tree to 33, and nothing else", () => {
    const wrong: string[] = [];
    const say = (is: boolean, should: boolean, what: string) => is !== should && wrong.push(what);
    for (let n = 1; n <= size; n++)
      for (let index = 0; index < n; index++) {
        const place = { index, size: n, root: rootAt(tiles, n) };
        const leaf = leaves[index] as Uint8Array;
        const proof = hashes(tiles, inclusionRanges(index, n));
        const holds = (at: typeof place, of: Uint8Array, path: Uint8Array[]) =>
          isIncluded(sha256, at, of, path);
        say(holds(place, leaf, proof), true, `${index} of ${n}`);
        say(holds(place, other, proof), false, `another leaf at ${index} of ${n}`);
        say(holds({ ...place, root: other }, leaf, proof), false, `another root of ${n}`);
        say(holds(place, leaf, [...proof, other]), false, `a longer proof for ${index} of ${n}`);
        for (let at = 0; at < proof.length; at++) {
          say(holds(place, leaf, proof.with(at, other)), false, `hash ${at} edited`);
          say(holds(place, leaf, proof.toSpliced(at, 1)), false, `hash ${at} left out`);
        }
        if (n > 1) say(holds({ ...place, index: (index + 1) % n }, leaf, proof), false, "another place");
      }
    expect(wrong).toEqual([]);
  });

  it("show for every pair of sizes to 33 that one grew out of the other, and nothing else", () => {
    const wrong: string[] = [];
    const say = (is: boolean, should: boolean, what: string) => is !== should && wrong.push(what);
    for (let to = 1; to <= size; to++)
      for (let from = 0; from <= to; from++) {
        const older = { size: from, root: rootAt(tiles, from) };
        const newer = { size: to, root: rootAt(tiles, to) };
        const proof = hashes(tiles, consistencyRanges(from, to));
        say(isConsistent(sha256, older, newer, proof), true, `${from} to ${to}`);
        say(isConsistent(sha256, older, newer, [...proof, other]), false, `longer proof ${from} to ${to}`);
        say(
          isConsistent(sha256, { ...older, root: other }, newer, proof),
          false,
          `older root ${from} to ${to}`,
        );
        const forged = { ...newer, root: other };
        if (from > 0) say(isConsistent(sha256, older, forged, proof), false, `newer root ${from} to ${to}`);
        for (let at = 0; at < proof.length; at++)
          say(
            isConsistent(sha256, older, newer, proof.with(at, other)),
            false,
            `hash ${at} of ${from} to ${to}`,
          );
      }
    expect(wrong).toEqual([]);
  });

  it("of places that cannot be are none", () => {
    for (const [index, n] of [
      [-1, 5],
      [5, 5],
      [0.5, 5],
      [0, Number.NaN],
    ] as const)
      expect(rootFromInclusion(sha256, { index, size: n }, other, [])).toBeNull();
    expect(isConsistent(sha256, { size: 6, root: other }, { size: 5, root: other }, [])).toBe(false);
  });
});
