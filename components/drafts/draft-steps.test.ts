import { describe, expect, it } from "vitest";
import type { DraftWire } from "@/lib/contracts/draft";
import type { DraftReviewWire } from "@/lib/contracts/review";
import { stepsOf } from "./draft-steps";

type Facets = DraftWire["facets"];

/** As much of a review as the steps inside the gate look at. */
function review(
  facets: Partial<Facets>,
  kind: DraftReviewWire["destinations"][number]["kind"],
): DraftReviewWire {
  const destination = { kind, effective: true, allowed: true, ready: true, missing: [] };
  return {
    draft: {
      facets: { approval: "not_required", triage: "none", issue: "none", ...facets },
      provenance: "report",
      first_seen_at_ms: 0,
      held: false,
    },
    approval: { history: [], changes: [], required: false },
    destinations: [destination],
    route: { effective_destination_ids: ["x"] },
    actions: { approve: { allowed: false }, deny: { allowed: false }, publish: { allowed: true } },
  } as unknown as DraftReviewWire;
}

const step = (given: DraftReviewWire, id: string) => {
  const found = stepsOf(given, () => "12:00", undefined).inside.find((each) => each.id === id);
  return [found?.status, found?.detail];
};

describe("the step of triage", () => {
  it.each<[Facets["triage"], string, string]>([
    ["queued", "active", "queued"],
    ["running", "active", "running"],
    ["ready", "done", "looked into"],
    ["blocked", "done", "looked into"],
    ["timed_out", "failed", "timed out"],
    ["failed", "failed", "gave up"],
  ])("%s", (triage, status, detail) => {
    for (const kind of ["github_issue", "telemetry"] as const) {
      expect(step(review({ triage }, kind), "triage")).toEqual([status, detail]);
    }
  });

  it("is to come where a tracker asks for it, and passed over where none does", () => {
    expect(step(review({}, "linear_issue"), "triage")).toEqual(["later", "not started"]);
    expect(step(review({}, "webhook"), "triage")).toEqual(["skipped", "not needed"]);
  });
});

describe("the step of the issue", () => {
  it.each<[Facets["issue"], "github_issue" | "webhook", string, string]>([
    ["ready", "github_issue", "done", "proposed"],
    ["blocked", "webhook", "failed", "gate blocked"],
    ["none", "github_issue", "later", "after triage"],
    ["none", "webhook", "skipped", "not needed"],
  ])("%s for %s", (issue, kind, status, detail) => {
    expect(step(review({ issue }, kind), "issue")).toEqual([status, detail]);
  });
});
