import type { Database } from "./client";
import { json, ms, type Row, text } from "./rows";

export type TelemetryRow = {
  recordId: string;
  destinationId: string;
  path: string;
  record: Record<string, unknown>;
  createdAtMs: number;
};
/** The record that was handed on last; those made after it are next. */
export type TelemetryCursor = { createdAtMs: number; recordId: string };

/**
 * Records after the cursor, oldest first. `untilMs` leaves out the newest moments: a commit that is under way may still bring a
 * record of an earlier time, which would be passed over for good.
 */
export async function listTelemetryAfter(
  db: Database,
  wanted: { destinationId: string | null; after: TelemetryCursor | null; untilMs: number; limit: number },
): Promise<TelemetryRow[]> {
  const { rows } = await db.pool.query(
    `SELECT * FROM telemetry_records WHERE created_at <= $2 AND ($1::text IS NULL OR destination_id = $1)
       AND ($3::timestamptz IS NULL OR (created_at, id) > ($3, $4)) ORDER BY created_at, id LIMIT $5`,
    [
      wanted.destinationId,
      new Date(wanted.untilMs),
      wanted.after && new Date(wanted.after.createdAtMs),
      wanted.after?.recordId ?? null,
      wanted.limit,
    ],
  );
  return rows.map((row: Row) => ({
    recordId: text(row.id),
    destinationId: text(row.destination_id),
    path: text(row.path),
    record: json(row.record),
    createdAtMs: ms(row.created_at),
  }));
}

export async function findExportCursor(db: Database, target: string): Promise<TelemetryCursor | null> {
  const row = await db.prisma.telemetryExport.findUnique({ where: { target } });
  return row && { createdAtMs: row.afterAt.getTime(), recordId: row.afterId };
}

export async function advanceExportCursor(
  db: Database,
  target: string,
  cursor: TelemetryCursor,
  now: Date,
): Promise<void> {
  const values = { afterAt: new Date(cursor.createdAtMs), afterId: cursor.recordId, updatedAt: now };
  await db.prisma.telemetryExport.upsert({
    where: { target },
    create: { target, ...values },
    update: values,
  });
}
