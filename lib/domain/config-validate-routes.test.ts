import { describe, expect, it } from "vitest";
import { aConfig, aRoute } from "@/lib/testing/configs";
import { mergeConfig } from "./config-merge";
import { normaliseConfig } from "./config-normalise";
import { validateConfig } from "./config-validate";
import type { ActiveWindow, GivenCondition, RouteCondition } from "./route-condition";

const errorsOf = (fields: Parameters<typeof aRoute>[0]) =>
  validateConfig(normaliseConfig(aConfig({ routes: [aRoute(fields)] }))).errors;
const condition = (fields: Partial<RouteCondition>) => ({
  conditions: [{ field: "title" as const, op: "equals" as const, ...fields }],
});
const window = (fields: Partial<ActiveWindow>) => ({
  activeWindows: [{ zone: "UTC", from: "08:00", to: "17:00", ...fields }],
});
const at = "routes[0].conditions[0]";

describe("what a route may ask", () => {
  it.each<[string, Parameters<typeof aRoute>[0], [string, string][]]>([
    ["words", condition({ values: ["a"] }), []],
    ["no words", condition({ values: [] }), [[`${at}.values`, "values_required"]]],
    ["blank words", condition({ op: "prefix", values: ["  "] }), [[`${at}.values`, "values_required"]]],
    ["an expression", condition({ op: "regex", values: ["^a(b|c)+$"] }), []],
    [
      "an expression that is none",
      condition({ op: "regex", values: ["a", "b)"] }),
      [[`${at}.values[1]`, "pattern_invalid"]],
    ],
    [
      "one that takes too long",
      condition({ op: "regex", values: ["(.{0,1000})z"] }),
      [[`${at}.values[0]`, "pattern_invalid"]],
    ],
    ["an order", condition({ field: "risk_level", op: "at_least", value: "high" }), []],
    ["an order of severity", condition({ field: "level", op: "at_most", value: "Warning" }), []],
    ["an order of numbers", condition({ field: "occurrence_count", op: "at_least", value: 10 }), []],
    [
      "an order where there is none",
      condition({ op: "at_least", value: "a" }),
      [[`${at}.op`, "op_not_for_field"]],
    ],
    [
      "an order of tags",
      condition({ field: "route_tags", op: "at_most", value: "a" }),
      [[`${at}.op`, "op_not_for_field"]],
    ],
    [
      "an order without a bound",
      condition({ field: "confidence", op: "at_least" }),
      [[`${at}.value`, "value_required"]],
    ],
    [
      "two bounds",
      condition({ field: "confidence", op: "at_least", values: ["low", "high"] }),
      [[`${at}.values`, "values_not_for_op"]],
    ],
    [
      "a bound nobody knows",
      condition({ field: "risk_level", op: "at_least", value: "odd" }),
      [[`${at}.value`, "level_unknown"]],
    ],
    [
      "a bound everybody inherits",
      condition({ field: "risk_level", op: "at_least", value: "constructor" }),
      [[`${at}.value`, "level_unknown"]],
    ],
    [
      "no count",
      condition({ field: "occurrence_count", op: "at_least", value: 0 }),
      [[`${at}.value`, "count_invalid"]],
    ],
    [
      "half a count",
      condition({ field: "occurrence_count", op: "at_most", value: 1.5 }),
      [[`${at}.value`, "count_invalid"]],
    ],
    ["counts by name", condition({ field: "occurrence_count", values: ["1", "2"] }), []],
    [
      "a count that is a word",
      condition({ field: "occurrence_count", values: ["many"] }),
      [[`${at}.values`, "count_invalid"]],
    ],
    [
      "a count that begins so",
      condition({ field: "occurrence_count", op: "prefix", values: ["1"] }),
      [[`${at}.op`, "op_not_for_field"]],
    ],
    ["a window", window({ days: ["mon"], from: "22:00", to: "06:00" }), []],
    ["a window to the day's end", window({ to: "24:00" }), []],
    [
      "a zone nobody knows",
      window({ zone: "Mars/Olympus" }),
      [["routes[0].active_windows[0].zone", "zone_unknown"]],
    ],
    [
      "an offset is no zone",
      window({ zone: "+02:00" }),
      [["routes[0].active_windows[0].zone", "zone_unknown"]],
    ],
    [
      "a time that is none",
      window({ from: "25:00" }),
      [["routes[0].active_windows[0].from", "time_invalid"]],
    ],
  ])("%s", (_, fields, expected) => {
    expect(errorsOf(fields).map(({ path, code }) => [path, code])).toEqual(expected);
  });

  it("says where an expression breaks, and why", () => {
    const [issue] = errorsOf(condition({ op: "regex", values: ["time(out|"] }));
    expect(issue).toEqual({
      path: `${at}.values[0]`,
      code: "pattern_invalid",
      message: "missing closing ), at character 5",
    });
  });

  it("all routes together have at most 200 expressions; the first too many is named, and no other", () => {
    const routes = Array.from({ length: 3 }, (_, index) =>
      aRoute({
        routeId: `r${index}`,
        conditions: [0, 1].map((part) => ({
          ...{ field: "title", op: "regex" },
          values: Array.from({ length: 40 }, (_, n) => `x${index}-${part}-${n}`),
        })) as RouteCondition[],
      }),
    );
    const { errors } = validateConfig(aConfig({ routes }));
    expect(errors.map(({ path, code }) => [path, code])).toEqual([
      ["routes[2].conditions[1].values[0]", "patterns_too_many"],
    ]);
  });
});

