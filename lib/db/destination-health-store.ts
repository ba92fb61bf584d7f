import type { Database } from "./client";
import { count, msOrNull, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

export type DestinationHealth = {
  destinationId: string;
  consecutiveFailures: number;
  /** Why the product stopped using it by itself; null while it may be used. */
  disabledReason: string | null;
  lastSuccessAtMs: number | null;
  lastFailureAtMs: number | null;
  lastFailureReason: string | null;
  lastTestAtMs: number | null;
  lastTestOutcome: string | null;
  /** Open: nothing is sent until `retryAfterMs`. Half open: one delivery is trying. */
  circuit: "closed" | "open" | "half_open";
  circuitOpenedAtMs: number | null;
  retryAfterMs: number | null;
  /** It asked to be left alone until then. */
  pausedUntilMs: number | null;
};

export async function readDestinationHealth(db: Database): Promise<Map<string, DestinationHealth>> {
  const { rows } = await db.pool.query("SELECT * FROM destination_health");
  return new Map(rows.map((row) => [text(row.destination_id), healthFromRow(row)]));
}

/** What a sign of life undoes: an automatic stop, and a circuit that waits. */
const working = {
  disabledReason: null,
  circuit: "closed",
  circuitOpenedAt: null,
  circuitOpenings: 0,
  consecutiveFaults: 0,
  retryAfter: null,
} as const;

/**
 * Lets one delivery each try destinations whose circuit has waited long enough and that have something due. The row
 * decides between processes; a probe that never ends lets the next one try after `probeMs`. Returns the ids.
 */
export async function openProbes(db: Database, nowMs: number, probeMs: number): Promise<string[]> {
  const { rows } = await db.pool.query(
    `UPDATE destination_health h SET circuit = 'half_open', retry_after = $2, updated_at = $1
     WHERE h.circuit <> 'closed' AND h.retry_after <= $1 AND EXISTS (
       SELECT 1 FROM deliveries v WHERE v.destination_id = h.destination_id
         AND v.state IN ('due', 'retrying', 'sending') AND v.next_attempt_at <= $1)
     RETURNING h.destination_id`,
    [new Date(nowMs), new Date(nowMs + probeMs)],
  );
  return rows.map((row) => text(row.destination_id));
}

/** A test that went through lifts an automatic stop; one that did not leaves it. */
export async function recordDestinationTest(
  tx: Transaction,
  destinationId: string,
  outcome: string,
  now: Date,
): Promise<void> {
  await tx.destinationHealth.upsert({
    where: { destinationId },
    create: { destinationId, lastTestAt: now, lastTestOutcome: outcome, updatedAt: now },
    update: {
      lastTestAt: now,
      lastTestOutcome: outcome,
      updatedAt: now,
      ...(outcome === "published" && { ...working, consecutiveFailures: 0 }),
    },
  });
}

function healthFromRow(row: Row): DestinationHealth {
  return {
    destinationId: text(row.destination_id),
    consecutiveFailures: count(row.consecutive_failures),
    disabledReason: textOrNull(row.disabled_reason),
    lastSuccessAtMs: msOrNull(row.last_success_at),
    lastFailureAtMs: msOrNull(row.last_failure_at),
    lastFailureReason: textOrNull(row.last_failure_reason),
    lastTestAtMs: msOrNull(row.last_test_at),
    lastTestOutcome: textOrNull(row.last_test_outcome),
    circuit: row.circuit as DestinationHealth["circuit"],
    circuitOpenedAtMs: msOrNull(row.circuit_opened_at),
    retryAfterMs: msOrNull(row.retry_after),
    pausedUntilMs: msOrNull(row.paused_until),
  };
}
