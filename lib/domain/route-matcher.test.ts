import { describe, expect, it } from "vitest";
import type { RouteCondition } from "./route-condition";
import { factsOf } from "./route-facts";
import { type ConditionCode, conditionMatcher } from "./route-matcher";
import type { RouteContext } from "./routing";

const blank: RouteContext = {
  ...{ nowMs: 0, routeTags: [], allowedDestinationIds: [], enforcesAllowlist: false },
  ...{ defaultDestinationIds: [], sourceApprovalPolicy: null, sourceRequiresApproval: false },
};
const judge = (condition: RouteCondition, context: Partial<RouteContext>) =>
  conditionMatcher(condition).judge(factsOf({ ...blank, ...context }));

type Op = RouteCondition["op"];
type Row = [
  string,
  RouteCondition["field"],
  Op,
  unknown,
  Partial<RouteContext>,
  ConditionCode,
  ConditionCode,
];
const condition = (field: RouteCondition["field"], op: Op, asked: unknown): RouteCondition =>
  Array.isArray(asked)
    ? { field, op, values: asked as string[] }
    : { field, op, value: asked as string | number };

/** The last two: what it says as it stands, and negated. */
const table: Row[] = [
  ["equal", "title", "equals", ["Timeout"], { title: " timeout " }, "holds", "excluded"],
  ["any of them", "repo", "equals", ["a/b", "c/d"], { repo: "C/D" }, "holds", "excluded"],
  ["not equal", "level", "equals", ["error"], { level: "warn" }, "value_differs", "holds"],
  ["absent", "level", "equals", ["error"], {}, "value_absent", "holds"],
  ["blank is absent", "source", "equals", ["ci"], { source: "  " }, "value_absent", "holds"],
  ["null is absent", "project_id", "equals", ["p"], { projectId: null }, "value_absent", "holds"],
  ["nothing asked", "title", "equals", [], { title: "x" }, "condition_invalid", "condition_invalid"],
  ["blanks asked", "title", "equals", [" "], { title: "x" }, "condition_invalid", "condition_invalid"],
  ["provenance", "provenance", "equals", ["intake_key"], { provenance: "intake_key" }, "holds", "excluded"],
  ["a count", "occurrence_count", "equals", ["1"], { occurrenceCount: 1 }, "holds", "excluded"],
  ["another count", "occurrence_count", "equals", ["1"], { occurrenceCount: 2 }, "value_differs", "holds"],
  ["any tag", "route_tags", "equals", ["ops"], { routeTags: ["pay", "OPS"] }, "holds", "excluded"],
  ["no such tag", "route_tags", "equals", ["ops"], { routeTags: ["pay"] }, "value_differs", "holds"],
  ["no tags", "route_tags", "equals", ["ops"], {}, "value_absent", "holds"],

  ["a prefix", "component", "prefix", ["Pay"], { component: "payments" }, "holds", "excluded"],
  ["a prefix with its blank", "title", "prefix", ["error "], { title: "errors" }, "value_differs", "holds"],
  ["not at the start", "component", "prefix", ["pay"], { component: "prepay" }, "value_differs", "holds"],
  [
    "a prefix of a tag",
    "route_tags",
    "prefix",
    ["team-"],
    { routeTags: ["x", "team-a"] },
    "holds",
    "excluded",
  ],
  ["a prefix of nothing", "component", "prefix", ["pay"], {}, "value_absent", "holds"],

  ["a glob", "repo", "glob", ["acme/*"], { repo: "Acme/Shop" }, "holds", "excluded"],
  ["a glob covers all", "repo", "glob", ["acme/"], { repo: "acme/shop" }, "value_differs", "holds"],
  ["a glob on a tag", "route_tags", "glob", ["*-a"], { routeTags: ["team-a"] }, "holds", "excluded"],

  ["an expression", "title", "regex", ["e\\d{3}"], { title: "Got E404" }, "holds", "excluded"],
  ["any expression", "title", "regex", ["^x", "4$"], { title: "Got E404" }, "holds", "excluded"],
  ["case on demand", "title", "regex", ["(?-i)got"], { title: "Got E404" }, "pattern_not_found", "holds"],
  ["not found", "title", "regex", ["^got$"], { title: "Got E404" }, "pattern_not_found", "holds"],
  ["in nothing", "title", "regex", ["."], {}, "value_absent", "holds"],
  ["on a tag", "route_tags", "regex", ["^team-.$"], { routeTags: ["team-a"] }, "holds", "excluded"],
  [
    "one that is none",
    "title",
    "regex",
    ["ok", "(x"],
    { title: "ok" },
    "condition_invalid",
    "condition_invalid",
  ],

  ["at least: equal", "risk_level", "at_least", "high", { riskLevel: "High" }, "holds", "excluded"],
  ["at least: above", "risk_level", "at_least", "high", { riskLevel: "critical" }, "holds", "excluded"],
  ["at least: below", "risk_level", "at_least", "high", { riskLevel: "medium" }, "too_low", "holds"],
  [
    "at least: a word of no rank",
    "risk_level",
    "at_least",
    "low",
    { riskLevel: "odd" },
    "level_unknown",
    "holds",
  ],
  ["at least: absent", "risk_level", "at_least", "low", {}, "value_absent", "holds"],
  ["at most: below", "risk_level", "at_most", "medium", { riskLevel: "low" }, "holds", "excluded"],
  ["at most: above", "risk_level", "at_most", "medium", { riskLevel: "urgent" }, "too_high", "holds"],
  [
    "at most: a word of no rank",
    "risk_level",
    "at_most",
    "high",
    { riskLevel: "odd" },
    "level_unknown",
    "holds",
  ],
  ["words of one rank", "risk_level", "at_least", "severe", { riskLevel: "critical" }, "holds", "excluded"],
  ["severity", "level", "at_least", "error", { level: "FATAL" }, "holds", "excluded"],
  ["severity below", "level", "at_least", "error", { level: "warning" }, "too_low", "holds"],
  ["confidence", "confidence", "at_most", "medium", { confidence: "low" }, "holds", "excluded"],
  ["confidence above", "confidence", "at_most", "medium", { confidence: "high" }, "too_high", "holds"],
  ["a count at least", "occurrence_count", "at_least", 10, { occurrenceCount: 10 }, "holds", "excluded"],
  ["a count below", "occurrence_count", "at_least", 10, { occurrenceCount: 9 }, "too_low", "holds"],
  ["a count at most", "occurrence_count", "at_most", 10, { occurrenceCount: 11 }, "too_high", "holds"],
  ["no count", "occurrence_count", "at_least", 1, {}, "value_absent", "holds"],
  ["no order", "title", "at_least", "a", { title: "b" }, "condition_invalid", "condition_invalid"],
  [
    "a bound of no rank",
    "risk_level",
    "at_least",
    "odd",
    { riskLevel: "high" },
    "condition_invalid",
    "condition_invalid",
  ],
  [
    "a word everybody inherits",
    "level",
    "at_least",
    "constructor",
    { level: "error" },
    "condition_invalid",
    "condition_invalid",
  ],
  [
    "a fraction",
    "occurrence_count",
    "at_least",
    1.5,
    { occurrenceCount: 2 },
    "condition_invalid",
    "condition_invalid",
  ],
];

describe("one condition", () => {
  it.each(table)("%s: %s %s %j", (_, field, op, asked, context, plain, negated) => {
    expect(judge(condition(field, op, asked), context)).toBe(plain);
    expect(judge({ ...condition(field, op, asked), negate: true }, context)).toBe(negated);
  });

  it("reads only what is asked for, once", () => {
    let reads = 0;
    const context = {
      ...blank,
      get title() {
        reads += 1;
        return "x";
      },
    };
    const facts = factsOf(context);
    conditionMatcher({ field: "level", op: "equals", values: ["a"] }).judge(facts);
    expect(reads).toBe(0);
    const onTitle = conditionMatcher({ field: "title", op: "equals", values: ["x"] });
    expect([onTitle.judge(facts), onTitle.judge(facts)]).toEqual(["holds", "holds"]);
    expect(reads).toBe(1);
  });
});
