import type { CancelledDelivery, DeletableNoun, DeletedRecord, Tombstone } from "@/lib/domain/deletion";
import { type Reason, reason } from "@/lib/domain/reason";
import type { Database } from "./client";
import { identityOrder } from "./intake-sql";
import { type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

/** Where the records of a noun are. A post is of its draft's project. */
const places: Record<DeletableNoun, { from: string; id: string; projectId: string }> = {
  incident: { from: "incidents r", id: "r.id", projectId: "r.project_id" },
  draft: { from: "drafts r", id: "r.id", projectId: "r.project_id" },
  post: {
    from: "deliveries r JOIN drafts d ON d.id = r.draft_id",
    id: "r.post_id",
    projectId: "d.project_id",
  },
};

export async function findDeletable(
  db: Database,
  noun: DeletableNoun,
  id: string,
): Promise<DeletedRecord | null> {
  const at = places[noun];
  const { rows } = await db.pool.query(
    `SELECT ${at.id} AS id, ${at.projectId} AS project_id FROM ${at.from} WHERE ${at.id} = $1
       AND r.deleted_at IS NULL`,
    [id],
  );
  return rows[0] ? recordFromRow(rows[0]) : null;
}

/** Ids of live records by id, a page at a time: those created up to `createdUntilMs`, so that a walk has an end. */
export async function listDeletableIds(
  db: Database,
  noun: DeletableNoun,
  page: { projects: readonly string[] | null; createdUntilMs: number; afterId: string; limit: number },
): Promise<string[]> {
  const at = places[noun];
  const { rows } = await db.pool.query(
    `SELECT ${at.id} AS id FROM ${at.from} WHERE r.deleted_at IS NULL AND ${at.id} > $1 AND r.created_at <= $2
       AND ($3::text[] IS NULL OR ${at.projectId} = ANY($3)) ORDER BY ${at.id} LIMIT $4`,
    [page.afterId, new Date(page.createdUntilMs), page.projects, page.limit],
  );
  return rows.map((row) => text(row.id));
}

export type Deletion = { deleted: DeletedRecord[]; cancelled: CancelledDelivery[] };

/**
 * Hides the live records among `ids` that belong to `projects` (null: any). Rows, digests, idempotency keys and receipts
 * stay; only what waited to be sent ends, and an approval of a draft that is gone.
 */
export function markDeleted(
  tx: Transaction,
  noun: DeletableNoun,
  ids: readonly string[],
  projects: readonly string[] | null,
  tombstone: Tombstone,
): Promise<Deletion> {
  const marks = { incident: markIncidents, draft: markDrafts, post: markPosts };
  return marks[noun](tx, [...ids], projects && [...projects], tombstone);
}

async function markIncidents(
  tx: Transaction,
  ids: string[],
  projects: string[] | null,
  tombstone: Tombstone,
): Promise<Deletion> {
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `WITH picked AS (
       -- What was merged into one goes with it: the identity is free, and the next sighting begins anew.
       SELECT i.id FROM incidents i WHERE (i.id = ANY($1) OR i.merged_into_id = ANY($1)) AND i.deleted_at IS NULL
         AND ($2::text[] IS NULL OR i.project_id = ANY($2)) ORDER BY ${identityOrder} FOR UPDATE
     )
     UPDATE incidents i SET deleted_at = $3, deleted_by = $4::jsonb, deleted_reason = $5
     FROM picked WHERE i.id = picked.id RETURNING i.id, i.project_id`,
    ...[ids, projects, ...columnsOf(tombstone)],
  );
  return { deleted: rows.map(recordFromRow), cancelled: [] };
}

/**
 * The incident first, as intake locks it before its draft. It loses the link, so that its next sighting is drafted anew.
 * Then the draft, which waits for a publish under way; only then is everything that publish queued there to be ended.
 */
