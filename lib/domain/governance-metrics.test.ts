import { describe, expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import { categoryOf, driftOf } from "./behavioral-drift";
import { governanceFindings } from "./governance-findings";
import {
  defaultThresholds,
  emptyCounts,
  type GovernanceThresholds,
  type MetricId,
  measure,
  metricIds,
  type WindowCounts,
  windowRow,
  windowsOf,
} from "./governance-metrics";

const counts = (fields: Partial<WindowCounts>): WindowCounts => ({ ...emptyCounts, ...fields });
const incidents = (fields: Partial<WindowCounts["incidents"]>) =>
  counts({ incidents: { ...emptyCounts.incidents, ...fields } });
const nothing = { enabled: 0, ready: 0 };
const asking = (fields: Partial<GovernanceThresholds> = {}) => ({ ...defaultThresholds, ...fields });
const measured = (id: MetricId, given: WindowCounts, readiness = nothing, thresholds = asking()) =>
  measure(id, given, readiness, thresholds);

describe("metrics", () => {
  it.each<
    [string, MetricId, WindowCounts, { enabled: number; ready: number }, Partial<ReturnType<typeof measured>>]
  >([
    [
      "case 137: one of two high-risk failures has a trail",
      "governance_confidence",
      incidents({ highRisk: 2, evidenced: 1 }),
      nothing,
      { numerator: 1, denominator: 2, rate: 0.5, breached: true, evaluable: true },
    ],
    [
      "case 137: two of three approvals were decided",
      "escalation_pathway_utilization",
      counts({ drafts: { made: 3, approvalRequired: 3, decided: 2 } }),
      nothing,
      { numerator: 2, denominator: 3, breached: true },
    ],
    [
      "case 137: one of two posts can be found again",
      "receipt_completeness",
      counts({ deliveries: { ended: 2, receipted: 1, failed: 1 } }),
      nothing,
      { rate: 0.5, breached: true },
    ],
    [
      "denials do not lower the boundary's rate",
      "authority_boundary_compliance",
      counts({ decisions: { allowed: 1, denied: 99, violations: 0 } }),
      nothing,
      { numerator: 100, denominator: 100, rate: 1, breached: false },
    ],
    [
      "what got through it wrongly does",
      "authority_boundary_compliance",
      counts({ decisions: { allowed: 9, denied: 1, violations: 1 } }),
      nothing,
      { numerator: 9, denominator: 10, rate: 0.9, breached: true },
    ],
    [
      "never below nothing",
      "authority_boundary_compliance",
      counts({ decisions: { allowed: 2, denied: 0, violations: 5 } }),
      nothing,
      { numerator: 0, rate: 0, breached: true },
    ],
    [
      "one destination that is not ready is no small sample",
      "route_readiness_compliance",
      emptyCounts,
      { enabled: 1, ready: 0 },
      { rate: 0, breached: true, evaluable: true },
    ],
    [
      "exactly the minimum is enough",
      "route_readiness_compliance",
      emptyCounts,
      { enabled: 10, ready: 9 },
      { rate: 0.9, breached: false },
    ],
    [
      "recurring failures have no minimum",
      "recurring_incident_rate",
      incidents({ total: 4, recurring: 4 }),
      nothing,
      { rate: 1, threshold: null, breached: false, evaluable: true },
    ],
  ])("%s", (_, id, given, readiness, wanted) => {
    expect(measured(id, given, readiness)).toMatchObject(wanted);
  });

  it.each(metricIds.map((id) => [id] as const))(
    "case 137: with nothing counted, %s has no rate and is not breached",
    (id) => {
      expect(measured(id, emptyCounts)).toMatchObject({
        rate: null,
        denominator: 0,
        breached: false,
        evaluable: false,
        missingEvidenceReasons: [expect.stringMatching(/^no/)],
      });
    },
  );

  it("too few cases say so, and breach nothing", () => {
    const one = incidents({ highRisk: 1 });
    expect(measured("governance_confidence", one)).toMatchObject({
      ...{ rate: 0, breached: false, evaluable: false, missingEvidenceReasons: ["too_few_samples"] },
    });
    expect(measured("governance_confidence", one, nothing, asking({ metricSamplesMin: 1 })).breached).toBe(
      true,
    );
    expect(
      measured(
        "governance_confidence",
        incidents({ highRisk: 9 }),
        nothing,
        asking({ metricSamplesMin: 10 }),
      ),
    ).toMatchObject({ breached: false, evaluable: false });
  });
});

describe("drift", () => {
  const ended = (failed: number, of: number) =>
    counts({ deliveries: { ended: of, failed, receipted: of - failed } });
  const failures = (current: WindowCounts, baseline: WindowCounts, thresholds = asking()) =>
    driftOf(current, baseline, thresholds).find((each) => each.signal === "publish_failure_rate");

  it("case 137: from none to all is flagged", () => {
    expect(failures(ended(5, 5), ended(0, 5))).toMatchObject({
      ...{ currentRate: 1, baselineRate: 0, delta: 1, driftFlagged: true, evaluable: true },
    });
  });

  it.each<[string, WindowCounts, WindowCounts]>([
    ["an empty window before it", ended(5, 5), emptyCounts],
    ["an empty window now", emptyCounts, ended(5, 5)],
    ["too few before it", ended(9, 9), ended(0, 4)],
    ["too few now", ended(4, 4), ended(0, 9)],
  ])("%s flags nothing", (_, current, baseline) => {
    expect(failures(current, baseline)).toMatchObject({ driftFlagged: false, evaluable: false });
  });

  it("a fall is a drift like a rise, and exactly the limit is none", () => {
    expect(failures(ended(0, 8), ended(4, 8))).toMatchObject({ delta: -0.5, driftFlagged: true });
    expect(failures(ended(4, 8), ended(2, 8))).toMatchObject({ delta: 0.25, driftFlagged: false });
  });

  it("a first busy week of one category flags nothing; a change of shares does", () => {
    const week = (categories: Record<string, number>) =>
      counts({
        incidents: {
          ...emptyCounts.incidents,
          total: Object.values(categories).reduce((sum, each) => sum + each, 0),
        },
        categories,
      });
    const flagged = (now: WindowCounts, before: WindowCounts) =>
      driftOf(now, before, asking()).flatMap((each) => (each.driftFlagged ? [each.signal] : []));
    expect(flagged(week({ payment: 100 }), emptyCounts)).toEqual([]);
    expect(flagged(week({ payment: 90, "": 10 }), week({ payment: 10, "": 90 }))).toEqual([
      "incident_category_share:payment",
      "incident_category_share:uncategorized",
    ]);
  });

  it.each([
    ["", "uncategorized"],
    ["  ", "uncategorized"],
    ["Payment ", "payment"],
    ["call me: +44 20 7946 0000, I am angry", "other"],
    ["x".repeat(65), "other"],
  ])("category %j is shown as %s", (reported, shown) => {
    expect(categoryOf(reported)).toBe(shown);
  });

  it("shows the largest twenty categories", () => {
    const categories = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`c${n}`, n + 1]));
    const shares = driftOf(counts({ categories }), emptyCounts, asking()).slice(3);
    expect(shares).toHaveLength(20);
    expect(shares[0]?.signal).toBe("incident_category_share:c29");
  });
});

