import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aConfig, aDestination, aRoute } from "@/lib/testing/configs";
import { approvalPolicies, type MonitorConfig, type Route } from "./config";
import { mergeConfig } from "./config-merge";
import { type ConditionField, conditionFields, daysOfWeek, type RouteCondition } from "./route-condition";
import { factsOf } from "./route-facts";
import { lintRoutes } from "./route-lint";
import { neverBoth, takesAllOf } from "./route-overlap";
import { compileRoutes, holds } from "./route-table";
import { traceRoutes } from "./route-trace";
import { decideRoute, type RouteContext } from "./routing";

const word = fc.constantFrom(
  "a",
  "b",
  "ab",
  "high",
  "low",
  "critical",
  "error",
  "warn",
  "",
  " A ",
  "é",
  "pay-x",
  "7",
);
const words = fc.array(word, { maxLength: 3 });
const nullable = fc.option(word);
const context: fc.Arbitrary<RouteContext> = fc
  .record({
    ...{ eventType: nullable, source: nullable, component: nullable, riskLevel: nullable, title: nullable },
    ...{ level: nullable, repo: nullable, provenance: nullable, projectId: nullable, confidence: nullable },
    occurrenceCount: fc.option(fc.integer({ min: 1, max: 9 })),
    nowMs: fc.integer({ min: 0, max: 4e12 }),
    ...{ routeTags: words, allowedDestinationIds: words, defaultDestinationIds: words },
    enforcesAllowlist: fc.boolean(),
    sourceApprovalPolicy: fc.option(fc.constantFrom(...approvalPolicies)),
    sourceRequiresApproval: fc.boolean(),
  })
  .map((fields) => fields);

const field = fc.constantFrom<ConditionField>(...conditionFields);
const condition: fc.Arbitrary<RouteCondition> = fc.oneof(
  fc.record({
    field,
    op: fc.constantFrom("equals", "prefix", "glob"),
    values: fc.array(fc.oneof(word, fc.constantFrom("a*", "?", "*b")), { minLength: 1, maxLength: 3 }),
    negate: fc.boolean(),
  }),
  fc.record({
    field,
    op: fc.constant("regex" as const),
    values: fc.array(fc.constantFrom("^a", "b$", "a|é", "(", "x+x+y", "."), { minLength: 1, maxLength: 2 }),
    negate: fc.boolean(),
  }),
  fc.record({
    field: fc.constantFrom<ConditionField>("risk_level", "level", "confidence", "occurrence_count", "title"),
    op: fc.constantFrom("at_least", "at_most"),
    value: fc.oneof(word, fc.integer({ min: 0, max: 9 })),
    negate: fc.boolean(),
  }),
);
const time = fc.constantFrom("00:00", "06:00", "12:30", "22:00", "24:00");
const window = fc.record({
  zone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "No/Where"),
  days: fc.subarray([...daysOfWeek]),
  from: time,
  to: time,
});
const route = fc
  .record({
    routeId: fc.constantFrom("r1", "r2", "r3", "r4", "r5"),
    name: word,
    enabled: fc.boolean(),
    priority: fc.integer({ min: -1, max: 1 }),
    destinationIds: words,
    approvalPolicy: fc.constantFrom(...approvalPolicies),
    ...{ matchEventTypes: words, matchRiskLevels: words, matchRouteTags: words, matchComponents: words },
    conditions: fc.array(condition, { maxLength: 3 }),
    activeWindows: fc.array(window, { maxLength: 2 }),
    continue: fc.boolean(),
    mode: fc.constantFrom("live" as const, "shadow" as const),
  })
  .map((fields) => aRoute(fields));
const config: fc.Arbitrary<MonitorConfig> = fc
  .record({
    routes: fc.uniqueArray(route, { maxLength: 5, selector: (each) => each.routeId }),
    defaultDestinationIds: words,
    destinations: fc.subarray(["a", "b", "ab"].map((destinationId) => aDestination({ destinationId }))),
    requireApprovalForNewIssues: fc.boolean(),
  })
  .map((fields) => aConfig(fields));
