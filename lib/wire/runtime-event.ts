import type {
  RuntimeEventAnswerWire,
  RuntimeEventsResponseWire,
  RuntimeEventWire,
} from "@/lib/contracts/runtime-event";
import type { Reason } from "@/lib/domain/reason";
import type { AcceptedRecord } from "@/lib/domain/records";
import type { RuntimeEvent } from "@/lib/domain/runtime-event";
import { firstText } from "@/lib/domain/runtime-event-fields";
import { qualityGateToWire } from "./record-parts";

/** An event without an id of its own is named by the `event_id` of its properties, where there is one. */
export function runtimeEventFromWire(wire: RuntimeEventWire): RuntimeEvent {
  const properties = wire.properties ?? {};
  const id = wire.id ?? firstText(properties, ["event_id"]);
  return {
    id: id === undefined ? null : String(id).trim() || null,
    type: wire.type,
    properties,
    logs: (wire.logs ?? []).map((line) => ({
      message: line.message,
      runId: line.run_id ?? null,
      sessionId: line.session_id ?? null,
    })),
    occurredAtMs: wire.occurred_at_ms ?? null,
  };
}

export function ignoredToWire(index: number, reason: Reason): RuntimeEventAnswerWire {
  return { index, status: 200, decision: "ignored", reason: reason.code, message: reason.message };
}

export function takenToWire(index: number, accepted: AcceptedRecord): RuntimeEventAnswerWire {
  const { incident, draft, outcome, held, alreadyCounted } = accepted;
  const blocked = draft === null;
  return {
    index,
    status: blocked ? 400 : 200,
    decision: alreadyCounted ? "already_counted" : blocked ? "blocked" : "accepted",
    outcome,
    incident_id: incident.incidentId,
    ...(draft && { draft_id: draft.draftId }),
    ...(held && { held: true as const }),
    ...(blocked && {
      code: "INCIDENT_MONITOR_REPORT_INVALID",
      error: incident.qualityGate?.blockedReason ?? "The event was not drafted",
      quality_gate: qualityGateToWire(incident.qualityGate),
    }),
  };
}

/** The answer with how many went which way. A malformed event was not considered: nobody knows what it says. */
export function runtimeEventsResponse(
  results: RuntimeEventAnswerWire[],
  malformed: number,
): RuntimeEventsResponseWire {
  const count = (decision: RuntimeEventAnswerWire["decision"]) =>
    results.filter((each) => each.decision === decision).length;
  return {
    results,
    considered: results.length - count("ignored") - malformed,
    accepted: count("accepted"),
    already_counted: count("already_counted"),
    blocked: count("blocked"),
    ignored: count("ignored"),
    refused: count("refused"),
  };
}