describe("findings", () => {
  const given = incidents({ highRisk: 10, evidenced: 5 });
  const later = incidents({ highRisk: 100, evidenced: 1 });
  const found = (of: WindowCounts) =>
    governanceFindings(
      metricIds.map((id) => measured(id, of)),
      driftOf(
        counts({ deliveries: { ended: 5, failed: 5, receipted: 0 } }),
        counts({ deliveries: { ended: 5, failed: 0, receipted: 5 } }),
        asking(),
      ),
      sha256Hex,
    );

  it("keep their fingerprint whatever the numbers are", () => {
    const [first, second] = [found(given), found(later)];
    expect(first.map((each) => each.fingerprint)).toEqual(second.map((each) => each.fingerprint));
    expect(new Set(first.map((each) => each.fingerprint)).size).toBe(2);
    expect(first).toMatchObject([
      {
        ...{ kind: "metric_threshold_breach", severity: "high", metricId: "governance_confidence" },
        incidentDraftSuggestion: {
          detail: "5 of 10 (50 %), and at least 90 % is asked for.",
          fingerprint: first[0]?.fingerprint,
        },
      },
      { kind: "behavioral_drift", severity: "medium", incidentDraftSuggestion: null },
    ]);
  });
});

describe("windows", () => {
  it("the baseline ends where the window begins", () => {
    expect(windowsOf(1_000, 100)).toEqual({
      current: { fromMs: 900, toMs: 1_000 },
      baseline: { fromMs: 800, toMs: 900 },
    });
    expect(windowsOf(50, 100)).toEqual({
      current: { fromMs: 0, toMs: 50 },
      baseline: { fromMs: 0, toMs: 0 },
    });
  });

  it("a row of them is in order and has no gap", () => {
    expect(windowRow(300, 100, 3)).toEqual([
      { fromMs: 0, toMs: 100 },
      { fromMs: 100, toMs: 200 },
      { fromMs: 200, toMs: 300 },
    ]);
    expect(windowRow(250, 100, 3)).toHaveLength(2);
  });
});
