import type { TestReceiverWire } from "@/lib/contracts/first-run";
import type { TestReceiverState } from "@/lib/domain/test-receiver";
import { present } from "./record-parts";

export function testReceiverToWire(state: TestReceiverState): TestReceiverWire {
  return {
    url: state.url,
    routed: state.routed,
    ...present({ destination_id: state.destinationId }),
    test_reports: state.reports.map((report) => ({
      draft_id: report.draftId,
      incident_id: report.incidentId,
      created_at_ms: report.createdAtMs,
      ...present({ project_id: report.projectId }),
    })),
    receptions: state.receptions.map((taken) => ({
      delivery_id: taken.deliveryId,
      idempotency_key: taken.idempotencyKey,
      event: taken.event,
      ...present({ draft_id: taken.draftId }),
      signature: "valid",
      body_bytes: taken.bodyBytes,
      body_digest: taken.bodyDigest,
      arrivals: taken.arrivals,
      signed_at_ms: taken.signedAtMs,
      received_at_ms: taken.receivedAtMs,
    })),
  };
}
