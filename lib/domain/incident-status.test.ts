import { expect, it } from "vitest";
import type { DraftFacets } from "./draft-status";
import { type IncidentDisposition, incidentStatus } from "./incident-status";

const facets = (given: Partial<DraftFacets> = {}): DraftFacets => ({
  ...{ approval: "not_required", triage: "none", issue: "none", newestDelivery: null },
  ...given,
});
const published = (kind: NonNullable<DraftFacets["newestDelivery"]>["kind"], operation = "create") =>
  facets({ newestDelivery: { kind, state: "published", operation } });

it.each<[string, IncidentDisposition, DraftFacets | null, string]>([
  ["the gate blocked it", "quality_gate_blocked", null, "quality_gate_blocked"],
  [
    "the gate's word stays whatever a draft says",
    "quality_gate_blocked",
    published("webhook"),
    "quality_gate_blocked",
  ],
  ["the draft failed", "draft_failed", null, "draft_failed"],
  ["suppressed", "suppressed", facets(), "duplicate_suppressed"],
  ["no draft yet", "drafted", null, "queued"],
  ["drafted", "drafted", facets(), "draft_created"],
  ["waiting for a person is still drafted", "drafted", facets({ approval: "required" }), "draft_created"],
  ["triage queued", "drafted", facets({ triage: "queued" }), "triage_queued"],
  ["triage running", "drafted", facets({ triage: "running" }), "triage_queued"],
  ["triage timed out", "drafted", facets({ triage: "timed_out" }), "triage_timed_out"],
  ["triage failed", "drafted", facets({ triage: "failed" }), "triage_failed"],
  ["webhook", "drafted", published("webhook"), "post_webhook"],
  ["telemetry", "drafted", published("telemetry"), "record_telemetry"],
  ["memory", "drafted", published("internal_memory"), "store_memory_summary"],
  ["MCP", "drafted", published("mcp_tool"), "call_mcp_tool"],
  ["GitHub", "drafted", published("github_issue"), "create_issue"],
  ["a comment", "drafted", published("github_issue", "comment_issue"), "comment_issue"],
  ["Linear", "drafted", published("linear_issue"), "create_issue"],
  ["a matched Linear issue", "drafted", published("linear_issue", "match_issue"), "matched_linear_issue"],
  [
    "a failed delivery is the draft's matter",
    "drafted",
    facets({ newestDelivery: { kind: "webhook", state: "failed", operation: "create" } }),
    "draft_created",
  ],
])("%s", (_, disposition, draft, status) => {
  expect(incidentStatus(disposition, draft)).toBe(status);
});