describe("the stored form", () => {
  const stored = (given: GivenCondition) =>
    normaliseConfig(aConfig({ routes: [aRoute({ conditions: [given] })] })).routes[0]?.conditions?.[0];
  it.each<[string, GivenCondition, RouteCondition]>([
    [
      "trims, drops repeats",
      { field: "title", op: "equals", values: [" a ", "a", ""] },
      { field: "title", op: "equals", values: ["a"] },
    ],
    [
      "one value becomes a list",
      { field: "title", op: "glob", value: "a*" },
      { field: "title", op: "glob", values: ["a*"] },
    ],
    [
      "a list of one becomes a bound",
      { field: "level", op: "at_least", values: [" error "] },
      { field: "level", op: "at_least", value: "error" },
    ],
    [
      "a count in digits becomes a number",
      { field: "occurrence_count", op: "at_least", value: "10" },
      { field: "occurrence_count", op: "at_least", value: 10 },
    ],
    [
      "blanks of a pattern stay",
      { field: "title", op: "prefix", values: ["error "] },
      { field: "title", op: "prefix", values: ["error "] },
    ],
    [
      "not negated is absent",
      { field: "title", op: "equals", values: ["a"], negate: false },
      { field: "title", op: "equals", values: ["a"] },
    ],
    [
      "null is absent",
      { field: "level", op: "at_least", value: "error", values: null, negate: null },
      { field: "level", op: "at_least", value: "error" },
    ],
    [
      "negated",
      { field: "title", op: "equals", values: ["a"], negate: true },
      { field: "title", op: "equals", values: ["a"], negate: true },
    ],
    [
      "what does not fit is left for validation",
      { field: "level", op: "at_least", values: ["a", "b"] },
      { field: "level", op: "at_least", values: ["a", "b"] },
    ],
  ])("%s", (_, given, expected) => {
    const once = stored(given);
    expect(once).toStrictEqual(expected);
    expect(once && stored(once)).toStrictEqual(expected);
  });

  it("what says nothing is absent, so that a contract's route is a contract's route", () => {
    const route = aRoute({ conditions: [], activeWindows: [], continue: false, mode: "live" });
    const [kept] = normaliseConfig(aConfig({ routes: [route] })).routes;
    expect(kept).toStrictEqual(aRoute());
    const days = normaliseConfig(
      aConfig({
        routes: [
          aRoute({
            activeWindows: [
              { zone: " UTC ", days: ["fri", "mon", "fri"], from: "08:00", to: "17:00" },
              {
                zone: "UTC",
                days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
                from: "08:00",
                to: "17:00",
              },
              { zone: "UTC", days: null, from: "08:00", to: "17:00" },
            ],
          }),
        ],
      }),
    ).routes[0]?.activeWindows?.map((each) => each.days);
    expect(days).toEqual([["mon", "fri"], undefined, undefined]);
  });
});

describe("fields beyond the contract (D-18)", () => {
  const more = {
    conditions: [{ field: "title" as const, op: "prefix" as const, values: ["a"] }],
    activeWindows: [{ zone: "UTC", from: "08:00", to: "17:00" }],
    continue: true,
    mode: "shadow" as const,
  };
  const stored = aConfig({ routes: [aRoute({ ...more, matchComponents: ["x"] })] });
  const after = (row: object) =>
    mergeConfig(stored, { routes: [{ routeId: "route", name: "Route", ...row }] }).routes[0];

  it("left out: kept, for the row of that id and no other", () => {
    expect(after({})).toMatchObject({ ...more, matchComponents: [] });
    expect(after({ routeId: "other" })).toStrictEqual(aRoute({ routeId: "other" }));
  });

  it.each(Object.keys(more))("null clears %s and nothing else", (field) => {
    const route = after({ [field]: null });
    expect(route).not.toHaveProperty(field);
    for (const other of Object.keys(more).filter((each) => each !== field))
      expect(route).toHaveProperty(other);
  });

  it("their empty values clear them too", () => {
    expect(after({ conditions: [], activeWindows: [], continue: false, mode: "live" })).toStrictEqual(
      aRoute(),
    );
  });
});
