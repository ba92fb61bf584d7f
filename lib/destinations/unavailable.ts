import type { DestinationKind } from "@/lib/domain/config";
import { reason } from "@/lib/domain/reason";
import type { DestinationAdapter } from "./destination";
import { orderedJson } from "./ordered-json";
import { envelopePayload } from "./payload-parts";

const kindWords: Record<DestinationKind, string> = {
  github_issue: "GitHub issues",
  linear_issue: "Linear issues",
  webhook: "webhooks",
  telemetry: "local telemetry",
  mcp_tool: "MCP tools",
  internal_memory: "internal memory",
};

/**
 * A kind that can be configured and routed to but not published yet. It says so at every turn: never ready, nothing
 * rendered to approve, and a publish that reaches it anyway is rejected with the same reason.
 */
export function unavailableAdapter(kind: DestinationKind): DestinationAdapter {
  const notAvailable = reason(
    "kind_not_available",
    `Publishing to ${kindWords[kind]} is not available in this version yet; ` +
      "route to a webhook or local telemetry destination.",
    { kind },
  );
  return {
    kind,
    retriesLostReplies: false,
    readiness: () => [notAvailable],
    render: () => ({ ok: false, reason: notAvailable }),
    renderTest: () => ({ ok: false, reason: notAvailable }),
    seal: (payload, envelope) => orderedJson({ ...payload.content, ...envelopePayload(envelope) }),
    publish: async () => ({ outcome: "rejected", reason: notAvailable }),
  };
}