/** Routes that ask about the same few things, so that one often has to do with another. */
const relatedField = fc.constantFrom<ConditionField>("component", "route_tags", "risk_level");
const relatedCondition: fc.Arbitrary<RouteCondition> = fc.oneof(
  fc.record({
    field: relatedField,
    op: fc.constantFrom("equals", "prefix", "glob", "regex"),
    values: fc.subarray(["a", "ab", "b", "a*"], { minLength: 1 }),
    negate: fc.boolean(),
  }),
  fc.record({
    field: fc.constant("risk_level" as const),
    op: fc.constantFrom("at_least", "at_most"),
    value: fc.constantFrom("low", "high", "critical"),
    negate: fc.boolean(),
  }),
);
const relatedWide = relatedCondition.map((only) => aRoute({ conditions: [only] }));
const related = fc
  .record({
    conditions: fc.array(relatedCondition, { minLength: 1, maxLength: 3 }),
    matchComponents: fc.subarray(["a", "b"]),
  })
  .map((fields) => aRoute(fields));
/** Every record there is, as far as such routes can tell records apart. */
const everyRecord = ["a", "ab", "b", "c", null].flatMap((component) =>
  ["low", "high", "critical", "odd", null].flatMap((riskLevel) =>
    [[], ["a"], ["ab"], ["b"], ["a", "b"], ["a", "c"], ["ab", "b"]].map((routeTags) =>
      factsOf({
        ...{ nowMs: 0, allowedDestinationIds: [], enforcesAllowlist: false, defaultDestinationIds: [] },
        ...{ sourceApprovalPolicy: null, sourceRequiresApproval: false, component, riskLevel, routeTags },
      }),
    ),
  ),
);
const none = new Map();
const liveOf = (settings: MonitorConfig) => settings.routes.filter((each) => each.mode !== "shadow");

