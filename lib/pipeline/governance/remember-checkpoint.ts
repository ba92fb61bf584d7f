import { type Checkpoint, noteOf, openNote, readCheckpoint } from "@/lib/audit/checkpoint";
import { sameBytes } from "@/lib/audit/hash";
import { sha256 } from "@/lib/audit/sha256";
import { hashRange, tileKey, tilesOfRanges } from "@/lib/audit/tiles";
import { loadLedgerKeys, loadTiles } from "@/lib/db/audit-ledger-store";
import type { StoredCheckpoint } from "@/lib/domain/ledger";
import type { Context } from "../context";

/**
 * Keeps the newest checkpoint outside the database too, where whoever rewrites the database does not reach. One that today's
 * tree no longer agrees with is kept as it is: it is the proof.
 */
export async function rememberCheckpoint(ctx: Context, stored: StoredCheckpoint): Promise<void> {
  const { ledger } = ctx.services;
  const name = (await loadLedgerKeys(ctx.db.pool)).at(-1)?.name;
  if (!ledger || !name) return;
  const kept = ledger.remembered();
  const known = kept === null ? null : readNote(kept);
  if (known && (known.size > stored.size || !(await agrees(ctx, known)))) {
    if (known.size > stored.size && (await agrees(ctx, known))) return; // another process was a moment ahead
    throw new Error(
      `the audit ledger is not the one this host saw at ${known.size} entries; run the audit verification`,
    );
  }
  ledger.remember(noteOf(name, stored));
}

export function readNote(note: string): Checkpoint | null {
  const opened = openNote(note);
  return opened && readCheckpoint(opened.text);
}

/** Does today's tree begin with exactly what this checkpoint covered? Reads a few tiles. */
export async function agrees(ctx: Context, known: Checkpoint): Promise<boolean> {
  const range = { start: 0, end: known.size };
  const stored = await loadTiles(ctx.db.pool, tilesOfRanges([range]));
  const tiles = new Map(stored.map((tile) => [tileKey(tile), tile.hashes]));
  try {
    return sameBytes(hashRange(sha256, tiles, range), known.root);
  } catch {
    return false; // shorter than it was
  }
}
