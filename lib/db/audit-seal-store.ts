import type { LedgerKey, StoredCheckpoint, WrittenEntry } from "@/lib/domain/ledger";
import {
  findNewestCheckpoint,
  loadLedgerKeys,
  loadTiles,
  type StoredTile,
  type TilePlace,
} from "./audit-ledger-store";
import { unsealedColumns, unsealedEntryFromRow, writtenRows } from "./audit-written-rows";
import type { Database } from "./client";
import { inPlainTransaction, type OpenTransaction } from "./transaction";

const lockName = "audit ledger";

/** What the sealer finds, alone with the ledger. Entries have no sequence yet: the batch gives them theirs, in this order. */
export type LedgerHead = {
  keys: LedgerKey[];
  head: StoredCheckpoint | null;
  entries: WrittenEntry[];
  loadTiles: (places: readonly TilePlace[]) => Promise<StoredTile[]>;
};

export type SealedBatch = {
  /** In the order of the entries given. */
  leafHashes: string[];
  tiles: StoredTile[];
  checkpoint: StoredCheckpoint;
  newKey: LedgerKey | null;
};

/**
 * Numbers committed entries in one transaction that at most one process is in: the lock is the transaction's, so that a process
 * that dies leaves neither the lock nor half a batch. null: another process is at it.
 */
export async function sealBatch(
  db: Database,
  limit: number,
  make: (head: LedgerHead) => Promise<SealedBatch | null>,
): Promise<{ sealed: number; checkpoint: StoredCheckpoint | null } | null> {
  return inPlainTransaction(db, async (open) => {
    if (!(await takeLock(open))) return null;
    const entries = await readUnnumbered(open, limit);
    const batch = await make({
      keys: await loadLedgerKeys(open),
      head: await findNewestCheckpoint(open),
      entries,
      loadTiles: (places) => loadTiles(open, places),
    });
    if (!batch) return { sealed: 0, checkpoint: null };
    if (batch.newKey) await insertLedgerKey(open, batch.newKey);
    const { size, createdAtMs } = batch.checkpoint;
    const { rowCount } = await open.query({
      name: "seal-entries",
      text: `UPDATE audit_entries e SET sequence = $1::bigint + t.place, leaf_hash = t.hash, sealed_at = $2
        FROM unnest($3::text[], $4::text[]) WITH ORDINALITY AS t(id, hash, place)
        WHERE e.id = t.id AND e.sequence IS NULL`,
      values: [
        size - entries.length,
        new Date(createdAtMs),
        entries.map((entry) => entry.id),
        batch.leafHashes,
      ],
    });
    if (rowCount !== entries.length)
      throw new Error("an entry was numbered by something else than the sealer");
    await putTiles(open, batch.tiles);
    await insertCheckpoint(open, batch.checkpoint);
    return { sealed: entries.length, checkpoint: batch.checkpoint };
  });
}

async function takeLock(open: OpenTransaction): Promise<boolean> {
  const { rows } = await open.query("SELECT pg_try_advisory_xact_lock(hashtextextended($1, 0)) AS held", [
    lockName,
  ]);
  return rows[0]?.held === true;
}

/** Committed rows only, as every statement sees: one that commits late comes into the next batch, whatever its time. */
async function readUnnumbered(open: OpenTransaction, limit: number): Promise<WrittenEntry[]> {
  const { rows } = await open.query({
    ...writtenRows,
    name: "unnumbered-entries",
    text: `SELECT ${unsealedColumns("e")} FROM audit_entries e WHERE e.sequence IS NULL ORDER BY e.at LIMIT $1`,
    values: [limit],
  });
  return rows.map(unsealedEntryFromRow);
}

export async function insertLedgerKey(open: OpenTransaction, key: LedgerKey): Promise<void> {
  await open.query(
    `INSERT INTO audit_keys (key_id, ordinal, name, public_key, from_size, endorsed_by, endorsement, created_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...[key.keyId, key.ordinal, key.name, key.publicKey, key.fromSize],
      ...[key.endorsedBy, key.endorsement, new Date(key.createdAtMs)],
    ],
  );
}

async function putTiles(open: OpenTransaction, tiles: readonly StoredTile[]): Promise<void> {
  await open.query({
    name: "put-tiles",
    text: `INSERT INTO audit_tiles (level, position, hashes) SELECT * FROM unnest($1::int[], $2::bigint[], $3::bytea[])
      ON CONFLICT (level, position) DO UPDATE SET hashes = EXCLUDED.hashes`,
    values: [
      tiles.map((tile) => tile.level),
      tiles.map((tile) => tile.position),
      tiles.map((tile) => Buffer.from(tile.hashes)),
    ],
  });
}

async function insertCheckpoint(open: OpenTransaction, made: StoredCheckpoint): Promise<void> {
  await open.query(
    "INSERT INTO audit_checkpoints (tree_size, root_hash, key_id, signature, created_at) VALUES ($1, $2, $3, $4, $5)",
    [made.size, made.root, made.keyId, made.signature, new Date(made.createdAtMs)],
  );
}
