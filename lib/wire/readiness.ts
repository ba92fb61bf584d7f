import type { DestinationReadinessWire } from "@/lib/contracts/route-preview";
import type { SourceReadinessWire } from "@/lib/contracts/status";
import type { SourceReadiness } from "@/lib/domain/source-readiness";
import type { DestinationStanding } from "@/lib/domain/status";
import { snakeKeys } from "./casing";
import { present } from "./record-parts";

/** `missing` holds codes for programs, `detail` the same as sentences for people. */
export function destinationReadinessToWire(row: DestinationStanding): DestinationReadinessWire {
  return {
    destination_id: row.destinationId,
    kind: row.kind,
    enabled: row.enabled,
    ready: row.ready,
    publish_ready: row.ready,
    requires_approval: row.requiresApproval,
    missing: [...new Set(row.missing.map((each) => each.code))],
    ...present({
      detail: row.missing.map((each) => each.message).join("; ") || null,
      circuit: row.circuit,
    }),
  };
}

export function sourceReadinessToWire(row: SourceReadiness): SourceReadinessWire {
  const { sourceId, lastObservedAtMs, staleAfterMs, detail, ...rest } = row;
  return {
    ...snakeKeys(rest),
    ...present({
      source_id: sourceId,
      last_observed_at_ms: lastObservedAtMs,
      stale_after_ms: staleAfterMs,
      detail,
    }),
  };
}