describe("the laws of routing", () => {
  it("total, deterministic, and the table made once decides as one made anew", () => {
    fc.assert(
      fc.property(context, config, words, (given, settings, requested) => {
        const decision = decideRoute(given, settings, none, requested);
        expect(decideRoute(given, structuredClone(settings), none, requested)).toEqual(decision);
        expect(decision.approval.because.length).toBeGreaterThan(0);
        expect(decision.matches[0]).toEqual(decision.winner);
      }),
    );
  });

  it("deciding by index and tracing every route agree", () => {
    fc.assert(
      fc.property(context, config, (given, settings) => {
        const decision = decideRoute(given, settings, none);
        const trace = traceRoutes(given, settings);
        const ids = (...outcomes: string[]) =>
          trace.flatMap((each) => (outcomes.includes(each.outcome) ? [each.routeId] : []));
        const routed = decision.matches.flatMap((each) => each.routeId ?? []);
        expect(ids("won", "joined", "matched_later")).toEqual(routed);
        expect(ids("won", "joined")).toEqual(decision.contributors.flatMap((each) => each.routeId ?? []));
        expect(ids("shadow")).toEqual(decision.shadow.map((each) => each.routeId));
        expect(ids("won").length).toBeLessThanOrEqual(1);
        for (const each of trace) {
          for (const asked of each.conditions) expect(asked.matched).toBe(asked.code === "holds");
        }
      }),
    );
  });

  it("the order in which routes are stored changes nothing", () => {
    fc.assert(
      fc.property(context, config, fc.infiniteStream(fc.nat()), (given, settings, dice) => {
        const routes = [...settings.routes];
        const shuffled: Route[] = [];
        while (routes.length > 0)
          shuffled.push(...routes.splice((dice.next().value ?? 0) % routes.length, 1));
        const turned = { ...settings, routes: shuffled };
        expect(decideRoute(given, turned, none)).toEqual(decideRoute(given, settings, none));
        expect(traceRoutes(given, turned)).toEqual(traceRoutes(given, settings));
      }),
    );
  });

  it("a higher priority is heard before a lower one", () => {
    fc.assert(
      fc.property(context, config, (given, settings) => {
        const priorities = new Map(settings.routes.map((each) => [each.routeId, each.priority]));
        const heard = decideRoute(given, settings, none).matches.map((each) =>
          each.routeId ? priorities.get(each.routeId) : 0,
        );
        expect(heard).toEqual([...heard].sort((left, right) => (right ?? 0) - (left ?? 0)));
      }),
    );
  });

  it("shadow routes change nothing but what is said of them", () => {
    fc.assert(
      fc.property(context, config, (given, settings) => {
        const decision = decideRoute(given, settings, none);
        const without = decideRoute(given, { ...settings, routes: liveOf(settings) }, none);
        expect({ ...decision, shadow: [] }).toEqual(without);
      }),
    );
  });

  it("a negated condition is the exact opposite, unless it makes no sense", () => {
    fc.assert(
      fc.property(context, condition, (given, asked) => {
        const codes = [false, true].map((negate) => {
          const routes = [aRoute({ conditions: [{ ...asked, negate }] })];
          return traceRoutes(given, aConfig({ routes }))[0]?.conditions[0];
        });
        if (codes[0]?.code === "condition_invalid") expect(codes[1]?.code).toBe("condition_invalid");
        else expect(codes[0]?.matched).not.toBe(codes[1]?.matched);
      }),
    );
  });

  it("storing a route changes nothing about what it matches, and storing it twice nothing at all", () => {
    fc.assert(
      fc.property(context, config, (given, settings) => {
        const { routes } = mergeConfig(settings, { routes: settings.routes });
        expect(mergeConfig(settings, { routes }).routes).toEqual(routes);
        // Names are trimmed when they are stored, which may change the order among equals: ids are compared as sets.
        const matched = (of: Route[]) =>
          traceRoutes(given, { ...settings, routes: of }).flatMap((each) =>
            each.conditions.every((asked) => asked.matched) ? [each.routeId] : [],
          );
        const stored = new Set(matched(routes));
        const before = settings.routes.filter((each) => each.conditions?.every(isStorable) !== false);
        for (const id of matched(before)) expect(stored).toContain(id);
      }),
    );
  });

  it("what is said of two routes holds for every record", () => {
    const said = { takes: 0, never: 0 };
    fc.assert(
      fc.property(relatedWide, related, (wide, narrow) => {
        const [first, second] = [wide, narrow].map((each) => compileRoutes([each]).ordered[0]);
        if (!first || !second) throw new Error("a table of one route has one route");
        const matched = everyRecord.filter((facts) => holds(second, facts));
        if (takesAllOf(first, second)) {
          said.takes += Math.sign(matched.length);
          expect(matched.every((facts) => holds(first, facts))).toBe(true);
        }
        if (neverBoth(first, second)) {
          said.never += Math.sign(matched.length);
          expect(matched.some((facts) => holds(first, facts))).toBe(false);
        }
      }),
      { numRuns: 3_000 },
    );
    // The law was put to the test, not only never contradicted.
    expect(Math.min(said.takes, said.never)).toBeGreaterThan(50);
  });

  it("lint never throws, and what it calls unreached never wins", () => {
    fc.assert(
      fc.property(context, config, (given, settings) => {
        const dead = lintRoutes(settings)
          .filter((each) => each.code === "route_unreachable" || each.code === "route_shadowed")
          .map((each) => each.routeId);
        for (const each of decideRoute(given, settings, none).contributors)
          expect(dead).not.toContain(each.routeId);
      }),
      { numRuns: 1_000 },
    );
  });
});

/** Blank values, which storing drops, are part of what some generated conditions ask for. */
function isStorable({ values = ["x"] }: RouteCondition): boolean {
  return values.every((value) => value.trim() !== "");
}
