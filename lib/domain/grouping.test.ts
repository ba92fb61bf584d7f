import { describe, expect, it } from "vitest";
import type { IdentityPart } from "./fingerprint";
import {
  compileGrouping,
  type GroupingEffect,
  type GroupingMatch,
  type GroupingRule,
  groupingIssues,
  regroup,
  splitIdentity,
} from "./grouping";
import { type PlannedIncident, planGrouping } from "./grouping-plan";

const sha256 = (text: string) => `#${text}`;
const parts: IdentityPart[] = [
  { name: "type", value: "SettlementError" },
  { name: "template", value: "batch nightly failed with <n>" },
  { name: "event", value: "settle.failed" },
  { name: "component", value: "ledger" },
];
const fingerprint = { version: 2, value: "original", parts };
const place = { projectId: "shop", scopeKey: "project:shop/source:-" };
const rule = (
  effect: GroupingEffect,
  match: GroupingMatch = {},
  projectId: string | null = "shop",
): GroupingRule => ({
  ...{ kind: "identity", projectId, match, effect },
});
const under = (rules: GroupingRule[], facts: Record<string, string> = {}) =>
  regroup(fingerprint, place, facts, compileGrouping(rules), sha256);
const said = (found: { parts: IdentityPart[] }) => found.parts.map((part) => `${part.name}=${part.value}`);

describe("an identity under rules", () => {
  it.each<[string, GroupingRule[], Record<string, string>]>([
    ["no rule", [], {}],
    ["of another project", [rule({ kind: "ignore", parts: ["component"] }, {}, "other")], {}],
    ["another type", [rule({ kind: "ignore", parts: ["component"] }, { type: "TypeError" })], {}],
    [
      "a message that is not there",
      [rule({ kind: "ignore", parts: ["component"] }, { message: "weekly" })],
      {},
    ],
    ["a part it has not", [rule({ kind: "ignore", parts: ["frames"] })], {}],
    ["an attribute it does not say", [rule({ kind: "add", attribute: "release" })], {}],
    ["words it has not", [rule({ kind: "variable", pattern: "weekly" })], {}],
  ])("keeps its fingerprint: %s", (_, rules, facts) => {
    expect(under(rules, facts)).toEqual({ parts, value: "original" });
  });

  it.each<[string, GroupingEffect, GroupingMatch, string[]]>([
    [
      "a part left out",
      { kind: "ignore", parts: ["component", "event"] },
      { message: "nightly" },
      ["type=SettlementError", "template=batch nightly failed with <n>"],
    ],
    [
      "words as a variable",
      { kind: "variable", pattern: "batch \\w+" },
      {},
      ["type=SettlementError", "template=<any> failed with <n>", "event=settle.failed", "component=ledger"],
    ],
    [
      "an attribute added",
      { kind: "add", attribute: "environment" },
      { event: "SETTLE.failed" },
      [...said({ parts }), "attribute=environment=staging"],
    ],
    ["one name for all", { kind: "group", key: "nightly" }, { type: "SettlementError" }, ["group=nightly"]],
  ])("changes: %s", (_, effect, match, expected) => {
    const found = under([rule(effect, match)], { environment: "staging" });
    expect(said(found)).toEqual(expected);
    expect(found.value).not.toBe("original");
  });

  it("takes rules one after the other, and is never empty", () => {
    const found = under([
      rule({ kind: "ignore", parts: ["component"] }),
      rule({ kind: "variable", pattern: "nightly" }),
    ]);
    expect(said(found)).toEqual([
      "type=SettlementError",
      "template=batch <any> failed with <n>",
      "event=settle.failed",
    ]);
    const only = { ...fingerprint, parts: [{ name: "component", value: "x" } as const] };
    const all = compileGrouping([rule({ kind: "ignore", parts: ["component"] })]);
    expect(regroup(only, place, {}, all, sha256).value).toBe("original");
  });

  it("is split off by one value of its own fingerprint alone", () => {
    const split: GroupingRule = {
      ...{ kind: "split", scopeKey: place.scopeKey, version: 2, fingerprint: "original" },
      ...{ attribute: "release", value: "2.0" },
    };
    expect(under([split], { release: "2.0" })).toEqual(
      splitIdentity(fingerprint, { attribute: "release", value: "2.0" }, sha256),
    );
    expect(under([split], { release: "1.0" }).value).toBe("original");
    expect(under([{ ...split, fingerprint: "another" }], { release: "2.0" }).value).toBe("original");
  });

  it("is the same whether a rule comes before or after what was split off", () => {
    const added = rule({ kind: "add", attribute: "environment" });
    const facts = { release: "2.0", environment: "staging" };
    const split = { attribute: "release", value: "2.0" } as const;
    const stored = { ...fingerprint, ...splitIdentity(fingerprint, split, sha256) };
    const rekeyed = regroup(stored, place, facts, compileGrouping([added]), sha256);
    const base = under([added], facts);
    const fresh = under(
      [added, { kind: "split", scopeKey: place.scopeKey, version: 2, fingerprint: base.value, ...split }],
      facts,
    );
    expect(rekeyed).toEqual(fresh);
  });
});

