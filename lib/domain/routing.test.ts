import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aConfig, aDestination, aLogSource, aProject, aRoute } from "@/lib/testing/configs";
import { aDraftContent } from "@/lib/testing/records";
import {
  type ApprovalPolicy,
  approvalPolicies,
  type Destination,
  defaultSafetyDefaults,
  type MonitorConfig,
} from "./config";
import type { DestinationReadiness } from "./payload";
import { reason } from "./reason";
import { routeContextOf } from "./route-context";
import { previewContent, routedContentOf } from "./route-preview";
import { traceRoutes } from "./route-trace";
import { decideRoute, type RouteContext } from "./routing";

const blank: RouteContext = {
  nowMs: 0,
  routeTags: [],
  allowedDestinationIds: [],
  enforcesAllowlist: false,
  defaultDestinationIds: [],
  sourceApprovalPolicy: null,
  sourceRequiresApproval: false,
};
const a = aDestination({ destinationId: "a" });
const b = aDestination({ destinationId: "b" });
const base = (fields: Partial<MonitorConfig> = {}) =>
  aConfig({ destinations: [a, b], defaultDestinationIds: ["a"], ...fields });
const ready = (...ids: string[]) =>
  new Map<string, DestinationReadiness>(
    ids.map((id) => [id, { destinationId: id, kind: "telemetry", enabled: true, ready: true, missing: [] }]),
  );
const decide = (context: Partial<RouteContext>, config: MonitorConfig, requested: string[] = []) =>
  decideRoute({ ...blank, ...context }, config, ready("a", "b", "legacy-github"), requested);

const traced = (context: Partial<RouteContext>, config: MonitorConfig) =>
  traceRoutes({ ...blank, ...context }, config);

describe("decideRoute: where to", () => {
  const high = aRoute({
    routeId: "high",
    name: "High",
    priority: 10,
    destinationIds: ["b"],
    matchRiskLevels: ["high"],
  });
  const rest = aRoute({ routeId: "rest", name: "Rest", destinationIds: ["a"] });

  const table: [string, Partial<RouteContext>, MonitorConfig, string, string[]][] = [
    ["no routes: the defaults", {}, base(), "default_destination", ["a"]],
    [
      "case 2: destinations without defaults go nowhere, not to GitHub",
      {},
      base({ defaultDestinationIds: [] }),
      "default_destination",
      [],
    ],
    ["nothing configured: the legacy row", {}, aConfig(), "default_destination", ["legacy-github"]],
    [
      "the source's own defaults before the global ones",
      { defaultDestinationIds: ["b"] },
      base(),
      "default_destination",
      ["b"],
    ],
    ["a catch-all", {}, base({ routes: [rest] }), "catch_all_route", ["a"]],
    [
      "a route without destinations uses the defaults",
      {},
      base({ routes: [aRoute({ destinationIds: [] })] }),
      "catch_all_route",
      ["a"],
    ],
    [
      "comparison ignores case and blanks",
      { riskLevel: " HIGH " },
      base({ routes: [high] }),
      "matched_risk_level",
      ["b"],
    ],
    ["a missing value never matches", {}, base({ routes: [high] }), "default_destination", ["a"]],
    [
      "a disabled route does not match",
      { riskLevel: "high" },
      base({ routes: [{ ...high, enabled: false }] }),
      "default_destination",
      ["a"],
    ],
    [
      "case 65: the risk category alone",
      { riskCategory: "payments" },
      base({ routes: [aRoute({ matchRiskCategories: ["Payments"], destinationIds: ["b"] })] }),
      "matched_risk_category",
      ["b"],
    ],
    [
      "any tag of the list",
      { routeTags: ["x", "pay"] },
      base({ routes: [aRoute({ matchRouteTags: ["pay", "ops"], destinationIds: ["b"] })] }),
      "matched_route_tags",
      ["b"],
    ],
    [
      "every condition must hold",
      { riskLevel: "high" },
      base({ routes: [{ ...high, matchComponents: ["api"] }] }),
      "default_destination",
      ["a"],
    ],
    [
      "case 66: kind, tenant, workspace and tags, named in the contract's order",
      { sourceKind: "ci", tenantId: "acme", workspaceId: "main", routeTags: ["pay"] },
      base({
        routes: [
          aRoute({
            ...{
              matchRouteTags: ["pay"],
              matchWorkspaceIds: ["main"],
              matchTenantIds: ["acme"],
              matchSourceKinds: ["ci"],
            },
            destinationIds: ["b"],
          }),
        ],
      }),
      "matched_source_kind_tenant_id_workspace_id_route_tags",
      ["b"],
    ],
  ];
  it.each(table)("%s", (_, context, config, why, ids) => {
    const decision = decide(context, config);
    expect(decision.winner.reason).toBe(why);
    expect(decision.effectiveDestinationIds).toEqual(ids);
  });

  it("case 63: the higher priority decides; an overlapping catch-all is listed and adds no destination", () => {
    const decision = decide({ riskLevel: "high" }, base({ routes: [rest, high] }));
    expect(decision.matches.map((match) => match.routeId)).toEqual(["high", "rest"]);
    expect(decision.effectiveDestinationIds).toEqual(["b"]);
    expect(traced({ riskLevel: "high" }, base({ routes: [rest, high] })).map((each) => each.outcome)).toEqual(
      ["won", "matched_later"],
    );
  });

  it("equal priorities: by name, then by id", () => {
    const routes = [
      aRoute({ routeId: "r3", name: "B" }),
      aRoute({ routeId: "r2", name: "A" }),
      aRoute({ routeId: "r1", name: "A" }),
    ];
    expect(decide({}, base({ routes })).matches.map((match) => match.routeId)).toEqual(["r1", "r2", "r3"]);
  });

  it("the trace says of every condition what it wanted and what there was", () => {
    const [trace] = traced({ riskLevel: "low" }, base({ routes: [high] }));
    expect(trace).toEqual({
      routeId: "high",
      routeName: "High",
      enabled: true,
      outcome: "not_matched",
      shadow: false,
      continues: false,
      conditions: [
        {
          ...{ condition: "risk_level", op: "equals", negated: false, wants: ["high"], has: "low" },
          ...{ matched: false, code: "value_differs" },
        },
      ],
    });
  });

  it.each([
    ["low", "high", "high"],
    ["critical", "high", "critical"],
    ["low", undefined, "low"],
    [undefined, "medium", "medium"],
    ["whatever", "info", "info"],
  ])("case 72: reported %s with a floor of %s is %s", (reported, floor, expected) => {
    const safetyDefaults = { ...defaultSafetyDefaults, minimumRiskLevel: floor };
    expect(decide({ riskLevel: reported }, base({ safetyDefaults })).riskLevel).toBe(expected);
  });
});

