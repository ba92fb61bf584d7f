import type { OwnFailure } from "@/lib/domain/own-failure";
import type { Reason } from "@/lib/domain/reason";
import type { PhaseProgress } from "@/lib/domain/triage-run";
import type { Database } from "./client";
import { count, json, ms, text, textOrNull } from "./rows";

/**
 * Deliveries that ended as failed since `sinceMs` and of which no own failure was counted yet, oldest first. Not those
 * of drafts about own failures: a notice that cannot be delivered is no reason for another notice.
 */
export async function findUnreportedDeliveryFailures(
  db: Database,
  sinceMs: number,
  limit: number,
): Promise<OwnFailure[]> {
  const { rows } = await db.pool.query(
    `SELECT v.id, v.draft_id, v.post_id, v.destination_id, v.kind, v.attempt_count, v.attempt_count_max, v.last_reason,
       v.updated_at, h.disabled_reason
     FROM deliveries v JOIN drafts d ON d.id = v.draft_id
     LEFT JOIN destination_health h ON h.destination_id = v.destination_id
     WHERE v.updated_at > $1 AND v.state = 'failed' AND v.deleted_at IS NULL AND d.provenance <> 'self_monitoring'
       AND NOT EXISTS (SELECT 1 FROM occurrences o
         WHERE o.origin_key IS NOT NULL AND o.origin_key = 'delivery:' || v.id || ':' || v.attempt_count)
     ORDER BY v.updated_at LIMIT $2`,
    [new Date(sinceMs), limit],
  );
  return rows.map((row): OwnFailure => {
    const why = json<Reason | null>(row.last_reason);
    const status = why?.fields?.status;
    return {
      kind: "delivery",
      deliveryId: text(row.id),
      draftId: text(row.draft_id),
      postId: text(row.post_id),
      destinationId: text(row.destination_id),
      destinationKind: text(row.kind),
      attemptCount: count(row.attempt_count),
      attemptCountMax: count(row.attempt_count_max),
      reason: {
        code: why?.code ?? "unknown",
        message: why?.message ?? "No reason was recorded",
        status: typeof status === "number" ? status : null,
      },
      destinationStopped: textOrNull(row.disabled_reason),
      failedAtMs: ms(row.updated_at),
    };
  });
}

/**
 * Triage runs of ours that were given up since `sinceMs` and of which no own failure was counted yet, oldest first. Not one that an
 * external agent let run out, nor those of drafts about own failures.
 */
export async function findUnreportedTriageFailures(
  db: Database,
  sinceMs: number,
  limit: number,
): Promise<OwnFailure[]> {
  const { rows } = await db.pool.query(
    `SELECT r.id, r.draft_id, r.status, r.phases, r.last_error, r.ended_at FROM triage_runs r JOIN drafts d ON d.id = r.draft_id
     WHERE r.status IN ('failed', 'timed_out') AND r.ended_at > $1 AND r.claim_kind = 'worker'
       AND d.provenance <> 'self_monitoring'
       AND NOT EXISTS (SELECT 1 FROM occurrences o WHERE o.origin_key IS NOT NULL AND o.origin_key = 'triage:' || r.id)
     ORDER BY r.ended_at LIMIT $2`,
    [new Date(sinceMs), limit],
  );
  return rows.map((row): OwnFailure => {
    const why = json<Reason | null>(row.last_error);
    const phases = json<PhaseProgress[]>(row.phases);
    return {
      kind: "triage",
      runId: text(row.id),
      draftId: text(row.draft_id),
      status: row.status as "failed" | "timed_out",
      phase: phases.find((each) => each.state !== "done" && each.attempts > 0)?.phase ?? null,
      reason: { code: why?.code ?? "unknown", message: why?.message ?? "No reason was recorded" },
      failedAtMs: ms(row.ended_at),
    };
  });
}
