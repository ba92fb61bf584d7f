import { describe, expect, it } from "vitest";
import { aConfig, aDestination, aLogSource, aProject, aRoute } from "@/lib/testing/configs";
import type { MonitorConfig, Route } from "./config";
import type { GivenRoute } from "./config-defaults";
import type { RouteCondition } from "./route-condition";
import { lintRoutes, warningsOf } from "./route-lint";

let made = 0;
/** Each tried after the one made before it. */
const route = (routeId: string, fields: Partial<GivenRoute> = {}): Route =>
  aRoute({ routeId, name: routeId, priority: -(made += 1), destinationIds: ["a"], ...fields });
const a = aDestination({ destinationId: "a", name: "A" });
const b = aDestination({ destinationId: "b", name: "B" });
const base = (fields: Partial<MonitorConfig>) =>
  aConfig({ destinations: [a], defaultDestinationIds: ["a"], ...fields });
const line = (config: MonitorConfig) =>
  lintRoutes(config).map((each) => `${each.severity} ${each.path} ${each.code}`);
const when = (...conditions: RouteCondition[]) => ({ conditions });
const high = when({ field: "risk_level", op: "at_least", value: "high" });
const night = { activeWindows: [{ zone: "UTC", from: "22:00", to: "06:00" }] };
const shop = aProject();

describe("routes that are never reached", () => {
  it.each<[string, Route[], string[]]>([
    ["nothing wrong", [route("r", high), route("s")], []],
    ["behind a catch-all", [route("r"), route("s", high)], ["warning routes[1] route_unreachable"]],
    ["behind a catch-all that continues", [route("r", { continue: true }), route("s", high)], []],
    ["behind a disabled catch-all", [route("r", { enabled: false }), route("s", high)], []],
    ["behind a catch-all in shadow", [route("r", { mode: "shadow" }), route("s", high)], []],
    ["a shadow route behind a catch-all", [route("r"), route("s", { mode: "shadow" })], []],
    ["behind one that is awake at night", [route("r", night), route("s", high)], []],
    [
      "behind one awake in the same hours",
      [route("r", night), route("s", { ...night, ...high })],
      ["warning routes[1] route_shadowed"],
    ],
    [
      "a wider list first",
      [route("r", { matchComponents: ["a", "b"] }), route("s", { matchComponents: ["A"] })],
      ["warning routes[1] route_shadowed"],
    ],
    [
      "a narrower list first",
      [route("r", { matchComponents: ["a"] }), route("s", { matchComponents: ["a", "b"] })],
      [],
    ],
    [
      "another field first",
      [route("r", { matchComponents: ["a"] }), route("s", { matchSources: ["a"] })],
      [],
    ],
    [
      "a list inside a prefix",
      [
        route("r", when({ field: "component", op: "prefix", values: ["pay"] })),
        route("s", { matchComponents: ["payments"] }),
      ],
      ["warning routes[1] route_shadowed"],
    ],
    [
      "a list inside an order",
      [route("r", high), route("s", { matchRiskLevels: ["critical", "urgent"] })],
      ["warning routes[1] route_shadowed"],
    ],
    [
      "a list not quite inside an order",
      [route("r", high), route("s", { matchRiskLevels: ["critical", "odd"] })],
      [],
    ],
    [
      "an order inside an order",
      [route("r", high), route("s", when({ field: "risk_level", op: "at_least", value: "critical" }))],
      ["warning routes[1] route_shadowed"],
    ],
    [
      "the same expression",
      [
        route("r", when({ field: "title", op: "regex", values: ["x+"] })),
        route("s", { ...when({ field: "title", op: "regex", values: ["x+"] }), matchSources: ["ci"] }),
      ],
      ["warning routes[1] route_shadowed"],
    ],
    [
      "an expression is not compared with a word",
      [
        route("r", when({ field: "title", op: "regex", values: ["x"] })),
        route("s", when({ field: "title", op: "equals", values: ["x"] })),
      ],
      [],
    ],
    [
      "a value that a negation leaves in",
      [
        route("r", when({ field: "source", op: "equals", values: ["ci"], negate: true })),
        route("s", { matchSources: ["cron"] }),
      ],
      ["warning routes[1] route_shadowed"],
    ],
    [
      "a tag beside which others may be",
      [
        route("r", when({ field: "route_tags", op: "equals", values: ["x"], negate: true })),
        route("s", { matchRouteTags: ["y"] }),
      ],
      [],
    ],
  ])("%s", (_, routes, expected) => {
    const found = line(base({ routes })).filter((each) => /route_(?:unreachable|shadowed)/.test(each));
    expect(found).toEqual(expected);
  });

  it.each<[Route["approvalPolicy"], Route["approvalPolicy"], boolean]>([
    ["never", "always", true],
    ["inherit", "always", true],
    ["high_risk", "always", true],
    ["inherit", "high_risk", true],
    ["never", "inherit", true],
    ["always", "never", false],
    ["always", "always", false],
  ])("%s before %s: an approval is lost, %s", (earlier, later, lost) => {
    const routes = [route("r", { approvalPolicy: earlier }), route("s", { ...high, approvalPolicy: later })];
    const found = lintRoutes(base({ routes })).filter((each) => each.code === "approval_weaker");
    expect(found.map((each) => [each.routeId, each.otherRouteId, each.severity])).toEqual(
      lost ? [["s", "r", "error"]] : [],
    );
    if (lost) expect(found[0]?.message).toContain(`\`${later}\``);
  });

  it("names both, in words", () => {
    const [found] = lintRoutes(
      base({ routes: [route("r", { name: "Rest" }), route("s", { ...high, name: "Pay" })] }),
    );
    expect(found).toEqual({
      ...{
        code: "route_unreachable",
        severity: "warning",
        path: "routes[1]",
        routeId: "s",
        otherRouteId: "r",
      },
      message: "Route Rest asks for nothing and takes every record before Pay.",
    });
  });
});

