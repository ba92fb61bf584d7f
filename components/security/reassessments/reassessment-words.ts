import type { ReassessmentRecordWire, ReassessmentTriggerWire } from "@/lib/contracts/reassessment";

export const triggerWords: Record<ReassessmentTriggerWire, string> = {
  scheduled: "It was due",
  manual: "Asked for",
  model_policy_change: "The model's policy changed",
  workflow_authority_change: "What workflows may do changed",
  mcp_inventory_change: "MCP servers changed",
  destination_or_route_change: "Destinations or routes changed",
  monitored_source_change: "Projects or sources changed",
  tenant_boundary_change: "Tenant boundaries changed",
  approval_policy_change: "Approval rules changed",
  recurring_incident_threshold: "A high-risk failure keeps coming back",
  compliance_mapping_change: "The compliance mapping changed",
};

/** "This deployment", "acme / eu". */
export function scopeWords(scopeKey: string): string {
  const [tenant = "local", workspace = "local"] = scopeKey.split("/").map(decoded);
  if (tenant === "local" && workspace === "local") return "This deployment";
  return workspace === "local" ? tenant : `${tenant} / ${workspace}`;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** "1 new, 2 recurring, 1 resolved", or that there is nothing. */
export function comparisonWords({ comparison }: Pick<ReassessmentRecordWire, "comparison">): string {
  const parts = [
    [comparison.new_fingerprints.length, "new"],
    [comparison.recurring_fingerprints.length, "recurring"],
    [comparison.resolved_fingerprints.length, "resolved"],
  ] as const;
  const words = parts.flatMap(([count, word]) => (count > 0 ? [`${count} ${word}`] : []));
  return words.join(", ") || "Nothing found";
}
