import { type DescribedRow, listWords, yesNo } from "@/components/settings/described";
import { approvalWord, peopleWords } from "@/components/settings/words";
import type { RouteWire } from "@/lib/contracts/config";
import { conditionWords } from "./condition-ops";
import { conditions } from "./conditions";
import { windowWords } from "./window-words";

export function describeRoute(route: RouteWire): DescribedRow {
  const matches = conditions.map(({ field, word }) => ({
    label: `When ${word} is`,
    value: listWords(route[field]),
  }));
  return {
    id: `route:${route.route_id}`,
    kind: "Route",
    title: route.name || route.route_id,
    fields: [
      { label: "Name", value: route.name },
      { label: "Enabled", value: yesNo(route.enabled) },
      { label: "Priority", value: String(route.priority) },
      ...matches,
      { label: "And when", value: (route.conditions ?? []).map(conditionWords).join("; ") },
      { label: "Only at", value: (route.active_windows ?? []).map(windowWords).join("; ") },
      { label: "Send to", value: listWords(route.destination_ids) || "the default destinations" },
      { label: "Approval", value: approvalWord[route.approval_policy] },
      { label: "Approved by", value: peopleWords(route.approvals_required) },
      { label: "Named approvers", value: listWords(route.approvers ?? []) },
      { label: "Authors may not approve", value: route.author_may_not_approve ? "yes" : "" },
      { label: "Later routes", value: route.continue ? "looked at too" : "" },
      { label: "Shadow", value: route.mode === "shadow" ? "only records what it would have sent" : "" },
    ],
  };
}

export function describeDefaults(ids: readonly string[]): DescribedRow {
  return {
    id: "defaults",
    kind: "",
    title: "Default destinations",
    fields: [{ label: "Send to", value: listWords(ids) }],
  };
}