describe("decideRoute: what blocks", () => {
  const unready: DestinationReadiness = {
    ...{ destinationId: "a", kind: "telemetry", enabled: true, ready: false },
    missing: [reason("monitor_paused", "The monitor is paused")],
  };
  const allow = (...ids: string[]) => ({ enforcesAllowlist: true, allowedDestinationIds: ids });

  const table: [
    string,
    Partial<RouteContext>,
    MonitorConfig,
    Map<string, DestinationReadiness>,
    [string, RegExp][],
  ][] = [
    ["nothing", {}, base(), ready("a"), []],
    [
      "no destination",
      {},
      base({ defaultDestinationIds: [] }),
      ready(),
      [["no_destination", /No destination matched/]],
    ],
    [
      "an unknown id",
      {},
      base({ defaultDestinationIds: ["gone"] }),
      ready(),
      [["destination_not_configured", /is not configured/]],
    ],
    [
      "no readiness row (fail closed)",
      {},
      base(),
      ready(),
      [["destination_readiness_missing", /^Destination `a`.*has no readiness result/]],
    ],
    [
      "not ready",
      {},
      base(),
      new Map([["a", unready]]),
      [["destination_not_ready", /^Destination `a` is not ready: The monitor is paused/]],
    ],
    [
      "case 66: outside the allow-list",
      allow("b"),
      base(),
      ready("a"),
      [["destination_not_allowed_by_source", /not allowed by source binding/]],
    ],
    [
      "case 67: an empty enforced allow-list",
      allow(),
      base(),
      ready("a"),
      [["destination_not_allowed_by_source", /not allowed by source binding/]],
    ],
  ];
  it.each(table)("%s", (_, context, config, readiness, expected) => {
    const { blocked } = decideRoute({ ...blank, ...context }, config, readiness);
    expect(blocked.map((each) => each.code)).toEqual(expected.map(([code]) => code));
    expected.forEach(([, words], index) => expect(blocked[index]?.message).toMatch(words));
  });

  it.each([
    ["record and binding", ["a"], ["b"], []],
    ["project and source", [], ["a"], ["b"]],
  ])("case 67: disjoint lists of %s block", (_, recorded, ofProject, ofSource) => {
    const project = aProject({
      allowedDestinationIds: ofProject,
      logSources: [aLogSource({ allowedDestinationIds: ofSource })],
    });
    const config = base({ monitoredProjects: [project] });
    const content = aDraftContent({
      ...{ projectId: "shop", logSourceId: "api", allowedDestinationIds: recorded },
    });
    const { blocked } = decideRoute(routeContextOf(content, config, { nowMs: 0 }), config, ready("a", "b"));
    expect(blocked.map((each) => each.code)).toEqual(["destination_not_allowed_by_source"]);
  });
});

