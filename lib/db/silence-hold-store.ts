import type { PageRequest } from "@/lib/domain/page";
import type { Reason } from "@/lib/domain/reason";
import type { ReleaseReason, SilenceHold } from "@/lib/domain/silence";
import type { Database } from "./client";
import { also, type ListFilter, readPage } from "./list-query";
import { ms, msOrNull, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

export type NewSilenceHold = Pick<
  SilenceHold,
  "holdId" | "silenceId" | "draftId" | "incidentId" | "projectId"
>;

/** Writes those that are not open yet; the unique index decides between racing writers. Returns how many were new. */
export async function recordSilenceHolds(
  tx: Transaction,
  holds: readonly NewSilenceHold[],
  at: Date,
): Promise<number> {
  if (holds.length === 0) return 0;
  return tx.$executeRaw`
    INSERT INTO silence_holds (id, silence_id, draft_id, incident_id, project_id, held_at)
    SELECT t."holdId", t."silenceId", t."draftId", t."incidentId", t."projectId", ${at}::timestamptz
    FROM jsonb_to_recordset(${JSON.stringify(holds)}::jsonb)
      AS t("holdId" text, "silenceId" text, "draftId" text, "incidentId" text, "projectId" text)
    ON CONFLICT (draft_id, silence_id) WHERE released_at IS NULL DO NOTHING`;
}

/** Ends everything that one silence holds. Returns how many drafts that were. */
export async function endSilenceHolds(
  tx: Transaction,
  silenceId: string,
  why: ReleaseReason,
  at: Date,
): Promise<number> {
  return tx.$executeRaw`
    UPDATE silence_holds SET released_at = ${at}, release_reason = ${why}
    WHERE silence_id = ${silenceId} AND released_at IS NULL`;
}

/** Ends the holds of drafts that have nothing left to hold: denied, deleted or sent. */
export async function endSettledHolds(tx: Transaction, at: Date): Promise<number> {
  return tx.$executeRaw`
    UPDATE silence_holds h SET released_at = ${at}, release_reason = 'settled'
    FROM drafts d WHERE h.released_at IS NULL AND d.id = h.draft_id
      AND (d.approval = 'denied' OR d.deleted_at IS NOT NULL
        OR EXISTS (SELECT 1 FROM deliveries v WHERE v.draft_id = d.id AND v.state = 'published'
             AND v.ended_at >= h.held_at))`;
}

/** Silences that something is on record as held by, or that a delivery waits for. */
export async function findHoldingSilenceIds(db: Database): Promise<string[]> {
  const { rows } = await db.pool.query({
    name: "holding-silences",
    text: `SELECT silence_id FROM silence_holds WHERE released_at IS NULL
      UNION SELECT silence_id FROM deliveries WHERE silence_id IS NOT NULL`,
  });
  return rows.map((row) => text(row.silence_id));
}

export type DeliveryToHold = { deliveryId: string; silenceId: string; untilMs: number; why: Reason };

/**
 * Gives claimed deliveries back unsent, to be looked at again when their silence lets go. Only this worker's own claims: one
 * that passed to another is the other's. Returns the ids.
 */
export async function putDeliveriesOff(
  tx: Transaction,
  worker: string,
  deliveries: readonly DeliveryToHold[],
  at: Date,
): Promise<string[]> {
  const items = deliveries.map((each) => ({ ...each, until: new Date(each.untilMs).toISOString() }));
  const rows = await tx.$queryRaw<Row[]>`
    UPDATE deliveries v SET state = CASE WHEN v.attempt_count > 1 THEN 'retrying' ELSE 'due' END::delivery_state,
      attempt_count = v.attempt_count - 1, claimed_by = NULL, lease_until = NULL, silence_id = t."silenceId",
      next_attempt_at = t.until, last_reason = t.why, updated_at = ${at}
    FROM jsonb_to_recordset(${JSON.stringify(items)}::jsonb)
      AS t("deliveryId" text, "silenceId" text, until timestamptz, why jsonb)
    WHERE v.id = t."deliveryId" AND v.claimed_by = ${worker} AND v.state = 'sending' RETURNING v.id`;
  return rows.map((row) => text(row.id));
}

/** Makes what waits for one silence due at once. Whether another one holds it is seen when it is taken. Returns how many. */
export async function putDeliveriesOn(tx: Transaction, silenceId: string, at: Date): Promise<number> {
  return tx.$executeRaw`
    UPDATE deliveries SET silence_id = NULL, updated_at = ${at},
      next_attempt_at = CASE WHEN state IN ('due', 'retrying') THEN least(next_attempt_at, ${at}::timestamptz) ELSE next_attempt_at END,
      last_reason = CASE WHEN last_reason->>'code' = 'silenced' THEN NULL ELSE last_reason END
    WHERE silence_id = ${silenceId}`;
}

/** A hold with the title of its draft, while there is such a draft. */
export type ListedHold = SilenceHold & { title: string | null };

/** What one silence has held, newest first. */
export async function listSilenceHoldRecords(
  db: Database,
  filter: { silenceId: string; open?: boolean; projects: readonly string[] | null },
  page: PageRequest,
): Promise<{ holds: ListedHold[]; total: number; more: boolean }> {
  const query: ListFilter = { where: [], values: [] };
  also(query, "h.silence_id = $?", filter.silenceId);
  if (filter.open !== undefined)
    query.where.push(filter.open ? "h.released_at IS NULL" : "h.released_at IS NOT NULL");
  if (filter.projects) also(query, "h.project_id = ANY($?)", filter.projects);
  const shape = {
    select: "h.*, d.title",
    from: "silence_holds h",
    join: "LEFT JOIN drafts d ON d.id = h.draft_id AND d.deleted_at IS NULL",
    at: "h.held_at",
    id: "h.id",
  };
  const { rows, total, more } = await readPage(db, shape, query, page);
  return { holds: rows.map(holdFromRow), total, more };
}

function holdFromRow(row: Row): ListedHold {
  return {
    holdId: text(row.id),
    silenceId: text(row.silence_id),
    draftId: text(row.draft_id),
    incidentId: text(row.incident_id),
    projectId: textOrNull(row.project_id),
    heldAtMs: ms(row.held_at),
    releasedAtMs: msOrNull(row.released_at),
    releaseReason: textOrNull(row.release_reason) as ReleaseReason | null,
    title: textOrNull(row.title),
  };
}
