import { describe, expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import { aScenario } from "@/lib/testing/scenarios";
import type { ScenarioExpectation, ScenarioObservation, ScenarioRoutePreview } from "./scenario";
import { countResults, projectOf } from "./scenario";
import { injectionChanges, judgeScenario } from "./scenario-judge";

const aPreview = (fields: Partial<ScenarioRoutePreview> = {}): ScenarioRoutePreview => ({
  ...{
    requestedDestinationIds: [],
    effectiveDestinationIds: ["local"],
    approvalRequired: true,
    approvalCount: 1,
  },
  ...{ approvalReasons: ["Risk is high"], blocked: false, blockedReasons: [], routeId: null },
  ...fields,
});
const seen = (fields: Partial<ScenarioObservation> = {}): ScenarioObservation => ({
  ...{ stages: [], preview: aPreview(), intakeRefused: null, claimsDropped: null, queued: 0 },
  ...{ injectionChanged: null, gateRefusedBare: null, denialStood: null, agentRefused: null },
  ...{ outboundCalls: 0, error: null },
  ...fields,
});
const judge = (expected: ScenarioExpectation, observed: ScenarioObservation, packId = "own-pack") =>
  judgeScenario(aScenario({}, expected), observed, { packId, runId: "run-1" }, sha256Hex);
const blockedBy = (reason: string) => ({ preview: aPreview({ blocked: true, blockedReasons: [reason] }) });

describe("judgeScenario", () => {
  it.each<[string, ScenarioExpectation, Partial<ScenarioObservation>, string, string[]]>([
    ["approval is asked and needed", { approvalRequired: true }, {}, "pass", []],
    [
      "approval is asked and not needed",
      { approvalRequired: true },
      { preview: aPreview({ approvalRequired: false }) },
      "fail",
      ["approval_required"],
    ],
    [
      "nobody must, and nobody must",
      { approvalRequired: false },
      { preview: aPreview({ approvalRequired: false }) },
      "pass",
      [],
    ],
    [
      "approval is asked on a blocked route",
      { approvalRequired: true },
      blockedBy("is not ready"),
      "blocked",
      [],
    ],
    [
      "approval is asked on no route",
      { approvalRequired: true },
      { preview: aPreview({ effectiveDestinationIds: [] }) },
      "blocked",
      [],
    ],
    [
      "that nobody must approve is asked on a blocked route",
      { approvalRequired: false },
      blockedBy("x"),
      "blocked",
      ["approval_required"],
    ],
    [
      "blocked and approval are both asked",
      { blocked: true, approvalRequired: true },
      blockedBy("x"),
      "pass",
      [],
    ],
    ["it should be blocked and is open", { blocked: true }, {}, "fail", ["blocked"]],
    ["it should be open and is blocked", { blocked: false }, blockedBy("x"), "fail", ["blocked"]],
    [
      "the reason is a plain part of the words, in whatever case",
      { reasonContains: "IS (not ready" },
      blockedBy("Destination is (not ready: no URL"),
      "pass",
      [],
    ],
    [
      "a pattern is no pattern",
      { reasonContains: "is .* ready" },
      blockedBy("is not ready"),
      "fail",
      ["reason_contains"],
    ],
    ["there is no reason to look in", { reasonContains: "ready" }, {}, "fail", ["reason_contains"]],
    ["it goes where it should", { effectiveDestinationId: "local" }, {}, "pass", []],
    ["it goes elsewhere", { effectiveDestinationId: "hook" }, {}, "fail", ["effective_destination_id"]],
    ["a forged place is refused", { intakeRefused: true }, { intakeRefused: true }, "pass", []],
    [
      "a forged place is taken",
      { intakeRefused: true },
      { intakeRefused: false },
      "fail",
      ["intake_refused"],
    ],
    ["something was never tried", { claimsDropped: true }, {}, "fail", ["claims_dropped"]],
    ["too early, something is queued", { nothingQueued: true }, { queued: 2 }, "fail", ["nothing_queued"]],
    [
      "hostile text moved the risk",
      { injectionChangesNothing: true },
      { injectionChanged: ["risk"] },
      "fail",
      ["injection_changes_nothing"],
    ],
    ["hostile text moved nothing", { injectionChangesNothing: true }, { injectionChanged: [] }, "pass", []],
    [
      "bare reports become drafts",
      { gateRefusesBare: true },
      { gateRefusedBare: false },
      "fail",
      ["gate_refuses_bare"],
    ],
    ["a denial wore off", { denialStands: true }, { denialStood: false }, "fail", ["denial_stands"]],
    ["an agent got through", { agentRefused: true }, { agentRefused: false }, "fail", ["agent_refused"]],
    ["something called out, whatever was asked", {}, { outboundCalls: 1 }, "fail", ["no_outside_call"]],
    ["nothing is asked", {}, {}, "pass", []],
    ["it broke half-way", { blocked: true }, { error: "scenario_error" }, "blocked", ["blocked"]],
    [
      "intake refused it and no route was looked at",
      { approvalRequired: true },
      { preview: null, intakeRefused: true },
      "blocked",
      ["approval_required"],
    ],
    [
      "intake refused it, and that is all that was asked",
      { intakeRefused: true },
      { preview: null, intakeRefused: true },
      "pass",
      [],
    ],
  ])("%s", (_, expected, observed, status, broken) => {
    const result = judge(expected, seen(observed));
    expect(result.status).toBe(status);
    expect(result.assertions.filter((each) => !each.ok).map((each) => each.name)).toEqual(broken);
    expect(result.findingId !== null).toBe(status === "fail");
  });

  it("gives the same scenario of the same pack the same finding, whatever failed of it", () => {
    const first = judge({ blocked: true }, seen());
    expect(first.findingId).toMatch(/^asp_[0-9a-f]{16}$/);
    expect(judge({ nothingQueued: true }, seen({ queued: 1 })).findingId).toBe(first.findingId);
    expect(judge({ blocked: true }, seen(), "another").findingId).not.toBe(first.findingId);
  });

  it("says in words what should be and what did not hold, and names its evidence", () => {
    const result = judge(
      { blocked: true, reasonContains: "not ready", agentRefused: true },
      seen({ agentRefused: false, preview: aPreview({ routeId: "r1" }) }),
    );
    expect(result.expectedBehavior).toBe(
      'Publishing is blocked; the reason says "not ready"; an agent can neither approve nor publish.',
    );
    expect(result.observedBehavior).toBe("Did not hold: blocked, reason_contains, agent_refused.");
    expect(result.evidenceRefs).toEqual([
      { kind: "scenario_run", id: "run-1" },
      { kind: "scenario", id: "one" },
      { kind: "route", id: "r1" },
    ]);
  });
});

it("injectionChanges names what differs", () => {
  const plain = {
    ...{ destinations: ["local"], approval: { required: true, count: 1 }, risk: "high", blocked: [] },
    routing: { expectedDestination: null, tags: [], policy: null },
  };
  expect(injectionChanges(plain, structuredClone(plain))).toEqual([]);
  expect(injectionChanges(plain, { ...plain, risk: "low", destinations: [] })).toEqual([
    "destinations",
    "risk",
  ]);
  expect(
    injectionChanges(plain, { ...plain, approval: { required: true, count: 2 }, blocked: ["x"] }),
  ).toEqual(["approval", "blocked"]);
});

it("counts by status, and knows whose a pack is", () => {
  expect(countResults([{ status: "pass" }, { status: "blocked" }, { status: "pass" }])).toEqual({
    total: 3,
    passed: 2,
    failed: 0,
    blocked: 1,
  });
  expect(projectOf([aScenario({ projectId: "shop" }), aScenario({ projectId: "shop" })])).toBe("shop");
  expect(projectOf([aScenario({ projectId: "shop" }), aScenario()])).toBeNull();
  expect(projectOf([])).toBeNull();
});