it.each<[GroupingEffect, GroupingMatch, string[]]>([
  [{ kind: "ignore", parts: [] }, {}, ["effect.parts"]],
  [{ kind: "variable", pattern: "(" }, {}, ["effect.pattern"]],
  [{ kind: "variable", pattern: "x*" }, {}, ["effect.pattern"]],
  [{ kind: "variable", pattern: "batch \\w+" }, { message: "[" }, ["match.message"]],
  [{ kind: "group", key: " " }, {}, ["effect.key", "match"]],
  [{ kind: "group", key: "nightly" }, { event: "e" }, []],
])("what has to be mended: %#", (effect, match, fields) => {
  expect(groupingIssues({ effect, match }).map((issue) => issue.field)).toEqual(fields);
});

describe("what a rule would do to incidents", () => {
  const incident = (
    incidentId: string,
    component: string,
    fields: Partial<PlannedIncident> = {},
  ): PlannedIncident => ({
    ...{
      incidentId,
      leadId: incidentId,
      scopeKey: place.scopeKey,
      version: 2,
      fingerprint: `fp-${incidentId}`,
    },
    parts: parts.map((part) => (part.name === "component" ? { ...part, value: component } : part)),
    ...{ occurrenceCount: 1, values: [] },
    ...fields,
  });
  const plan = (incidents: PlannedIncident[], effect: GroupingEffect, attribute: string | null = null) =>
    planGrouping(incidents, attribute, "shop", compileGrouping([rule(effect)]), sha256);

  it("merges those that become the same into the first seen, which goes on", () => {
    const found = plan([incident("a", "x"), incident("b", "y"), incident("c", "z", { scopeKey: "other" })], {
      kind: "ignore",
      parts: ["component"],
    });
    expect(found.merged).toMatchObject([{ leadId: "a", memberIds: ["b"] }]);
    expect(found.continued.map((each) => each.incidentId)).toEqual(["a", "c"]);
  });
  it("does not merge what counts for one already", () => {
    const found = plan([incident("a", "x"), incident("b", "y", { leadId: "a" })], {
      kind: "ignore",
      parts: ["component"],
    });
    expect(found.merged).toEqual([]);
  });
  it("goes on with the most frequent value and tells the others apart", () => {
    const values = [
      { value: "prod", count: 5 },
      { value: "staging", count: 2 },
    ];
    const found = plan(
      [incident("a", "x", { values }), incident("b", "y")],
      { kind: "add", attribute: "environment" },
      "environment",
    );
    expect(found.split).toEqual([{ incidentId: "a", values }]);
    expect(found.continued[0]?.parts.at(-1)).toEqual({ name: "attribute", value: "environment=prod" });
    expect(found.untouched).toBe(1);
  });
});
