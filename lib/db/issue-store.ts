import type { Database } from "./client";
import { ms, type Row, text } from "./rows";

/** The newest issue that was made or commented on for an incident at a place, by our own receipts. */
export type OwnIssue = {
  issueExternalId: string;
  /** The delivery that told of it. */
  deliveryId: string;
  draftId: string;
  endedAtMs: number;
};

/**
 * Looks among everything that was published, deleted posts included (D-21): incidents that were merged into this one, and
 * this one's other drafts, count as the same failure.
 */
export async function findOwnIssue(
  db: Database,
  wanted: { incidentId: string; destinationId: string; targetRef: string; exceptDeliveryId: string },
): Promise<OwnIssue | null> {
  const { rows } = await db.pool.query({
    name: "own-issue",
    text: `SELECT v.issue_external_id, v.id, v.draft_id, v.ended_at FROM deliveries v
      WHERE v.destination_id = $2 AND v.target_ref = $3 AND v.state = 'published' AND v.issue_external_id IS NOT NULL
        AND v.id <> $4 AND (v.incident_id = $1
          OR v.incident_id IN (SELECT i.id FROM incidents i WHERE i.merged_into_id = $1))
      ORDER BY v.ended_at DESC LIMIT 1`,
    values: [wanted.incidentId, wanted.destinationId, wanted.targetRef, wanted.exceptDeliveryId],
  });
  const row: Row | undefined = rows[0];
  if (!row) return null;
  return {
    issueExternalId: text(row.issue_external_id),
    deliveryId: text(row.id),
    draftId: text(row.draft_id),
    endedAtMs: ms(row.ended_at),
  };
}
