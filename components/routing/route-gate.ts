import { approvalWord } from "@/components/settings/words";
import type { ConfigWire, RouteWire } from "@/lib/contracts/config";

export type RouteGate = { closed: boolean; word: string; said: string };

/** Must a person approve what takes this route, as far as can be told without a record? */
export function routeGate(
  route: Pick<RouteWire, "approval_policy" | "approvals_required" | "approvers" | "destination_ids">,
  config: Pick<ConfigWire, "destinations" | "require_approval_for_new_issues" | "safety_defaults">,
): RouteGate {
  const policy = route.approval_policy;
  const asking = config.destinations.some(
    (row) => row.require_approval && route.destination_ids.includes(row.destination_id),
  );
  const forHighRisk = config.safety_defaults.require_approval_for_high_risk || policy === "high_risk";
  const people = route.approvals_required ?? 1;
  const names = route.approvers?.length ?? 0;
  if (names > 0) {
    const word = `${people} of ${names} named`;
    const said =
      names === 1
        ? "The person who is named must always approve"
        : `${people === 1 ? "One" : people} of the ${names} people who are named must always approve`;
    return { closed: true, word, said };
  }
  if (people > 1)
    return { closed: true, word: `${people} people`, said: `${people} people must always approve` };
  if (policy === "always") return { closed: true, word: "always", said: "A person must always approve" };
  if (asking) {
    return {
      closed: true,
      word: `${approvalWord[policy]}; destination asks`,
      said: "Its destination asks for approval",
    };
  }
  if (policy === "never") {
    const word = forHighRisk ? "never, unless high risk" : "never";
    return { closed: false, word, said: "No approval, unless something stricter asks" };
  }
  if (config.require_approval_for_new_issues) {
    return { closed: true, word: approvalWord[policy], said: "The safety defaults ask for approval" };
  }
  const word =
    policy === "high_risk" ? "high risk" : forHighRisk ? "high risk, by default" : "none, by default";
  return { closed: false, word, said: forHighRisk ? "Approval for high risk only" : "No approval asked for" };
}
