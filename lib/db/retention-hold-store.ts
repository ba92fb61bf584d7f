import type { DeletableNoun } from "@/lib/domain/deletion";
import type { RetentionHold } from "@/lib/domain/retention-hold";
import type { Database } from "./client";
import { heldBy, holdParts } from "./retention-due";
import { json, ms, msOrNull, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

/** Removals share this lock, placing a hold takes it alone: no removal that has not seen the hold is under way when it stands. */
const lockName = "hashtextextended('retention-holds', 0)";

export async function lockAgainstHolds(tx: Transaction): Promise<void> {
  await tx.$executeRawUnsafe(`SELECT pg_advisory_xact_lock_shared(${lockName})`);
}

export async function lockForHold(tx: Transaction): Promise<void> {
  await tx.$executeRawUnsafe(`SELECT pg_advisory_xact_lock(${lockName})`);
}

export async function insertHold(tx: Transaction, hold: RetentionHold): Promise<void> {
  await tx.retentionHold.create({
    data: {
      ...{ id: hold.holdId, scope: hold.scope, projectId: hold.projectId, sourceId: hold.sourceId },
      ...{ incidentId: hold.incidentId, reason: hold.reason, placedBy: hold.placedBy },
      placedAt: new Date(hold.placedAtMs),
    },
  });
}

/** Once: whoever comes second changes nothing and is told so. */
export async function endHold(
  tx: Transaction,
  holdId: string,
  end: { by: object; reason: string; at: Date },
): Promise<boolean> {
  const { count } = await tx.retentionHold.updateMany({
    where: { id: holdId, releasedAt: null },
    data: { releasedBy: end.by, releasedAt: end.at, releaseReason: end.reason },
  });
  return count > 0;
}

export async function findHold(db: Database, holdId: string): Promise<RetentionHold | null> {
  const { rows } = await db.pool.query(`SELECT ${columns} FROM retention_holds h ${joined} WHERE h.id = $1`, [
    holdId,
  ]);
  return rows[0] ? holdFromRow(rows[0]) : null;
}

const columns = "h.*, COALESCE(h.project_id, i.project_id) AS of_project";
const joined = "LEFT JOIN incidents i ON i.id = h.incident_id";

/** Newest first, at most 500; of these projects (null: all), with what holds everything. */
export async function listHoldRecords(
  db: Database,
  { projects, open }: { projects: readonly string[] | null; open: boolean | null },
): Promise<RetentionHold[]> {
  const { rows } = await db.pool.query(
    `SELECT ${columns} FROM retention_holds h ${joined}
     WHERE ($1::text[] IS NULL OR h.scope = 'all' OR COALESCE(h.project_id, i.project_id) = ANY($1))
       AND ($2::boolean IS NULL OR (h.released_at IS NULL) = $2)
     ORDER BY h.released_at IS NOT NULL, h.placed_at DESC, h.id LIMIT 500`,
    [projects, open],
  );
  return rows.map(holdFromRow);
}

export type HeldRecord = { id: string; projectId: string | null; holdId: string; reason: string };

const nouns: Record<
  DeletableNoun,
  { from: string; id: string; incident: string; project: string; source: string }
> = {
  incident: {
    ...{ from: "incidents r", id: "r.id", incident: "r.id" },
    ...{ project: "r.project_id", source: "r.log_source_id" },
  },
  draft: {
    ...{ from: "drafts r", id: "r.id", incident: "r.incident_id" },
    ...{ project: "r.project_id", source: "r.log_source_id" },
  },
  post: {
    ...{
      from: "deliveries r JOIN drafts d ON d.id = r.draft_id",
      id: "r.post_id",
      incident: "r.incident_id",
    },
    ...{ project: "d.project_id", source: "d.log_source_id" },
  },
};

/**
 * Which of these (null: of all that is in sight, of these projects) is held, with the oldest hold that covers it. At most
 * ten. Call it in the transaction that removes, after `lockAgainstHolds`.
 */
export async function findHeld(
  tx: Transaction,
  noun: DeletableNoun,
  wanted: { ids: readonly string[] | null; projects: readonly string[] | null },
): Promise<HeldRecord[]> {
  const at = nouns[noun];
  const rows = await tx.$queryRawUnsafe<Row[]>(
    `WITH ${holdParts}
     SELECT ${at.id} AS id, ${at.project} AS project_id, c.id AS hold_id, c.reason FROM ${at.from}
     CROSS JOIN LATERAL (SELECT h.id, h.reason FROM holds h WHERE h.scope = 'all'
       OR (h.scope = 'project' AND h.project_id = ${at.project})
       OR (h.scope = 'source' AND h.project_id = ${at.project} AND h.source_id = ${at.source})
       OR (h.scope = 'incident' AND ${at.incident} IN (SELECT id FROM held_incidents)
         AND EXISTS (SELECT 1 FROM incidents m WHERE m.id = h.incident_id
           AND (m.id = ${at.incident} OR m.merged_into_id = ${at.incident}
             OR m.id = (SELECT merged_into_id FROM incidents WHERE id = ${at.incident}))))
       ORDER BY h.placed_at, h.id LIMIT 1) c
     WHERE r.deleted_at IS NULL AND ($1::text[] IS NULL OR ${at.id} = ANY($1))
       AND ($2::text[] IS NULL OR ${at.project} = ANY($2))
       AND ${heldBy(at.project, at.source, at.incident)}
     ORDER BY 1 LIMIT 10`,
    wanted.ids,
    wanted.projects,
  );
  return rows.map((row) => ({
    id: text(row.id),
    projectId: textOrNull(row.project_id),
    holdId: text(row.hold_id),
    reason: text(row.reason),
  }));
}

function holdFromRow(row: Row): RetentionHold {
  return {
    holdId: text(row.id),
    scope: row.scope as RetentionHold["scope"],
    projectId: textOrNull(row.of_project ?? row.project_id),
    sourceId: textOrNull(row.source_id),
    incidentId: textOrNull(row.incident_id),
    reason: text(row.reason),
    placedBy: json(row.placed_by),
    placedAtMs: ms(row.placed_at),
    releasedBy: json(row.released_by ?? null),
    releasedAtMs: msOrNull(row.released_at),
    releaseReason: textOrNull(row.release_reason),
  };
}
