import { type DraftFacets, deliveryWord } from "./draft-status";

export type IncidentDisposition = "drafted" | "suppressed" | "quality_gate_blocked" | "draft_failed";

/** What an incident is called by how its draft was published. */
const publishedActions: Partial<Record<string, string>> = {
  webhook_posted: "post_webhook",
  telemetry_recorded: "record_telemetry",
  memory_summary_stored: "store_memory_summary",
  mcp_tool_called: "call_mcp_tool",
  github_issue_created: "create_issue",
  linear_issue_created: "create_issue",
  github_comment_posted: "comment_issue",
  linear_issue_matched: "matched_linear_issue",
};

/** Every word of `incidentStatus`. */
export const incidentStatusWords: readonly string[] = [
  ...["quality_gate_blocked", "draft_failed", "duplicate_suppressed", "queued", "draft_created"],
  ...["triage_queued", "triage_timed_out", "triage_failed"],
  ...new Set(Object.values(publishedActions).flatMap((action) => action ?? [])),
];

/** The words of `deliveryWord` that an incident's word stands for; empty when it is about no delivery. */
export function deliveryWordsOf(status: string): string[] {
  return Object.keys(publishedActions).filter((word) => publishedActions[word] === status);
}

/** The wire's incident `status` (contract 6.6), derived from what became of it and of its newest draft. */
export function incidentStatus(disposition: IncidentDisposition, draft: DraftFacets | null): string {
  if (disposition === "quality_gate_blocked" || disposition === "draft_failed") return disposition;
  if (disposition === "suppressed") return "duplicate_suppressed";
  if (!draft) return "queued";
  const delivery = deliveryWord(draft.newestDelivery);
  if (delivery && draft.newestDelivery?.state === "published") {
    return publishedActions[delivery] ?? "draft_created";
  }
  if (draft.triage === "queued" || draft.triage === "running") return "triage_queued";
  if (draft.triage === "timed_out") return "triage_timed_out";
  if (draft.triage === "failed") return "triage_failed";
  return "draft_created";
}