describe("where routes lead", () => {
  it.each<[string, Partial<MonitorConfig>, string[]]>([
    [
      "neither default nor catch-all",
      { defaultDestinationIds: [], routes: [route("r", high)] },
      ["warning default_destination_ids no_default"],
    ],
    ["a catch-all is as good as a default", { defaultDestinationIds: [], routes: [route("r")] }, []],
    [
      "a catch-all in shadow is not",
      { defaultDestinationIds: [], routes: [route("r", { mode: "shadow" })] },
      ["warning default_destination_ids no_default", "info destinations[0] destination_unused"],
    ],
    ["an old configuration has its one", { destinations: [], defaultDestinationIds: [] }, []],
    [
      "a route that names none, and no default",
      { defaultDestinationIds: [], routes: [route("r", { destinationIds: [] }), route("s", high)] },
      [
        "warning routes[1] route_unreachable",
        "error routes[0].destination_ids route_sends_nowhere",
        "info destinations[0] destination_unused",
      ],
    ],
    [
      "unknown destinations",
      { defaultDestinationIds: ["a", "gone"], routes: [route("r", { destinationIds: ["a", "away"] })] },
      [
        "error routes[0].destination_ids[1] destination_unknown",
        "error default_destination_ids[1] destination_unknown",
      ],
    ],
    [
      "disabled destinations",
      { destinations: [{ ...a, enabled: false }], routes: [route("r")] },
      [
        "warning routes[0].destination_ids[0] destination_disabled",
        "warning default_destination_ids[0] destination_disabled",
      ],
    ],
    ["a destination nobody sends to", { destinations: [a, b] }, ["info destinations[1] destination_unused"]],
    [
      "one that only a route never reached sends to",
      { destinations: [a, b], routes: [route("r"), route("s", { destinationIds: ["b"] })] },
      ["warning routes[1] route_unreachable", "info destinations[1] destination_unused"],
    ],
    [
      "one that a source sends to by default",
      { destinations: [a, b], monitoredProjects: [aProject({ defaultDestinationIds: ["b"] })] },
      [],
    ],
    ["a disabled one needs nobody", { destinations: [a, { ...b, enabled: false }] }, []],
    [
      "a window that never opens",
      { routes: [route("r", { activeWindows: [{ zone: "UTC", from: "08:00", to: "08:00" }] })] },
      ["warning routes[0].active_windows[0] window_never_opens"],
    ],
    [
      "lists nothing can meet",
      { routes: [route("r", { matchProjectIds: ["gone"] }), route("s", { matchSourceKinds: ["odd"] })] },
      [
        "warning routes[0].match_project_ids project_unknown",
        "warning routes[1].match_source_kinds source_kind_unknown",
      ],
    ],
    [
      "a disabled route is left alone",
      { routes: [route("r", { enabled: false, destinationIds: ["gone"] })] },
      [],
    ],
  ])("%s", (_, fields, expected) => {
    expect(line(base(fields))).toEqual(expected);
  });
});

