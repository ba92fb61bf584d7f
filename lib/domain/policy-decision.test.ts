import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { AuditAction } from "./audit";
import { type AuditRecord, policyDecisionActions, policyDecisionOf } from "./policy-decision";

const entry = (action: string, detail: Record<string, unknown> = {}, subjectKind = "draft"): AuditRecord => ({
  ...{ id: "a1", atMs: 7, actorId: "u1", actorKind: "user", outcome: "done", projectId: "shop" },
  ...{ action: `incident_monitor.${action}` as AuditAction, subjectKind, subjectId: "d1", detail },
});

it.each<[string, AuditRecord, string | null, string | null, string | null]>([
  [
    "a refused permission",
    entry("access.denied", { permission: "configure", reason: "role_may_not" }),
    "deny",
    "configure",
    "role_may_not",
  ],
  [
    "a refused approval",
    entry("approval.refused", { reason: "author_may_not_approve" }),
    "deny",
    "approve",
    "author_may_not_approve",
  ],
  [
    "an approval that is due",
    entry("approval.required", { because: ["route_always"] }),
    "approval_required",
    "publish",
    "route_always",
  ],
  [
    "one of several approvals",
    entry("approval.given", { approval_id: "x" }),
    "approval_required",
    "publish",
    "more_approvals_needed",
  ],
  [
    "the approval that opened the gate",
    entry("draft.approved", { approval_id: "x" }),
    "allow",
    "publish",
    "approved",
  ],
  ["a denied draft", entry("draft.denied"), "deny", "publish", "draft_denied"],
  [
    "a publish that needs approval",
    entry("publish.completed", { action: "approval_required" }),
    "approval_required",
    "publish",
    "approval_required",
  ],
  ["a publish that was queued", entry("publish.completed", {}), null, null, null],
  ["a delivery that arrived", entry("publish.completed", {}, "delivery"), "allow", "publish", "published"],
  [
    "a delivery that the network lost",
    entry("publish.failed", { state: "failed", reason: "timeout" }, "delivery"),
    null,
    null,
    null,
  ],
  [
    "a delivery that a rule stopped",
    entry("publish.failed", { state: "blocked", reason: "mcp_tool_not_allowed" }, "delivery"),
    "deny",
    "publish",
    "mcp_tool_not_allowed",
  ],
  [
    "a key out of its project",
    entry("intake_key.rejected", { reason: "key_other_project" }, "intake_key"),
    "deny",
    "intake",
    "key_other_project",
  ],
  ["a broken glass", entry("break_glass.used", { approval_id: "x" }), "allow", "break_glass", "break_glass"],
  ["a setting that was changed", entry("config.updated"), null, null, null],
])("%s", (_, audit, decision, tool, reasonCode) => {
  const found = policyDecisionOf(audit);
  expect(found && [found.decision, found.tool, found.reasonCode]).toEqual(
    decision && [decision, tool, reasonCode],
  );
});

it("keeps of a detail its names, and ids and codes where they are ones", () => {
  const found = policyDecisionOf(
    entry("draft.approved", {
      approval_id: "x",
      note: "a secret",
      because: ["y"],
      route_id: "r".repeat(201),
    }),
  );
  expect(found).toMatchObject({
    approvalId: "x",
    policyId: null,
    metadataKeys: ["approval_id", "because", "note", "route_id"],
  });
  expect(JSON.stringify(found)).not.toContain("a secret");
});

it("the index of the migration is over the same actions, so that the planner may use it", () => {
  const sql = readFileSync("prisma/migrations/20261126190400_authority_registrations/migration.sql", "utf8");
  const named = [...sql.matchAll(/'(incident_monitor\.[a-z_.]+)'/g)].map((match) => match[1]);
  expect(named).toEqual([...policyDecisionActions]);
});
