import type { LedgerKey, SealedWrittenEntry, StoredCheckpoint } from "@/lib/domain/ledger";
import { writtenColumns, writtenEntryFromCopy } from "./audit-written-rows";
import type { Database, Queryable } from "./client";
import { copyRows } from "./copy-out";
import { count, ms, type Row, text } from "./rows";

export type TilePlace = { level: number; position: number };
export type StoredTile = TilePlace & { hashes: Uint8Array };

export const ledgerKeysSql = "SELECT * FROM audit_keys ORDER BY ordinal";
export const newestCheckpointSql = "SELECT * FROM audit_checkpoints ORDER BY tree_size DESC LIMIT 1";

export async function loadLedgerKeys(db: Queryable): Promise<LedgerKey[]> {
  const { rows } = await db.query(ledgerKeysSql);
  return rows.map(keyFromRow);
}

export async function findNewestCheckpoint(db: Queryable): Promise<StoredCheckpoint | null> {
  const { rows } = await db.query(newestCheckpointSql);
  return rows[0] ? checkpointFromRow(rows[0]) : null;
}

/** The first checkpoint that covers an entry. */
export async function findCheckpointOver(db: Queryable, sequence: number): Promise<StoredCheckpoint | null> {
  const { rows } = await db.query(
    "SELECT * FROM audit_checkpoints WHERE tree_size >= $1 ORDER BY tree_size LIMIT 1",
    [sequence],
  );
  return rows[0] ? checkpointFromRow(rows[0]) : null;
}

export async function loadTiles(db: Queryable, places: readonly TilePlace[]): Promise<Array<StoredTile>> {
  if (places.length === 0) return [];
  const { rows } = await db.query(
    `SELECT t.level, t.position, t.hashes FROM unnest($1::int[], $2::bigint[]) AS w(level, position)
     JOIN audit_tiles t ON t.level = w.level AND t.position = w.position`,
    [places.map((each) => each.level), places.map((each) => each.position)],
  );
  return rows.map(tileFromRow);
}

/** Tiles above the first level, one row for 65,536 entries, and those of the first that a ledger of this size is not full of. */
export async function listUpperTiles(db: Queryable, size: number): Promise<StoredTile[]> {
  const { rows } = await db.query(
    "SELECT * FROM audit_tiles WHERE level <> 0 OR position < 0 OR position >= $1 ORDER BY level, position",
    [Math.floor(size / 256)],
  );
  return rows.map(tileFromRow);
}

/** The live ledger as a verification reads it. */
export const ledgerSource = (db: Queryable) => ({
  keys: () => loadLedgerKeys(db),
  newestCheckpoint: () => findNewestCheckpoint(db),
  page: (range: { after: number; until?: number; limit: number }) => readLedgerPage(db, range),
  upperTiles: (size: number) => listUpperTiles(db, size),
  unsealedDetails: (action: string) => listUnsealedDetails(db, action),
});

export type LedgerPage = {
  /** Entries in order, as COPY writes them: who only checks them need not take them apart. */
  rows: string[];
  entryOf: (row: string) => SealedWrittenEntry;
  /** The sequence of the last one; null where there is none. */
  last: number | null;
  /** Those that end within the page's entries. */
  checkpoints: StoredCheckpoint[];
  /** First-level tiles of the page's entries. */
  tiles: StoredTile[];
};

/** What no row may have is read with the first page, so that it is found. */
const lowest = -Number.MAX_SAFE_INTEGER;

/** Entries after a sequence, in order, with the checkpoints and tiles they belong to. */
export async function readLedgerPage(
  db: Queryable,
  { after, until = Number.MAX_SAFE_INTEGER, limit }: { after: number; until?: number; limit: number },
): Promise<LedgerPage> {
  const from = after || lowest;
  if (![from, until, limit].every(Number.isSafeInteger))
    throw new RangeError("a page of the ledger is of whole numbers");
  const rows = await copyRows(
    db,
    `SELECT ${writtenColumns("e")} FROM audit_entries e
      WHERE e.sequence > ${from} AND e.sequence <= ${until} ORDER BY e.sequence LIMIT ${limit}`,
  );
  const lastRow = rows.at(-1);
  const last = lastRow === undefined ? null : writtenEntryFromCopy(lastRow).sequence;
  const end = last ?? after;
  const checkpoints = await db.query({
    name: "ledger-page-checkpoints",
    text: "SELECT * FROM audit_checkpoints WHERE tree_size > $1 AND tree_size <= $2 ORDER BY tree_size",
    values: [from, end],
  });
  const tiles = await db.query({
    name: "ledger-page-tiles",
    text: "SELECT * FROM audit_tiles WHERE level = 0 AND position BETWEEN $1 AND $2 ORDER BY position",
    values: [Math.floor(after / 256), Math.floor(Math.max(after, end - 1) / 256)],
  });
  return {
    rows,
    entryOf: writtenEntryFromCopy,
    last,
    checkpoints: checkpoints.rows.map(checkpointFromRow),
    tiles: tiles.rows.map(tileFromRow),
  };
}

/** Entries not numbered yet: how many, and since when the oldest waits. */
export async function readUnsealed(db: Database): Promise<{ count: number; oldestAtMs: number | null }> {
  const { rows } = await db.pool.query(
    "SELECT count(*)::int AS count, min(at) AS oldest FROM audit_entries WHERE sequence IS NULL",
  );
  const oldest = rows[0]?.oldest;
  return { count: count(rows[0]?.count), oldestAtMs: oldest ? ms(oldest) : null };
}

/** Details of entries of this action that are not numbered yet. */
export async function listUnsealedDetails(db: Queryable, action: string): Promise<unknown[]> {
  const { rows } = await db.query("SELECT detail FROM audit_entries WHERE sequence IS NULL AND action = $1", [
    action,
  ]);
  return rows.map((row) => row.detail);
}

/** What the ledger's tables let this connection do besides adding: nothing, where its role is apart from their owner's. */
export async function readLedgerGuard(
  db: Database,
): Promise<{ role: string; owner: string; apart: boolean }> {
  const { rows } = await db.pool.query(`SELECT current_user AS role, pg_get_userbyid(c.relowner) AS owner,
      NOT (pg_has_role(current_user, c.relowner, 'USAGE') OR pg_has_role(current_user, n.nspowner, 'USAGE')
        OR has_table_privilege(c.oid, 'DELETE') OR has_table_privilege(c.oid, 'TRUNCATE')
        OR has_table_privilege(c.oid, 'TRIGGER') OR has_column_privilege(c.oid, 'action', 'UPDATE')) AS apart
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.oid = 'audit_entries'::regclass`);
  return { role: text(rows[0]?.role), owner: text(rows[0]?.owner), apart: rows[0]?.apart === true };
}

export function checkpointFromRow(row: Row): StoredCheckpoint {
  return {
    size: count(row.tree_size),
    root: text(row.root_hash),
    keyId: text(row.key_id),
    signature: text(row.signature),
    createdAtMs: ms(row.created_at),
  };
}

export function keyFromRow(row: Row): LedgerKey {
  return {
    keyId: text(row.key_id),
    ordinal: count(row.ordinal),
    name: text(row.name),
    publicKey: text(row.public_key),
    fromSize: count(row.from_size),
    endorsedBy: String(row.endorsed_by ?? ""),
    endorsement: String(row.endorsement ?? ""),
    createdAtMs: ms(row.created_at),
  };
}

export const tileFromRow = (row: Row): StoredTile => ({
  level: count(row.level),
  position: count(row.position),
  hashes: row.hashes as Uint8Array,
});
