import { describe, expect, it } from "vitest";
import type { PostWire } from "@/lib/contracts/post";
import type { DestinationReviewWire, DraftReviewWire } from "@/lib/contracts/review";
import { decisionsOf, publishable, publishObstacle } from "./decisions";
import { defaultChoice, gateOf, standingOf } from "./draft-standing";
import { stepsOf } from "./draft-steps";

type Facet = DraftReviewWire["draft"]["facets"]["approval"];
type Made = {
  approval?: Facet;
  required?: boolean;
  changed?: boolean;
  held?: boolean;
  /** State of the newest delivery per destination; null for none. */
  posts?: (PostWire["state"] | null)[];
  ready?: boolean[];
  covered?: boolean[];
  may?: boolean;
};

const hour = 3_600_000;

function destination(index: number, made: Made): DestinationReviewWire {
  const state = made.posts?.[index];
  const ready = made.ready?.[index] ?? true;
  return {
    destination_id: `hook-${index}`,
    name: `hook-${index}`,
    kind: "webhook",
    effective: true,
    allowed: true,
    ready,
    missing: ready ? [] : [{ code: "secret_missing", message: "The secret is not set" }],
    covered: made.covered?.[index] ?? made.approval === "granted",
    payload: {
      operation: "post_webhook",
      target_ref: "https://hooks.example/in",
      digest: "d",
      byte_length: 10,
      raw: "{}",
      rendered: { title: "t", sections: [] },
    },
    ...(state && { post: { state } as PostWire }),
  };
}

function review(made: Made): DraftReviewWire {
  const approval = made.approval ?? "required";
  const count = made.posts?.length ?? made.ready?.length ?? 1;
  const rows = Array.from({ length: count }, (_, index) => destination(index, made));
  const may = made.may ?? true;
  const active =
    approval === "granted"
      ? { created_at_ms: 0, expires_at_ms: 72 * hour, actor: { id: "u", name: "U" } }
      : undefined;
  const decidable = approval !== "granted" && approval !== "denied" && approval !== "not_required";
  return {
    draft: {
      facets: { approval, triage: "none", issue: "none" },
      held: made.held ?? false,
      first_seen_at_ms: 0,
      provenance: "report",
    },
    approval: {
      required: made.required ?? approval !== "not_required",
      high_risk: false,
      because: [],
      ttl_ms: 72 * hour,
      binding: "content",
      active,
      changes: made.changed ? [{ code: "payload_changed", message: "Changed" }] : [],
      history: [],
      quorum: {
        ...{ needed: 1, missing: decidable ? 1 : 0, counted: [], outdated: [] },
        ...{ people_only: false, author_may_not: [], step_up: [] },
      },
    },
    route: { effective_destination_ids: rows.map((row) => row.destination_id), blocked: [], trace: [] },
    destinations: rows,
    actions: {
      approve: { allowed: may && decidable, reason: may ? undefined : "Your role may not do this" },
      deny: { allowed: may && decidable },
      publish: { allowed: may && !decidable && approval !== "denied" && rows.some((row) => row.ready) },
    },
    publish_on_approval: false,
  } as unknown as DraftReviewWire;
}

