import type { Database } from "./client";

/**
 * Does a local destination hold the record of this draft at this target? Looks for the record itself, by the receipt
 * that names it, so that a deleted post changes nothing and a record shared by equal drafts counts for each.
 */
export async function hasLocalRecord(
  db: Database,
  wanted: { draftId: string; destinationId: string; targetRef: string },
): Promise<boolean> {
  const { rows } = await db.pool.query(
    `SELECT 1 FROM deliveries v JOIN receipts r ON r.delivery_id = v.id
       JOIN (SELECT id, destination_id FROM telemetry_records UNION ALL SELECT id, destination_id FROM memory_records) t
         ON t.id = r.external_id AND t.destination_id = v.destination_id
     WHERE v.draft_id = $1 AND v.destination_id = $2 AND v.target_ref = $3 AND v.state = 'published' LIMIT 1`,
    [wanted.draftId, wanted.destinationId, wanted.targetRef],
  );
  return rows.length > 0;
}

/** Was this draft ever delivered there, by our own receipts? For kinds that cannot be asked. */
export async function hasPublished(
  db: Database,
  wanted: { draftId: string; destinationId: string; targetRef: string },
): Promise<boolean> {
  const { rows } = await db.pool.query(
    `SELECT 1 FROM deliveries WHERE draft_id = $1 AND destination_id = $2 AND target_ref = $3 AND state = 'published'
     LIMIT 1`,
    [wanted.draftId, wanted.destinationId, wanted.targetRef],
  );
  return rows.length > 0;
}
