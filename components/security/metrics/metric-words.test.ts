import { describe, expect, it } from "vitest";
import type { GovernanceMetricWire } from "@/lib/contracts/governance";
import { nameOf } from "@/lib/queries/names";
import { requestOf } from "./metric-window";
import {
  deltaWords,
  driftVerdict,
  percentWords,
  refPath,
  refWords,
  signalWords,
  verdictOf,
} from "./metric-words";

const metric = (fields: Partial<GovernanceMetricWire>) =>
  ({ evaluable: true, threshold: 0.9, breached: false, ...fields }) as GovernanceMetricWire;

describe("words of a metric", () => {
  it.each([
    [null, "–"],
    [1, "100 %"],
    [0.9999, "99.9 %"],
    [2 / 3, "66.6 %"],
    [0, "0 %"],
    [0.29, "29 %"],
  ])("%s is %s", (rate, words) => {
    expect(percentWords(rate)).toBe(words);
  });

  it.each([
    [null, "–"],
    [0.25, "+25 points"],
    [-0.035, "−3.5 points"],
    [0, "0 points"],
  ])("a move of %s is %s", (delta, words) => {
    expect(deltaWords(delta)).toBe(words);
  });

  it.each([
    [{ breached: true }, "breached"],
    [{}, "kept"],
    [{ threshold: null }, "shown"],
    [{ evaluable: false, breached: false }, "unknown"],
  ] as const)("%j is %s", (fields, verdict) => {
    expect(verdictOf(metric(fields))).toBe(verdict);
  });

  it("says of a signal what it is, and why it says nothing", () => {
    expect(signalWords("incident_category_share:payment")).toBe("Incidents of category payment");
    expect(
      driftVerdict({
        ...{ signal: "x", current_rate: 1, baseline_rate: null, delta: null, delta_max: 0.25 },
        ...{ drift_flagged: false, evaluable: false, current_samples: 9, baseline_samples: 0 },
      }),
    ).toBe("Too few cases (0 before, 9 now)");
    expect([refPath({ kind: "draft", id: "d" }), refPath({ kind: "drift_signal", id: "x" })]).toEqual([
      "/drafts/d",
      null,
    ]);
  });
});

const name = nameOf({
  destinations: { "status-page": "Status page" },
  projects: { shop: "The shop" },
  routes: {},
});

it.each([
  [{ kind: "post", id: "failure-post-caa3ef75413e4f2da0f0" }, "Receipt caa3ef75"],
  [{ kind: "incident", id: "failure-incident-f134cd32" }, "Incident f134cd32"],
  [{ kind: "destination", id: "status-page" }, "Destination Status page"],
  [{ kind: "source", id: "shop/api" }, "Source The shop / api"],
])("names the record %o", (ref, words) => {
  expect(refWords(ref, name)).toBe(words);
});

describe("windows", () => {
  const day = 86_400_000;
  it.each([
    [{}, { window_ms: 7 * day }],
    [{ window: "24h" as const }, { window_ms: day }],
    [
      { window: "custom" as const, from: "2026-06-01", to: "2026-06-01" },
      { to_ms: Date.UTC(2026, 5, 2), window_ms: day },
    ],
    [{ window: "custom" as const, from: "2026-06-02", to: "2026-06-01" }, { window_ms: 7 * day }],
    [{ window: "custom" as const, from: "2026-06-02" }, { window_ms: 7 * day }],
  ])("%j", (filters, wanted) => {
    expect(requestOf(filters)).toEqual({ ...wanted, trend_windows: 8 });
  });
});
