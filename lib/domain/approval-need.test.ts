import { describe, expect, it } from "vitest";
import { aConfig, aDestination } from "@/lib/testing/configs";
import { type ApprovalQuestion, decideApprovalNeed, peopleOnly } from "./approval-need";
import { type ApprovalPolicy, defaultSafetyDefaults, type MonitorConfig } from "./config";

const lax = { ...defaultSafetyDefaults, requireApprovalForHighRisk: false };
const config = (fields: Partial<MonitorConfig> = {}) =>
  aConfig({ destinations: [aDestination()], ...fields });
const says = (policy: ApprovalPolicy, name: string | null = null) => ({ name, policy });
const question = (fields: Partial<ApprovalQuestion> = {}): ApprovalQuestion => ({
  routes: [says("inherit")],
  sourcePolicy: null,
  sourceRequiresApproval: false,
  riskLevel: "low",
  destinations: [aDestination()],
  config: config(),
  ...fields,
});
const asking = aDestination({ destinationId: "hook", name: "Hook", kind: "webhook", requireApproval: true });
const global = config({ requireApprovalForNewIssues: true });

describe("decideApprovalNeed (D-07, D-08)", () => {
  const table: [string, Partial<ApprovalQuestion>, boolean, string[]][] = [
    ["nothing asks", {}, false, ["nothing_requires"]],
    ["the route says always", { routes: [says("always", "Pay")] }, true, ["route_always"]],
    [
      "the source says always, whatever the route says",
      { routes: [says("never")], sourcePolicy: "always" },
      true,
      ["source_always"],
    ],
    ["high risk by default", { riskLevel: "Critical" }, true, ["risk_level"]],
    ["urgent and severe are high", { riskLevel: "severe" }, true, ["risk_level"]],
    [
      "high risk with the default off",
      { riskLevel: "high", config: config({ safetyDefaults: lax }) },
      false,
      ["nothing_requires"],
    ],
    [
      "high risk with the default off, but the route asks",
      { riskLevel: "high", routes: [says("high_risk")], config: config({ safetyDefaults: lax }) },
      true,
      ["risk_level"],
    ],
    [
      "high risk with the default off, but the source asks",
      { riskLevel: "high", sourcePolicy: "high_risk", config: config({ safetyDefaults: lax }) },
      true,
      ["risk_level"],
    ],
    ["never does not waive high risk", { routes: [says("never")], riskLevel: "high" }, true, ["risk_level"]],
    [
      "never with the high-risk default off waives",
      { routes: [says("never")], riskLevel: "high", config: config({ safetyDefaults: lax }) },
      false,
      ["route_never"],
    ],
    [
      "a category the admin lists",
      {
        riskCategory: "Payments",
        config: config({ safetyDefaults: { ...defaultSafetyDefaults, highRiskCategories: ["payments"] } }),
      },
      true,
      ["risk_category"],
    ],
    [
      "a kind the admin lists",
      {
        config: config({
          safetyDefaults: { ...defaultSafetyDefaults, highRiskDestinationKinds: ["telemetry"] },
        }),
      },
      true,
      ["destination_kind"],
    ],
    ["a destination's own flag", { destinations: [asking] }, true, ["destination_requires"]],
    [
      "never does not waive a destination's flag",
      { routes: [says("never")], destinations: [asking] },
      true,
      ["destination_requires"],
    ],
    [
      "the legacy row's flag only mirrors the global one",
      { destinations: [{ ...asking, destinationId: "legacy-github" }] },
      false,
      ["nothing_requires"],
    ],
    ["the global flag", { config: global }, true, ["global_requires"]],
    [
      "a route's never waives the global flag",
      { config: global, routes: [says("never")] },
      false,
      ["route_never"],
    ],
    [
      "case 39: a source's never waives the global flag",
      { config: global, sourcePolicy: "never" },
      false,
      ["source_never"],
    ],
    [
      "case 39: not at high risk",
      { config: global, sourcePolicy: "never", riskLevel: "high" },
      true,
      ["risk_level"],
    ],
    [
      "high_risk alone does not waive the global flag",
      { config: global, sourcePolicy: "high_risk" },
      true,
      ["global_requires"],
    ],
    [
      "several routes: the strictest counts, and each that says always is named",
      { routes: [says("never", "A"), says("always", "B"), says("always", "C")] },
      true,
      ["route_always", "route_always"],
    ],
    [
      "several routes: high risk is asked for by any of them",
      {
        riskLevel: "high",
        routes: [says("never"), says("high_risk")],
        config: config({ safetyDefaults: lax }),
      },
      true,
      ["risk_level"],
    ],
    [
      "several routes: one that does not waive keeps the global flag",
      { config: global, routes: [says("never"), says("inherit")] },
      true,
      ["global_requires"],
    ],
    [
      "several routes: all of them waive",
      { config: global, routes: [says("never", "A"), says("never", "B")] },
      false,
      ["route_never", "route_never"],
    ],
    [
      "several routes, the source waives: as for one that inherits",
      { config: global, routes: [says("never"), says("inherit")], sourcePolicy: "never" },
      false,
      ["source_never"],
    ],
    ["the project asks", { sourceRequiresApproval: true }, true, ["project_requires"]],
    [
      "every reason is told, strictest first",
      { routes: [says("always")], sourcePolicy: "always", riskLevel: "high", destinations: [asking] },
      true,
      ["route_always", "source_always", "risk_level", "destination_requires"],
    ],
  ];
  it.each(table)("%s", (_, fields, required, because) => {
    const need = decideApprovalNeed(question(fields));
    expect(need.required).toBe(required);
    expect(need.because.map((each) => each.code)).toEqual(because);
  });
});