async function markDrafts(
  tx: Transaction,
  ids: string[],
  projects: string[] | null,
  tombstone: Tombstone,
): Promise<Deletion> {
  await tx.$queryRawUnsafe(
    `SELECT i.id FROM incidents i WHERE i.id IN (SELECT d.incident_id FROM drafts d WHERE d.id = ANY($1))
     ORDER BY ${identityOrder} FOR UPDATE`,
    ids,
  );
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `UPDATE drafts d SET deleted_at = $3, deleted_by = $4::jsonb, deleted_reason = $5, updated_at = $3,
       approval = CASE WHEN d.approval = 'granted' THEN 'voided'::approval_facet ELSE d.approval END
     WHERE d.id = ANY($1) AND d.deleted_at IS NULL AND ($2::text[] IS NULL OR d.project_id = ANY($2))
     RETURNING d.id, d.project_id, d.incident_id`,
    ...[ids, projects, ...columnsOf(tombstone)],
  );
  const deleted = rows.map(recordFromRow);
  const gone = deleted.map((each) => each.id);
  const [at] = columnsOf(tombstone);
  const why = reason("draft_deleted", "The draft was deleted before this was sent");
  await tx.$executeRawUnsafe(
    "UPDATE incidents SET draft_id = NULL, revision = revision + 1 WHERE id = ANY($2) AND draft_id = ANY($1)",
    ...[gone, rows.map((row) => text(row.incident_id))],
  );
  await tx.$executeRawUnsafe(
    `UPDATE approvals SET state = 'withdrawn', ended_at = $2, ended_reason = $3::jsonb
     WHERE draft_id = ANY($1) AND state = 'granted'`,
    ...[gone, at, JSON.stringify([reason("draft_deleted", "The draft was deleted")])],
  );
  const ended = await tx.$queryRawUnsafe<Row[]>(
    `UPDATE deliveries v SET ${cancelled("$2", "$3")} FROM drafts d
     WHERE d.id = v.draft_id AND v.draft_id = ANY($1) AND v.state IN ('due', 'retrying') AND v.deleted_at IS NULL
     RETURNING v.id, v.draft_id, d.project_id`,
    ...[gone, at, JSON.stringify(why)],
  );
  return { deleted, cancelled: ended.map(deliveryFromRow) };
}

async function markPosts(
  tx: Transaction,
  ids: string[],
  projects: string[] | null,
  tombstone: Tombstone,
): Promise<Deletion> {
  const why: Reason = reason("post_deleted", "The post was deleted before this was sent");
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `WITH picked AS (
       SELECT v.id, v.state IN ('due', 'retrying') AS waited, d.project_id
       FROM deliveries v JOIN drafts d ON d.id = v.draft_id
       WHERE v.post_id = ANY($1) AND v.deleted_at IS NULL AND ($2::text[] IS NULL OR d.project_id = ANY($2))
       FOR UPDATE OF v
     ),
     ended AS (
       UPDATE deliveries v SET ${cancelled("$3", "$6")}, ${tombstoned}
       FROM picked WHERE v.id = picked.id AND picked.waited RETURNING v.id
     ),
     hidden AS (
       UPDATE deliveries v SET ${tombstoned} FROM picked WHERE v.id = picked.id AND NOT picked.waited RETURNING v.id
     )
     SELECT v.id, v.post_id, v.draft_id, picked.project_id, picked.waited
     FROM picked JOIN deliveries v ON v.id = picked.id`,
    ...[ids, projects, ...columnsOf(tombstone), JSON.stringify(why)],
  );
  return {
    deleted: rows.map((row) => ({ id: text(row.post_id), projectId: textOrNull(row.project_id) })),
    cancelled: rows.filter((row) => row.waited).map(deliveryFromRow),
  };
}

const tombstoned = "deleted_at = $3, deleted_by = $4::jsonb, deleted_reason = $5";
const cancelled = (at: string, why: string) =>
  `state = 'cancelled', last_reason = ${why}::jsonb, ended_at = ${at}, updated_at = ${at}`;

const columnsOf = ({ actor, reason: why, atMs }: Tombstone) =>
  [new Date(atMs), JSON.stringify(actor), why] as const;

function recordFromRow(row: Row): DeletedRecord {
  return { id: text(row.id), projectId: textOrNull(row.project_id) };
}

function deliveryFromRow(row: Row): CancelledDelivery {
  return {
    deliveryId: text(row.id),
    draftId: text(row.draft_id),
    projectId: textOrNull(row.project_id),
  };
}
