import type { Frontier } from "@/lib/audit/frontier";
import { sha256 } from "@/lib/audit/sha256";
import { hashRange, type TileId, tileKey, tilesOfRanges } from "@/lib/audit/tiles";
import { frontierRanges, inclusionRanges, type LeafRange } from "@/lib/audit/tree";
import { loadTiles } from "@/lib/db/audit-ledger-store";
import type { Context } from "../context";

/** 8 KB each. */
const heldMax = 2_000;

/** Hashes of parts of the stored tree; tiles read once are kept for the next question of the same reader. */
export class LedgerTiles {
  private readonly held = new Map<string, Uint8Array>();

  constructor(private readonly ctx: Context) {}

  /** @throws TileError where the stored tree lacks what its size says */
  async hashes(ranges: readonly LeafRange[]): Promise<Uint8Array[]> {
    await this.load(tilesOfRanges(ranges));
    return ranges.map((range) => hashRange(sha256, this.held, range));
  }

  /** Proofs of these entries against the tree of `size`. */
  async proofs(sequences: readonly number[], size: number): Promise<Uint8Array[][]> {
    const ranges = sequences.map((sequence) => inclusionRanges(sequence - 1, size));
    await this.load(tilesOfRanges(ranges.flat()));
    return ranges.map((path) => path.map((range) => hashRange(sha256, this.held, range)));
  }

  /** The tree's edge when it had this size. */
  async frontier(size: number): Promise<Frontier> {
    return { size, nodes: await this.hashes(frontierRanges(size)) };
  }

  private async load(ids: readonly TileId[]): Promise<void> {
    if (this.held.size > heldMax) this.held.clear();
    const wanted = ids.filter((id) => !this.held.has(tileKey(id)));
    for (const tile of await loadTiles(this.ctx.db.pool, wanted)) this.held.set(tileKey(tile), tile.hashes);
  }
}
