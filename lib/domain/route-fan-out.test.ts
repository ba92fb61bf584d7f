import { describe, expect, it } from "vitest";
import { aConfig, aDestination, aRoute } from "@/lib/testing/configs";
import { policyVersionOf } from "./approval";
import type { ApprovalPolicy, MonitorConfig, Route } from "./config";
import type { GivenRoute } from "./config-defaults";
import type { DestinationReadiness } from "./payload";
import { traceRoutes } from "./route-trace";
import { decideRoute, type RouteContext } from "./routing";

const blank: RouteContext = {
  ...{ nowMs: Date.parse("2026-07-01T12:05Z"), routeTags: [], allowedDestinationIds: [] },
  ...{ enforcesAllowlist: false, defaultDestinationIds: [] },
  ...{ sourceApprovalPolicy: null, sourceRequiresApproval: false },
};
const ids = ["a", "b", "c", "d"];
const destinations = ids.map((destinationId) => aDestination({ destinationId, name: destinationId }));
const ready = new Map<string, DestinationReadiness>(
  ids.map((id) => [id, { destinationId: id, kind: "telemetry", enabled: true, ready: true, missing: [] }]),
);
let made = 0;
/** Each tried after the one made before it. */
const route = (routeId: string, fields: Partial<GivenRoute> = {}): Route =>
  aRoute({ routeId, name: routeId, priority: -(made += 1), ...fields });
const base = (routes: Route[], fields: Partial<MonitorConfig> = {}) =>
  aConfig({ destinations, defaultDestinationIds: ["d"], routes, ...fields });
const decide = (config: MonitorConfig, context: Partial<RouteContext> = {}, requested: string[] = []) =>
  decideRoute({ ...blank, ...context }, config, ready, requested);
const outcomes = (config: MonitorConfig, context: Partial<RouteContext> = {}) =>
  traceRoutes({ ...blank, ...context }, config).map((each) => each.outcome);
const sends = (...destinationIds: string[]) => ({ destinationIds });
const on = { continue: true };

describe("continue", () => {
  it.each<[string, Route[], string[], string[], string[]]>([
    [
      "the next match adds its own",
      [route("r", { ...sends("a"), ...on }), route("s", sends("b"))],
      ["r", "s"],
      ["a", "b"],
      ["won", "joined"],
    ],
    [
      "without it the search ends",
      [route("r", { ...sends("a"), ...on }), route("s", sends("b")), route("t", sends("c"))],
      ["r", "s"],
      ["a", "b"],
      ["won", "joined", "matched_later"],
    ],
    [
      "a chain, in order, each destination once",
      [
        route("r", { ...sends("b", "a"), ...on }),
        route("s", { ...sends("a", "c"), ...on }),
        route("t", sends("d")),
      ],
      ["r", "s", "t"],
      ["b", "a", "c", "d"],
      ["won", "joined", "joined"],
    ],
    [
      "what does not match is passed over",
      [
        route("r", { ...sends("a"), ...on }),
        route("s", { ...sends("b"), matchComponents: ["x"] }),
        route("t", sends("c")),
      ],
      ["r", "t"],
      ["a", "c"],
      ["won", "not_matched", "joined"],
    ],
    ["alone: the defaults are not added", [route("r", { ...sends("a"), ...on })], ["r"], ["a"], ["won"]],
    [
      "one that names none brings the defaults",
      [route("r", { ...sends("a"), ...on }), route("s")],
      ["r", "s"],
      ["a", "d"],
      ["won", "joined"],
    ],
  ])("%s", (_, routes, contributing, effective, expected) => {
    const config = base(routes);
    const decision = decide(config);
    expect(decision.contributors.map((each) => each.routeId)).toEqual(contributing);
    expect(decision.winner).toEqual(decision.contributors[0]);
    expect(decision.effectiveDestinationIds).toEqual(effective);
    expect(decision.blocked).toEqual([]);
    expect(outcomes(config)).toEqual(expected);
  });

  it("every live match is listed, each with its own destinations", () => {
    const routes = [route("r", { ...sends("a"), ...on }), route("s", sends("b")), route("t", sends("c"))];
    const { matches } = decide(base(routes));
    expect(matches.map((each) => [each.routeId, each.destinationIds])).toEqual([
      ["r", ["a"]],
      ["s", ["b"]],
      ["t", ["c"]],
    ]);
  });

  it.each<[ApprovalPolicy, ApprovalPolicy, boolean, string[]]>([
    ["never", "never", false, ["route_never", "route_never"]],
    ["never", "inherit", true, ["global_requires"]],
    ["inherit", "never", true, ["global_requires"]],
    ["never", "always", true, ["route_always"]],
    ["always", "never", true, ["route_always"]],
    ["never", "high_risk", true, ["global_requires"]],
  ])("%s and %s, with the global flag on: %s", (first, second, required, because) => {
    const routes = [
      route("r", { ...sends("a"), ...on, approvalPolicy: first }),
      route("s", { ...sends("b"), approvalPolicy: second }),
    ];
    const { approval } = decide(base(routes, { requireApprovalForNewIssues: true }));
    expect(approval.required).toBe(required);
    expect(approval.because.map((each) => each.code)).toEqual(because);
  });

  it("a route behind the end of the search has no say", () => {
    const routes = [route("r", sends("a")), route("s", { ...sends("b"), approvalPolicy: "always" })];
    expect(decide(base(routes)).approval.required).toBe(false);
  });

  it("naming destinations skips the policy of no route that would have sent it", () => {
    const routes = [
      route("r", { ...sends("a"), ...on }),
      route("s", { ...sends("b"), approvalPolicy: "always" }),
    ];
    const decision = decide(base(routes), {}, ["c"]);
    expect(decision.effectiveDestinationIds).toEqual(["c"]);
    expect(decision.matches).toEqual([decision.winner]);
    expect(decision.approval).toMatchObject({ required: true, because: [{ code: "route_always" }] });
  });

  it("the policy version names the routes that joined, and is what it was without any", () => {
    const version = (routes: Route[]) => {
      const config = base(routes);
      return policyVersionOf(decide(config), null, config, (text) => text);
    };
    const alone = version([route("r", sends("a"))]);
    expect(version([route("r", { ...sends("a"), ...on })])).toBe(alone);
    expect(alone).not.toContain("joined");
    const joined = version([route("r", { ...sends("a"), ...on }), route("s", sends("b"))]);
    expect(JSON.parse(joined)).toMatchObject({ route: "r", joined: [["s", "inherit"]] });
  });
});

