import { expect, it } from "vitest";
import type { OverviewWire } from "@/lib/contracts/status";
import { missingWords, queueItems, waitingCount } from "./queue-items";

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
  },
  hourly: [],
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
  checklist: [],
  paused: false,
  enabled: true,
};

it("each record has one action, in the order of the groups", () => {
  expect(queueItems(overview)).toMatchObject([
    { key: "approvals d1", detail: ["1 occurrence"], action: { word: "Review", href: "/drafts/d1" } },
    { key: "failures p1", detail: ["pager", "503"], action: { word: "See why", href: "/receipts/p1" } },
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
  const items = queueItems({
    ...overview,
    approvals_due: due,
    failed_deliveries: [],
    unready_destinations: [],
  });
  expect(items.map((item) => item.key.split(" ")[1])).toEqual(["new", "old", "low", "unrated"]);
});

it("counts what waits, also past the rows of a list", () => {
  expect(waitingCount(overview)).toBe(3);
  expect(waitingCount({ ...overview, counts: { ...overview.counts, approvals_due: 34 } })).toBe(36);
});

it("a pause is no fault of a destination", () => {
  const missing = ["The monitor is paused"];
  const unready_destinations = [
    { destination_id: "a", name: "a", kind: "telemetry" as const, missing },
    { destination_id: "b", name: "b", kind: "webhook" as const, missing: [...missing, "No secret."] },
  ];
  const paused = { ...overview, unready_destinations, approvals_due: [], failed_deliveries: [] };
  expect(queueItems(paused)).toMatchObject([{ key: "unready b", detail: ["No secret."] }]);
});

it("codes become words, sentences stay", () => {
  expect(missingWords("secret_unset")).toBe("secret unset");
  expect(missingWords("The host is not_allowed.")).toBe("The host is not_allowed.");
});
