import { describe, expect, it } from "vitest";
import { destinationKinds } from "./config";
import type { DeliveryState } from "./delivery";
import type { ApprovalFacet } from "./draft";
import { type DraftFacets, deliveryWord, draftStatus, secondaryStatus } from "./draft-status";

const facets = (given: Partial<DraftFacets> = {}): DraftFacets => ({
  approval: "not_required",
  triage: "none",
  issue: "none",
  newestDelivery: null,
  ...given,
});
const posted = (state: DeliveryState, operation = "create"): DraftFacets["newestDelivery"] => ({
  kind: "webhook",
  state,
  operation,
});

describe("one word of four facets: the first that holds (D-04)", () => {
  it.each<[string, Partial<DraftFacets>, string, string | null]>([
    ["nothing happened", {}, "draft_ready", null],
    ["denied hides everything", { approval: "denied", newestDelivery: posted("published") }, "denied", null],
    ["required", { approval: "required" }, "approval_required", "approval_required"],
    ["voided", { approval: "voided" }, "approval_required", "approval_required"],
    ["expired", { approval: "expired" }, "approval_required", "approval_required"],
    [
      "required again after a delivery",
      { approval: "voided", newestDelivery: posted("published") },
      "approval_required",
      "approval_required",
    ],
    ["granted is no word of its own", { approval: "granted" }, "draft_ready", null],
    ["due", { newestDelivery: posted("due") }, "webhook_posting", "webhook_posting"],
    ["sending", { newestDelivery: posted("sending") }, "webhook_posting", "webhook_posting"],
    ["retrying", { newestDelivery: posted("retrying") }, "webhook_posting", "webhook_posting"],
    ["ambiguous", { newestDelivery: posted("ambiguous") }, "webhook_posting", "webhook_posting"],
    ["published", { newestDelivery: posted("published") }, "webhook_posted", "webhook_posted"],
    ["failed", { newestDelivery: posted("failed") }, "webhook_post_failed", "webhook_post_failed"],
    ["blocked", { newestDelivery: posted("blocked") }, "publish_blocked", "publish_blocked"],
    ["a cancelled delivery says nothing", { newestDelivery: posted("cancelled") }, "draft_ready", null],
    [
      "a delivery before triage",
      { newestDelivery: posted("due"), triage: "running" },
      "webhook_posting",
      "webhook_posting",
    ],
    ["triage queued", { triage: "queued" }, "triage_queued", null],
    ["triage running", { triage: "running" }, "triage_queued", null],
    ["triage ready", { triage: "ready" }, "draft_ready", "triage_summary_ready"],
    ["triage timed out", { triage: "timed_out" }, "draft_ready", "triage_timed_out"],
    ["issue ready", { issue: "ready", triage: "ready" }, "draft_ready", "issue_draft_ready"],
    ["issue blocked", { issue: "blocked", triage: "ready" }, "draft_ready", "proposal_blocked"],
  ])("%s", (_, given, status, secondary) => {
    expect(draftStatus(facets(given))).toBe(status);
    expect(secondaryStatus(facets(given))).toBe(secondary);
  });

  it("has a word for every approval, kind and state", () => {
    const approvals: ApprovalFacet[] = ["not_required", "required", "granted", "denied", "voided", "expired"];
    const states: DeliveryState[] = [
      "due",
      "sending",
      "retrying",
      "published",
      "failed",
      "ambiguous",
      "blocked",
      "cancelled",
    ];
    for (const approval of approvals) {
      for (const kind of destinationKinds) {
        for (const state of states) {
          const newestDelivery = { kind, state, operation: "create" };
          expect(draftStatus(facets({ approval, newestDelivery }))).toMatch(/^[a-z_]+$/);
        }
      }
    }
  });
});

it.each([
  ["comment_issue", "github_issue", "github_comment_posted"],
  ["match_issue", "linear_issue", "linear_issue_matched"],
  ["create_issue", "github_issue", "github_issue_created"],
] as const)("published by %s", (operation, kind, word) => {
  expect(deliveryWord({ kind, operation, state: "published" })).toBe(word);
});