describe("shadow", () => {
  it("is judged and shown, and changes nothing", () => {
    const live = [route("r", sends("a")), route("s", sends("b"))];
    const shadow = aRoute({
      ...{ routeId: "x", name: "x", priority: 5, mode: "shadow", destinationIds: ["c"] },
      approvalPolicy: "always",
    });
    const without = decide(base(live));
    const config = base([...live, shadow]);
    const withIt = decide(config);
    expect({ ...withIt, shadow: [] }).toEqual(without);
    expect(withIt.shadow).toEqual([
      {
        ...{ routeId: "x", routeName: "x", destinationIds: ["c"], reason: "catch_all_route" },
        ...{ approvalPolicy: "always", reached: true },
      },
    ]);
    expect(outcomes(config)).toEqual(["shadow", "won", "matched_later"]);
  });

  it("says whether the search would have come to it", () => {
    const routes = [
      route("r", sends("a")),
      route("x", { mode: "shadow" }),
      route("y", { mode: "shadow", ...on }),
    ];
    expect(
      decide(base(routes)).shadow.map((each) => [each.routeId, each.reached, each.destinationIds]),
    ).toEqual([
      ["x", false, ["d"]],
      ["y", false, ["d"]],
    ]);
    const open = [
      route("r", { ...sends("a"), ...on }),
      route("x", { mode: "shadow" }),
      route("s", sends("b")),
    ];
    expect(decide(base(open)).shadow[0]?.reached).toBe(true);
  });

  it("one that does not match, and one that is disabled, are only traced", () => {
    const config = base([
      route("x", { mode: "shadow", matchComponents: ["none"] }),
      route("y", { mode: "shadow", enabled: false }),
    ]);
    expect(decide(config).shadow).toEqual([]);
    expect(outcomes(config)).toEqual(["not_matched", "disabled"]);
  });
});

describe("conditions and windows in a table", () => {
  it("lists, conditions and windows all must hold, and the trace says which did not", () => {
    const config = base([
      route("r", {
        matchComponents: ["api"],
        conditions: [
          { field: "title", op: "regex", values: ["time.?out"] },
          { field: "level", op: "at_least", value: "error" },
          { field: "source", op: "equals", values: ["ci"], negate: true },
        ],
        activeWindows: [{ zone: "Europe/Berlin", days: ["wed"], from: "22:00", to: "06:00" }],
      }),
    ]);
    const record = { component: "API", title: "Time out", level: "warn", source: "ci" };
    expect(decide(config, record).winner.reason).toBe("default_destination");
    const [trace] = traceRoutes({ ...blank, ...record }, config);
    expect(trace?.conditions).toEqual([
      {
        condition: "component",
        op: "equals",
        negated: false,
        wants: ["api"],
        has: "api",
        matched: true,
        code: "holds",
      },
      {
        condition: "title",
        op: "regex",
        negated: false,
        wants: ["time.?out"],
        has: "Time out",
        matched: true,
        code: "holds",
      },
      {
        condition: "level",
        op: "at_least",
        negated: false,
        wants: ["error"],
        has: "warn",
        matched: false,
        code: "too_low",
      },
      {
        condition: "source",
        op: "equals",
        negated: true,
        wants: ["ci"],
        has: "ci",
        matched: false,
        code: "excluded",
      },
      {
        ...{ condition: "active_windows", op: "within", negated: false },
        ...{ wants: ["Wed 22:00-06:00 Europe/Berlin"], has: "Wed 14:05 Europe/Berlin" },
        ...{ matched: false, code: "outside_window" },
      },
    ]);
    const night = { ...record, level: "fatal", source: "cron", nowMs: Date.parse("2026-07-01T22:30Z") };
    expect(decide(config, night).winner.reason).toBe("matched_source_component_title_level_active_windows");
  });

  it("the risk floor is applied before an order is asked about (case 72)", () => {
    const asked = route("r", {
      ...sends("a"),
      conditions: [{ field: "risk_level", op: "at_least", value: "high" }],
    });
    const config = base([asked]);
    expect(decide(config, { riskLevel: "low" }).winner.routeId).toBeNull();
    const safetyDefaults = { ...config.safetyDefaults, minimumRiskLevel: "high" };
    expect(decide({ ...config, safetyDefaults }, { riskLevel: "low" }).winner.routeId).toBe("r");
  });

  it("a route that only asks for something of ours is no catch-all", () => {
    const config = base([
      route("r", { conditions: [{ field: "provenance", op: "equals", values: ["report"] }] }),
    ]);
    expect(decide(config, { provenance: "report" }).winner.reason).toBe("matched_provenance");
    expect(decide(config, { provenance: "log_source" }).winner.reason).toBe("default_destination");
  });
});
