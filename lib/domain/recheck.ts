import type { Destination, MonitorConfig } from "./config";
import type { ApprovalFacet } from "./draft";
import { type Reason, reason } from "./reason";
import type { RouteDecision } from "./routing";

/** What a recheck of a draft found at its destination (contract 6.4). */
export type RecheckAction =
  | "no_match"
  | "local_record_found"
  | "matched_open"
  | "matched_closed"
  | "matched_linear_issue"
  | "mcp_tool_record_found";

export type RecheckPlan = { ok: true; destination: Destination } | { ok: false; reasons: Reason[] };

/** Reasons of the router that no kind of publishing gets past; readiness and approval do not stop a look (contract 7.5). */
const fatal = ["no_destination", "destination_not_configured", "destination_not_allowed_by_source"];

/** Where to look for an existing match: at exactly one configured, allowed and enabled destination (contract 4.13). */
export function recheckPlan(
  decision: Pick<RouteDecision, "blocked" | "destinations">,
  config: Pick<MonitorConfig, "enabled">,
  approval: ApprovalFacet,
): RecheckPlan {
  const reasons = decision.blocked.filter((each) => fatal.includes(each.code));
  const [destination] = decision.destinations;
  if (decision.destinations.length > 1) {
    const ids = decision.destinations.map((row) => row.destinationId).join(", ");
    reasons.push(reason("several_destinations", `The draft is routed to several destinations: ${ids}`));
  } else if (destination && !destination.enabled) {
    const words = `Destination \`${destination.destinationId}\` is disabled`;
    reasons.push(reason("destination_disabled", words, { destinationId: destination.destinationId }));
  }
  if (!config.enabled) reasons.push(reason("monitor_disabled", "The monitor is disabled"));
  if (approval === "denied") reasons.push(reason("draft_denied", "The draft was denied"));
  if (destination && reasons.length === 0) return { ok: true, destination };
  return { ok: false, reasons };
}
