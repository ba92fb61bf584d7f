import { describe, expect, it } from "vitest";
import { conditionFieldSchema, conditionOpSchema } from "@/lib/contracts/config-values";
import {
  conditionWords,
  fieldChoices,
  opChoices,
  type RouteCondition,
  valuesAreWhole,
  withField,
  withOp,
} from "./condition-ops";

it("offers every field of the wire, each once", () => {
  expect(fieldChoices.map((each) => each.value).toSorted()).toEqual(conditionFieldSchema.options.toSorted());
});

describe("operators of a field", () => {
  it.each([
    ["title", ["equals", "prefix", "glob", "regex"]],
    ["risk_level", conditionOpSchema.options],
    ["confidence", conditionOpSchema.options],
    ["level", conditionOpSchema.options],
    ["occurrence_count", ["equals", "at_least", "at_most"]],
    ["route_tags", ["equals", "prefix", "glob", "regex"]],
  ] as const)("%s", (field, ops) => {
    expect(opChoices(field).map(({ op, negate }) => `${negate} ${op}`)).toEqual(
      ops.flatMap((op) => [`false ${op}`, `true ${op}`]),
    );
  });
});

describe("another operator", () => {
  it.each<[string, RouteCondition, Parameters<typeof withOp>[1], RouteCondition]>([
    [
      "turned around",
      { field: "title", op: "regex", values: ["a"] },
      { op: "regex", negate: true },
      { field: "title", op: "regex", values: ["a"], negate: true },
    ],
    [
      "a word becomes the bound",
      { field: "risk_level", op: "equals", values: ["odd", "high"] },
      { op: "at_least" },
      { field: "risk_level", op: "at_least", value: "high" },
    ],
    [
      "a bound leaves no value behind",
      { field: "risk_level", op: "at_least", value: "high" },
      { op: "equals" },
      { field: "risk_level", op: "equals", values: [] },
    ],
    [
      "at most keeps the bound",
      { field: "occurrence_count", op: "at_least", value: 5, negate: true },
      { op: "at_most" },
      { field: "occurrence_count", op: "at_most", value: 5 },
    ],
  ])("%s", (_, condition, op, expected) => {
    expect(withOp(condition, op)).toEqual(expected);
  });
});

describe("another field", () => {
  it.each<[string, RouteCondition, RouteCondition["field"], RouteCondition]>([
    [
      "keeps a pattern",
      { field: "title", op: "regex", values: ["a"], negate: true },
      "repo",
      { field: "repo", op: "regex", values: ["a"], negate: true },
    ],
    [
      "drops what does not fit",
      { field: "title", op: "regex", values: ["a"] },
      "occurrence_count",
      { field: "occurrence_count", op: "equals", values: [] },
    ],
    [
      "drops a bound of another order",
      { field: "risk_level", op: "at_least", value: "high" },
      "level",
      { field: "level", op: "at_least" },
    ],
  ])("%s", (_, condition, field, expected) => {
    expect(withField(condition, field)).toEqual(expected);
  });
});

it.each<[RouteCondition, string, boolean]>([
  [
    { field: "title", op: "regex", values: ["time(d )?out", "a{1,2}"] },
    "title matches time(d )?out or a{1,2}",
    true,
  ],
  [{ field: "source", op: "equals", values: ["a", "b"], negate: true }, "source is none of a or b", false],
  [{ field: "occurrence_count", op: "at_least", value: 10 }, "occurrences is at least 10", true],
])("%j in words", (condition, words, whole) => {
  expect(conditionWords(condition)).toBe(words);
  expect(valuesAreWhole(condition)).toBe(whole);
});
