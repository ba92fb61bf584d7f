import { expect, it } from "vitest";
import type { OverviewWire } from "@/lib/contracts/status";
import { nameOf } from "@/lib/queries/names";
import { countOfGroup, missingWords, needWords, queueItems, splitByRole, waitingCount } from "./queue-items";

const name = nameOf({ destinations: { pager: "Pager, Europe" }, projects: { shop: "Shop" }, routes: {} });

const overview: OverviewWire = {
  now_ms: 10,
  counts: {
    occurrences_24h: 0,
    incidents: 0,
    drafts_open: 0,
    approvals_due: 1,
    approved_waiting: 0,
    held: 0,
    leaving: 0,
    published_24h: 0,
    failed: 1,
    break_glass_open: 0,
  },
  hourly: [],
  break_glass_reviews: [],
  approvals_due: [{ draft_id: "d1", title: "Boom", occurrence_count: 1, last_seen_at_ms: 5 }],
  failed_deliveries: [
    {
      post_id: "p1",
      draft_id: "d2",
      title: "Bang",
      destination_id: "pager",
      state: "failed",
      reason: "503",
      ended_at_ms: 4,
    },
  ],
  unready_destinations: [
    {
      destination_id: "eu",
      name: "",
      kind: "webhook",
      missing: ["secret_unset", "The host is not allowed."],
    },
  ],
  silent_sources: [],
  expiring_keys: [],
  checklist: [],
  paused: false,
  enabled: true,
};

it("each record has one action, in the order of the groups", () => {
  expect(queueItems(overview, name)).toMatchObject([
    { key: "approvals d1", detail: ["1 occurrence"], action: { word: "Review", href: "/drafts/d1" } },
    {
      key: "failures p1",
      detail: ["Pager, Europe", "503"],
      action: { word: "See why", href: "/receipts/p1" },
    },
    { key: "unready eu", title: "eu cannot deliver", action: { word: "Fix" } },
  ]);
});

it("approvals stand worst first, then newest", () => {
  const due = [
    { draft_id: "low", title: "", occurrence_count: 1, last_seen_at_ms: 9, risk_level: "low" },
    { draft_id: "old", title: "", occurrence_count: 1, last_seen_at_ms: 1, risk_level: "high" },
    { draft_id: "new", title: "", occurrence_count: 1, last_seen_at_ms: 2, risk_level: "high" },
    { draft_id: "unrated", title: "", occurrence_count: 1, last_seen_at_ms: 99 },
  ];
  const items = queueItems(
    {
      ...overview,
      approvals_due: due,
      failed_deliveries: [],
      unready_destinations: [],
    },
    name,
  );
  expect(items.map((item) => item.key.split(" ")[1])).toEqual(["new", "old", "low", "unrated"]);
});

it("counts what waits, also past the rows of a list", () => {
  expect(waitingCount(overview, undefined)).toBe(3);
  expect(waitingCount({ ...overview, counts: { ...overview.counts, approvals_due: 34 } }, undefined)).toBe(
    36,
  );
});

it.each([
  [["read"], 0, "nothing needs you"],
  [["read", "decide"], 1, "1 needs you"],
  [["read", "decide", "publish", "configure"], 3, "3 need you"],
])("with %j a person is told of what is theirs", (permissions, count, words) => {
  expect(waitingCount(overview, permissions)).toBe(count);
  expect(needWords(count)).toBe(words);
});

it.each([
  ["all of it is listed, some for others", 1, 2, 2, { shown: 1, isMore: false }],
  ["more than a list holds", 20, 20, 34, { shown: 34, isMore: true }],
  ["more than both halves hold", 15, 20, 34, { shown: 29, isMore: true }],
  ["nothing is counted but listed", 2, 2, 0, { shown: 2, isMore: false }],
])("a group's count: %s", (_, rows, inLists, total, count) => {
  expect(countOfGroup(rows, inLists, total)).toEqual(count);
});

it("a pause is no fault of a destination", () => {
  const missing = ["The monitor is paused"];
  const unready_destinations = [
    { destination_id: "a", name: "a", kind: "telemetry" as const, missing },
    { destination_id: "b", name: "b", kind: "webhook" as const, missing: [...missing, "No secret."] },
  ];
  const paused = { ...overview, unready_destinations, approvals_due: [], failed_deliveries: [] };
  expect(queueItems(paused, name)).toMatchObject([{ key: "unready b", detail: ["No secret."] }]);
});

it("codes become words, sentences stay", () => {
  expect(missingWords("secret_unset")).toBe("secret unset");
  expect(missingWords("The host is not_allowed.")).toBe("The host is not_allowed.");
});

it("sources that fell silent and keys that end have their row and their one action", () => {
  const items = queueItems(
    {
      ...overview,
      approvals_due: [],
      failed_deliveries: [],
      unready_destinations: [],
      silent_sources: [
        { project_id: "shop", source_id: "app", state: "silent", advice: "Look.", since_ms: 3 },
        { project_id: "shop", source_id: "web", state: "unreadable" },
      ],
      expiring_keys: [
        { kind: "intake_key", id: "k1", name: "CI", project_id: "shop", expires_at_ms: 9 },
        { kind: "api_token", id: "t1", name: "Coder", expires_at_ms: 99 },
      ],
    },
    name,
  );
  expect(items.map(({ key, state, action }) => [key, state, action.word])).toEqual([
    ["silent shop/app", "silent", "Look"],
    ["silent shop/web", "unreadable", "Look"],
    ["keys k1", "keyEnded", "Replace"],
    ["keys t1", "keyEnding", "Rotate"],
  ]);
});

it("what a role cannot act upon waits for somebody else", () => {
  const split = (permissions?: string[]) => {
    const { mine, others } = splitByRole(queueItems(overview, name), permissions);
    return [mine.map((item) => item.group), others.map((item) => item.group)];
  };
  expect(split(["read", "decide", "publish"])).toEqual([["approvals", "failures"], ["unready"]]);
  expect(split(["read"])).toEqual([[], ["approvals", "failures", "unready"]]);
  expect(split()).toEqual([["approvals", "failures", "unready"], []]);
});

it("what I approved and others have not waits for them", () => {
  const [first] = overview.approvals_due;
  const due = first ? [{ ...first, approved_by_you: true as const }] : [];
  const { mine, others } = splitByRole(queueItems({ ...overview, approvals_due: due }, name), ["decide"]);
  expect(mine).toEqual([]);
  expect(others[0]).toMatchObject({ key: "approvals d1", action: { word: "See" } });
  expect(others[0]?.detail).toContain("you approved, others have to as well");
});

it("an emergency approval that nobody judged comes first, for whoever may judge it and did not do it", () => {
  const use = { draft_id: "d9", title: "Sent at night", by: "Ann", used_at_ms: 1, due_at_ms: 8 };
  const withUses = {
    ...overview,
    counts: { ...overview.counts, break_glass_open: 2 },
    break_glass_reviews: [
      { ...use, break_glass_id: "b1", overdue: true, own: false },
      { ...use, break_glass_id: "b2", due_at_ms: 80, overdue: false, own: true },
    ],
  };
  const { mine, others } = splitByRole(queueItems(withUses, name), ["read", "reviewBreakGlass"]);
  expect(mine.map(({ key, state, action }) => [key, state, action])).toEqual([
    ["reviews b1", "reviewOverdue", { word: "Judge", href: "/security/break-glass" }],
  ]);
  expect(others[0]).toMatchObject({ key: "reviews b2", state: "reviewDue", action: { word: "See" } });
  // The one of their own is for somebody else.
  expect(waitingCount(withUses, undefined)).toBe(4);
});