describe("sources that reach nothing", () => {
  const bound = (fields: Parameters<typeof aProject>[0]) => [aProject(fields)];
  it.each<[string, Partial<MonitorConfig>, string[]]>([
    ["the default is enough", { monitoredProjects: [shop] }, []],
    [
      "an allow-list without the default",
      { destinations: [a, b], monitoredProjects: bound({ allowedDestinationIds: ["b"] }) },
      ["monitored_projects[0]"],
    ],
    [
      "a route of its own leads there",
      {
        destinations: [a, b],
        monitoredProjects: bound({ allowedDestinationIds: ["b"] }),
        routes: [route("r", { matchProjectIds: ["shop"], destinationIds: ["b"] })],
      },
      [],
    ],
    [
      "a route of another project does not",
      {
        destinations: [a, b],
        monitoredProjects: [...bound({ allowedDestinationIds: ["b"] }), aProject({ projectId: "till" })],
        routes: [route("r", { matchProjectIds: ["till"], destinationIds: ["b"] })],
      },
      ["monitored_projects[0]"],
    ],
    [
      "a route that could match does",
      {
        destinations: [a, b],
        monitoredProjects: bound({ allowedDestinationIds: ["b"] }),
        routes: [route("r", { ...high, destinationIds: ["b"] })],
      },
      [],
    ],
    [
      "a route on another tenant does not",
      {
        destinations: [a, b],
        monitoredProjects: bound({ allowedDestinationIds: ["b"], tenantId: "t1" }),
        routes: [route("r", { matchTenantIds: ["t2"], destinationIds: ["b"] })],
      },
      ["monitored_projects[0]"],
    ],
    [
      "a disabled destination does not count",
      {
        destinations: [a, { ...b, enabled: false }],
        monitoredProjects: bound({ allowedDestinationIds: ["b"], defaultDestinationIds: ["b"] }),
      },
      ["monitored_projects[0]"],
    ],
    [
      "no allow-list, and nothing that could match",
      {
        defaultDestinationIds: [],
        routes: [route("r", { matchProjectIds: ["till"] })],
        monitoredProjects: [shop, aProject({ projectId: "till" })],
      },
      ["monitored_projects[0]"],
    ],
    [
      "one source of a project",
      {
        destinations: [a, b],
        monitoredProjects: bound({
          logSources: [aLogSource(), aLogSource({ sourceId: "web", allowedDestinationIds: ["b"] })],
        }),
      },
      ["monitored_projects[0].log_sources[1]"],
    ],
    [
      "what holds for all of a project is said once",
      {
        destinations: [a, b],
        monitoredProjects: bound({ allowedDestinationIds: ["b"], logSources: [aLogSource()] }),
      },
      ["monitored_projects[0]"],
    ],
  ])("%s", (_, fields, expected) => {
    const found = lintRoutes(base(fields)).filter((each) => each.code === "source_reaches_nothing");
    expect(found.map((each) => each.path)).toEqual(expected);
  });
});

describe("order and names", () => {
  const same = (routeId: string, name: string, fields: Partial<GivenRoute> = {}) =>
    route(routeId, { name, priority: 0, ...high, ...fields });
  it.each<[string, Route[], string[]]>([
    [
      "one name and one priority",
      [same("r", "X"), same("s", "X", { matchSources: ["ci"] })],
      ["warning routes[1].name order_ambiguous"],
    ],
    [
      "one name, two priorities",
      [same("r", "X", { matchSources: ["ci"] }), same("s", "X", { priority: -1 })],
      ["info routes[1].name name_ambiguous"],
    ],
    [
      "one name, and no record for both",
      [same("r", "X", { matchSources: ["ci"] }), same("s", "X", { matchSources: ["cron"] })],
      ["info routes[1].name name_ambiguous"],
    ],
    [
      "one priority, two names",
      [same("r", "X", { matchSources: ["ci"] }), same("s", "Y")],
      ["info routes[1].priority priority_shared"],
    ],
    [
      "one priority, and no record for both",
      [same("r", "X", { matchSources: ["ci"] }), same("s", "Y", { matchSources: ["cron"] })],
      [],
    ],
    ["apart", [same("r", "X", { matchSources: ["ci"] }), same("s", "Y", { priority: -1 })], []],
  ])("%s", (_, routes, expected) => {
    const found = line(base({ routes })).filter((each) => /ambiguous|shared/.test(each));
    expect(found).toEqual(expected);
  });
});

describe("what a save says of it", () => {
  it("all but what is only worth knowing, and what validation says itself", () => {
    const config = base({
      destinations: [a, b],
      routes: [route("r"), route("s", { ...high, destinationIds: ["gone"], approvalPolicy: "always" })],
    });
    expect(warningsOf(lintRoutes(config)).map(({ path, code }) => `${path} ${code}`)).toEqual([
      "routes[1] route_unreachable",
      "routes[1] approval_weaker",
    ]);
  });

  it("2,000 routes are looked at in a moment", () => {
    const routes = Array.from({ length: 2_000 }, (_, index) =>
      aRoute({
        routeId: `r${index}`,
        name: `R${index % 1_900}`,
        matchComponents: [`c${index}`],
        destinationIds: ["a"],
      }),
    );
    const startedAt = performance.now();
    lintRoutes(base({ routes }));
    expect(performance.now() - startedAt).toBeLessThan(2_000);
  });
});