describe("standing, gate and the action that is due", () => {
  it.each<[string, Made, string, string, string | null]>([
    ["approval is asked for", {}, "waiting", "closed", "Approve 1 payload…"],
    ["a voided approval waits again", { approval: "voided" }, "waiting", "closed", "Approve 1 payload…"],
    ["approved, nothing sent", { approval: "granted" }, "approved", "open", "Publish to 1…"],
    ["no policy asks", { approval: "not_required" }, "free", "open", "Publish to 1…"],
    [
      "approved, then changed",
      { approval: "granted", changed: true },
      "outdated",
      "closed",
      "Ask for approval again…",
    ],
    [
      "policy asks by now",
      { approval: "not_required", required: true },
      "outdated",
      "closed",
      "Ask for approval…",
    ],
    ["denied", { approval: "denied" }, "denied", "blocked", null],
    ["no destination is ready", { approval: "granted", ready: [false] }, "approved", "blocked", "Publish"],
    ["held", { approval: "granted", held: true }, "approved", "closed", "Publish to 1…"],
    ["on its way", { approval: "granted", posts: ["retrying"] }, "underway", "open", null],
    [
      "one arrived, one moves",
      { approval: "granted", posts: ["published", "sending"] },
      "underway",
      "passed",
      null,
    ],
    ["all arrived", { approval: "granted", posts: ["published", "published"] }, "published", "passed", null],
    [
      "all arrived, then changed",
      { approval: "granted", posts: ["published"], changed: true, covered: [false] },
      "published",
      "passed",
      null,
    ],
    [
      "one failed",
      { approval: "granted", posts: ["published", "failed"] },
      "unfinished",
      "passed",
      "Publish to 1…",
    ],
    [
      "one is left to send",
      { approval: "granted", posts: ["published", null] },
      "unfinished",
      "passed",
      "Publish to 1…",
    ],
    [
      "the rest is not approved",
      { approval: "granted", posts: ["published", null], covered: [true, false] },
      "published",
      "passed",
      null,
    ],
  ])("%s", (_case, made, standing, gate, label) => {
    const given = review(made);
    expect(standingOf(given)).toBe(standing);
    expect(gateOf(given, 0).state).toBe(gate);
    expect(decisionsOf(given).primary?.label ?? null).toBe(label);
  });

  it("says how long it stays open, never more than was given", () => {
    const given = review({ approval: "granted" });
    expect(gateOf(given, null).label).toBeUndefined();
    expect(gateOf(given, -hour).label).toBe("Open, 72\u00a0h");
    expect(gateOf(given, 71.5 * hour).label).toBe("Open, 30\u00a0min");
  });

  it("locks what is not this person's and says why", () => {
    const { primary, deny } = decisionsOf(review({ may: false }));
    expect(primary?.locked).toBe("Your role may not do this");
    expect(deny).toBeNull();
  });
});

describe("destinations", () => {
  it("approves by default what is ready, or everything when nothing is", () => {
    const ids = (made: Made) => defaultChoice(review(made)).map((row) => row.destination_id);
    expect(ids({ ready: [true, false] })).toEqual(["hook-0"]);
    expect(ids({ ready: [false, false] })).toEqual(["hook-0", "hook-1"]);
  });

  it.each<[string, Made, string | null]>([
    ["ready and covered", { approval: "granted" }, null],
    ["arrived already", { approval: "granted", posts: ["published"] }, "Already published."],
    ["under way", { approval: "granted", posts: ["due"] }, "Under way."],
    ["failed before", { approval: "granted", posts: ["failed"] }, null],
    ["not ready", { approval: "granted", ready: [false] }, "The secret is not set."],
    ["not approved", { approval: "granted", covered: [false] }, "Not among the approved destinations."],
    ["changed: trying is asking", { approval: "granted", covered: [false], changed: true }, null],
    ["no approval needed", { approval: "not_required" }, null],
  ])("publishing: %s", (_case, made, obstacle) => {
    const given = review(made);
    const row = given.destinations[0];
    expect(row && publishObstacle(given, row)).toBe(obstacle);
    expect(publishable(given)).toHaveLength(obstacle === null ? 1 : 0);
  });
});

describe("steps", () => {
  const clock = () => "03:14";
  const look = (made: Made) => {
    const { inside, outside } = stepsOf(review(made), clock, "u");
    return [...inside, ...outside].map((step) => step.status);
  };

  it.each<[string, Made, string[]]>([
    ["waiting", {}, ["done", "skipped", "skipped", "now", "later", "later"]],
    ["approved", { approval: "granted" }, ["done", "skipped", "skipped", "done", "now", "later"]],
    ["free", { approval: "not_required" }, ["done", "skipped", "skipped", "skipped", "now", "later"]],
    ["denied", { approval: "denied" }, ["done", "skipped", "skipped", "failed", "skipped", "skipped"]],
    [
      "published",
      { approval: "granted", posts: ["published"] },
      ["done", "skipped", "skipped", "done", "done", "done"],
    ],
    [
      "failed",
      { approval: "granted", posts: ["failed"] },
      ["done", "skipped", "skipped", "done", "failed", "failed"],
    ],
  ])("%s", (_case, made, statuses) => {
    expect(look(made)).toEqual(statuses);
  });
});