const safety = (fields: Partial<typeof lax>) =>
  config({ safetyDefaults: { ...defaultSafetyDefaults, ...fields } });
const asks = (approvalsRequired: number, name = "Pay") => ({
  ...says("inherit", name),
  routeId: "pay",
  approvalsRequired,
});

describe("how many people, and who", () => {
  const byRisk = safety({ approvalsRequiredHighRisk: 2, approvalsRequiredCriticalRisk: 3 });
  it.each<[string, Partial<ApprovalQuestion>, number, string[]]>([
    ["nothing asks", {}, 0, ["nothing_requires"]],
    ["a policy asks", { routes: [says("always")] }, 1, ["route_always"]],
    ["a route asks for two, and so for approval", { routes: [asks(2)] }, 2, ["route_people"]],
    [
      "people by name ask by themselves",
      { routes: [{ ...says("inherit"), approvers: ["ada", "ben"] }] },
      1,
      ["route_people"],
    ],
    [
      "people by name of high risk, where no approval of high risk is asked",
      {
        riskLevel: "high",
        config: safety({ requireApprovalForHighRisk: false, approversHighRisk: ["ada"] }),
      },
      1,
      ["high_risk_people"],
    ],
    [
      "a list of nobody is none",
      { routes: [{ ...says("inherit"), approvers: [] }] },
      0,
      ["nothing_requires"],
    ],
    ["one is what always holds", { routes: [asks(1)] }, 0, ["nothing_requires"]],
    [
      "the strictest counts, every reason is told, the strictest first",
      {
        routes: [{ ...asks(2), policy: "always" }],
        sourceApprovals: [
          { of: "project", id: "shop", count: 3 },
          { of: "source", id: "app", count: 4 },
        ],
      },
      4,
      ["source_people", "project_people", "route_people", "route_always"],
    ],
    ["high risk", { riskLevel: "high", config: byRisk }, 2, ["high_risk_people", "risk_level"]],
    [
      "critical risk",
      { riskLevel: "critical", config: byRisk },
      3,
      ["critical_risk_people", "high_risk_people", "risk_level"],
    ],
    [
      "high risk by its category",
      { riskCategory: "pay", config: safety({ approvalsRequiredHighRisk: 2, highRiskCategories: ["pay"] }) },
      2,
      ["high_risk_people", "risk_category"],
    ],
    [
      "high risk that needs no approval by itself",
      {
        riskLevel: "high",
        config: safety({ requireApprovalForHighRisk: false, approvalsRequiredHighRisk: 2 }),
      },
      2,
      ["high_risk_people"],
    ],
    ["medium risk", { riskLevel: "medium", config: byRisk }, 0, ["nothing_requires"]],
    [
      "a route that says never waives no number that another names",
      { routes: [says("never")], sourceApprovals: [{ of: "project", id: "shop", count: 2 }] },
      2,
      ["project_people"],
    ],
  ])("%s", (_, fields, count, because) => {
    const need = decideApprovalNeed(question(fields));
    expect([need.count, need.because.map((each) => each.code)]).toEqual([count, because]);
    expect(need.required).toBe(count > 0);
  });

  it.each<[string, Partial<ApprovalQuestion>, string[], string[], boolean]>([
    ["anybody", { routes: [says("always")] }, [], [], false],
    ["several people", { routes: [asks(2)] }, [], [], true],
    [
      "no author, by the route",
      { routes: [{ ...says("always", "Pay"), authorMayNotApprove: true }] },
      ["route_author"],
      [],
      true,
    ],
    [
      "no author, by the defaults, where the global flag asks",
      { config: { ...global, safetyDefaults: { ...defaultSafetyDefaults, authorMayNotApprove: true } } },
      ["global_author"],
      [],
      true,
    ],
    [
      "a proof for high risk",
      { riskLevel: "high", config: safety({ requireStepUpForHighRisk: true }) },
      [],
      ["risk_level"],
      true,
    ],
    [
      "no proof below it",
      { riskLevel: "low", routes: [says("always")], config: safety({ requireStepUpForHighRisk: true }) },
      [],
      [],
      false,
    ],
    [
      "nobody where nobody must approve",
      { routes: [{ ...says("never"), authorMayNotApprove: true }] },
      [],
      [],
      false,
    ],
  ])("%s", (_, fields, authorMayNot, stepUp, people) => {
    const need = decideApprovalNeed(question(fields));
    expect(need.authorMayNot.map((each) => each.code)).toEqual(authorMayNot);
    expect(need.stepUp.map((each) => each.code)).toEqual(stepUp);
    expect(peopleOnly(need)).toBe(people);
  });
});
