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
};

export async function readDestinationHealth(db: Database): Promise<Map<string, DestinationHealth>> {
  const { rows } = await db.pool.query("SELECT * FROM destination_health");
  return new Map(rows.map((row) => [text(row.destination_id), healthFromRow(row)]));
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
      ...(outcome === "published" && { disabledReason: null, consecutiveFailures: 0 }),
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
  };
}