describe("decideRoute: who must approve", () => {
  it("case 81: naming destinations keeps the matched route's policy, and its destinations' own flags", () => {
    const strict = aRoute({ name: "Strict", destinationIds: ["a"], approvalPolicy: "always" });
    const decision = decide({}, base({ routes: [strict] }), ["b"]);
    expect(decision.winner.reason).toBe("requested_destination_override");
    expect(decision.effectiveDestinationIds).toEqual(["b"]);
    expect(decision.approval).toMatchObject({ required: true, because: [{ code: "route_always" }] });
    const asking = base({ destinations: [a, { ...b, requireApproval: true }] });
    expect(decide({}, asking, ["b"]).approval.because.map((each) => each.code)).toEqual([
      "destination_requires",
    ]);
  });

  it("case 71: preview and publish agree for every policy and risk", () => {
    const risks = ["low", "high", undefined];
    for (const policy of approvalPolicies) {
      for (const ofSource of approvalPolicies) {
        for (const riskLevel of risks) {
          for (const flags of [0, 1, 2, 3]) {
            const config = base({
              requireApprovalForNewIssues: (flags & 1) > 0,
              safetyDefaults: { ...defaultSafetyDefaults, requireApprovalForHighRisk: (flags & 2) > 0 },
              routes: [aRoute({ approvalPolicy: policy })],
              monitoredProjects: [aProject({ approvalPolicy: ofSource })],
            });
            const content = aDraftContent({
              ...{ projectId: "shop", sourceApprovalPolicy: ofSource, riskLevel: riskLevel ?? "" },
            });
            const previewed = previewContent({
              explicit: { routeTags: [] },
              stated: null,
              stored: [routedContentOf(content)],
            });
            const forPreview = decide(routeContextOf(previewed, config, { nowMs: 0 }), config);
            const forPublish = decide(routeContextOf(content, config, { nowMs: 0 }), config);
            expect(forPreview.approval).toEqual(forPublish.approval);
          }
        }
      }
    }
  });
});

describe("decideRoute: its laws", () => {
  const word = fc.constantFrom("a", "b", "gone", "high", "low", "", " A ", "é", "payments");
  const words = fc.array(word, { maxLength: 3 });
  const policy = fc.constantFrom<ApprovalPolicy>(...approvalPolicies);
  const context = fc.record<RouteContext>({
    nowMs: fc.integer(),
    eventType: fc.option(word),
    riskLevel: fc.option(word),
    riskCategory: fc.option(word),
    projectId: fc.option(word),
    routeTags: words,
    allowedDestinationIds: words,
    enforcesAllowlist: fc.boolean(),
    defaultDestinationIds: words,
    sourceApprovalPolicy: fc.option(policy),
    sourceRequiresApproval: fc.boolean(),
  });
  const route = fc
    .record({
      routeId: fc.constantFrom("r1", "r2", "r3"),
      name: word,
      enabled: fc.boolean(),
      priority: fc.integer({ min: -2, max: 2 }),
      destinationIds: words,
      approvalPolicy: policy,
      matchEventTypes: words,
      matchRiskLevels: words,
      matchRouteTags: words,
    })
    .map((fields) => aRoute(fields));
  const config = fc
    .record({
      routes: fc.uniqueArray(route, { maxLength: 3, selector: (each) => each.routeId }),
      defaultDestinationIds: words,
      destinations: fc.constantFrom<Destination[]>([], [a], [a, b]),
      requireApprovalForNewIssues: fc.boolean(),
    })
    .map((fields) => aConfig(fields));

  it("is total and deterministic, and a single match wins", () => {
    fc.assert(
      fc.property(context, config, words, (given, settings, requested) => {
        const readiness = ready("a");
        const decision = decideRoute(given, settings, readiness, requested);
        expect(decideRoute(given, settings, readiness, requested)).toEqual(decision);
        expect(decision.winner).toEqual(decision.matches[0]);
        expect(decision.approval.because.length).toBeGreaterThan(0);
        const trace = traceRoutes(given, settings);
        expect(trace.filter((each) => each.outcome === "won").length).toBeLessThanOrEqual(1);
        // Whatever may leave is configured, allowed and ready.
        if (decision.blocked.length === 0) {
          expect(decision.effectiveDestinationIds.length).toBeGreaterThan(0);
          for (const id of decision.effectiveDestinationIds) {
            expect(readiness.get(id)?.ready).toBe(true);
            if (given.enforcesAllowlist) expect(given.allowedDestinationIds).toContain(id);
          }
        }
      }),
    );
  });

  it("the order in which routes are stored changes nothing", () => {
    fc.assert(
      fc.property(context, config, (given, settings) => {
        const turned = { ...settings, routes: [...settings.routes].reverse() };
        expect(decideRoute(given, turned, ready("a"))).toEqual(decideRoute(given, settings, ready("a")));
      }),
    );
  });
});
