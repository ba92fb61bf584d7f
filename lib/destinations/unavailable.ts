import { type Destination, type DestinationKind, isRepoSlug, unassignedRepo } from "@/lib/domain/config";
import { type Reason, reason } from "@/lib/domain/reason";
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
    readiness: (destination) => [...missingSettings(destination), notAvailable],
    render: () => ({ ok: false, reason: notAvailable }),
    renderTest: () => ({ ok: false, reason: notAvailable }),
    seal: (payload, envelope) => orderedJson({ ...payload.content, ...envelopePayload(envelope) }),
    publish: async () => ({ outcome: "rejected", reason: notAvailable }),
  };
}

/** What is wrong besides, so that fixing it need not wait. The legacy GitHub row often has no repository (D-30). */
function missingSettings(destination: Destination): Reason[] {
  if (destination.kind !== "github_issue") return [];
  const repo = destination.repo?.trim();
  if (!repo || repo === unassignedRepo) {
    return [reason("repo_missing", "No GitHub repository is set; give it as owner/repo.")];
  }
  return isRepoSlug(repo) ? [] : [reason("repo_malformed", "The GitHub repository must be owner/repo.")];
}
