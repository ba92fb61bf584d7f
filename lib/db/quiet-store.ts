import type { Mute, Resolution, Snooze, Woke } from "@/lib/domain/quiet";
import type { Database } from "./client";
import { Prisma } from "./generated/client";
import { count, json, ms, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

export type QuietChange = {
  snooze?: Snooze | null;
  mute?: Mute | null;
  woke?: Woke | null;
  resolution?: Resolution | null;
};

const column = (value: object | null | undefined) =>
  value === null ? Prisma.DbNull : (value as Prisma.InputJsonValue | undefined);

/** Over a live incident that is merged into no other. false when it was deleted or merged meanwhile. */
export async function setQuiet(
  tx: Transaction,
  incidentId: string,
  change: QuietChange,
  at: Date,
): Promise<boolean> {
  const set = await tx.incident.updateMany({
    where: { id: incidentId, deletedAt: null, mergedIntoId: null },
    data: {
      snooze: column(change.snooze),
      mute: column(change.mute),
      woke: column(change.woke),
      resolution: column(change.resolution),
      updatedAt: at,
      revision: { increment: 1 },
    },
  });
  return set.count === 1;
}

/** What may end its quiet or have come back: everything else is left unread. */
export type Stirring = {
  incidentId: string;
  projectId: string | null;
  occurrenceCount: number;
  lastSeenAtMs: number;
  snooze: Snooze | null;
  mute: Mute | null;
  resolution: Resolution | null;
};

const stirring = `i.deleted_at IS NULL AND i.merged_into_id IS NULL AND (
  (i.snooze IS NOT NULL AND ((i.snooze->>'untilMs')::bigint <= $1 OR i.occurrence_count >= (i.snooze->>'untilCount')::bigint
    OR ((i.snooze->>'untilNextRelease')::boolean AND i.last_seen_at > to_timestamp((i.snooze->>'atMs')::bigint / 1000.0))))
  OR (i.mute->>'untilMs')::bigint <= $1
  OR (i.resolution IS NOT NULL AND i.resolution->>'cameBackAtMs' IS NULL
    AND i.last_seen_at > to_timestamp((i.resolution->>'atMs')::bigint / 1000.0)))`;

/** A page of them by id: some stir for long and go on sleeping, and none of those may stand before the others. */
export async function findStirring(
  db: Database,
  nowMs: number,
  { afterId, limit }: { afterId: string; limit: number },
): Promise<Stirring[]> {
  const { rows } = await db.pool.query({
    name: "stirring-incidents",
    text: `SELECT i.id, i.project_id, i.occurrence_count, i.last_seen_at, i.snooze, i.mute, i.resolution FROM incidents i
      WHERE i.id IN (SELECT id FROM incidents WHERE snooze IS NOT NULL OR mute IS NOT NULL
        UNION ALL SELECT id FROM incidents WHERE resolution IS NOT NULL) AND ${stirring} AND i.id > $3
      ORDER BY i.id LIMIT $2`,
    values: [nowMs, limit, afterId],
  });
  return rows.map((row: Row) => ({
    incidentId: text(row.id),
    projectId: textOrNull(row.project_id),
    occurrenceCount: count(row.occurrence_count),
    lastSeenAtMs: ms(row.last_seen_at),
    snooze: json(row.snooze ?? null),
    mute: json(row.mute ?? null),
    resolution: json(row.resolution ?? null),
  }));
}

/** Ends or marks exactly what was looked at. false when somebody changed it first. */
export async function settleStirring(
  tx: Transaction,
  was: Stirring,
  change: QuietChange,
  at: Date,
): Promise<boolean> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT 1 FROM incidents WHERE id = ${was.incidentId} AND deleted_at IS NULL AND merged_into_id IS NULL
      AND snooze IS NOT DISTINCT FROM ${jsonOf(was.snooze)}::jsonb
      AND mute IS NOT DISTINCT FROM ${jsonOf(was.mute)}::jsonb
      AND resolution IS NOT DISTINCT FROM ${jsonOf(was.resolution)}::jsonb FOR NO KEY UPDATE`;
  return rows.length === 1 && setQuiet(tx, was.incidentId, change, at);
}

const jsonOf = (value: object | null) => (value === null ? null : JSON.stringify(value));
