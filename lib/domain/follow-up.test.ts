import { describe, expect, it } from "vitest";
import { type FollowUpFacts, followUpIntervalsMs, mayFollowUp } from "./follow-up";

const facts: FollowUpFacts = {
  ...{ commentsOnOpen: true, approvalRequired: false, draftApproval: "not_required" },
  ...{ approvedTemplate: false, template: "Seen {count} more times, last {last_seen}." },
};

describe("a comment that nobody looks at first", () => {
  it.each([
    ["policy asks for no approval", {}, "ok"],
    ["it was shown to whoever approved", { approvalRequired: true, approvedTemplate: true }, "ok"],
    ["approval is needed and did not include it", { approvalRequired: true }, "approval_required"],
    ["comments are off", { commentsOnOpen: false, approvedTemplate: true }, "comments_off"],
    ["the draft was denied since", { draftApproval: "denied", approvedTemplate: true }, "draft_denied"],
    ["the payload has no text for it", { template: null }, "no_template"],
  ] as const)("%s", (_name, given, expected) => {
    const verdict = mayFollowUp({ ...facts, ...given });
    expect(verdict.ok ? "ok" : verdict.reason.code).toBe(expected);
  });

  it("waits longer each time, up to a week", () => {
    expect(followUpIntervalsMs.map((ms) => ms / 3_600_000)).toEqual([1, 4, 12, 24, 72, 168]);
  });
});
