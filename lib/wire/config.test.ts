import { describe, expect, it } from "vitest";
import { configPatchSchema, configSchema } from "@/lib/contracts/config";
import {
  approvalPolicySchema,
  conditionCodeSchema,
  conditionFieldSchema,
  conditionOpSchema,
  dayOfWeekSchema,
  destinationKindSchema,
  listMax,
  routeModeSchema,
  sourceKindSchema,
} from "@/lib/contracts/config-values";
import { routeTraceSchema } from "@/lib/contracts/review";
import { routeLintCodeSchema } from "@/lib/contracts/route-lint";
import { approvalPolicies, defaultConfig, destinationKinds, sourceKinds } from "@/lib/domain/config";
import { mergeConfig } from "@/lib/domain/config-merge";
import {
  conditionFields,
  conditionLimits,
  conditionOps,
  daysOfWeek,
  routeModes,
} from "@/lib/domain/route-condition";
import { routeLintCodes } from "@/lib/domain/route-lint";
import { conditionCodes } from "@/lib/domain/route-matcher";
import { traceOutcomes } from "@/lib/domain/route-trace";
import { everyKeyOfConfig } from "@/lib/testing/configs";
import { camelKeys, snakeKeys } from "./casing";
import { configPatchFromWire, configToWire } from "./config";

const patchOf = (body: unknown) => configPatchFromWire(configPatchSchema.parse(body));

const aCondition = { field: "title", op: "equals", values: ["a"] };
const onlyCondition = (condition: object) => ({
  routes: [{ route_id: "r", name: "R", conditions: [condition] }],
});
const onlyWindow = (window: object) => ({
  routes: [
    {
      ...{ route_id: "r", name: "R" },
      active_windows: [{ zone: "UTC", from: "08:00", to: "17:00", ...window }],
    },
  ],
});

describe("configuration on the wire", () => {
  it("every key goes in and comes out the same", () => {
    const merged = mergeConfig(defaultConfig, patchOf(everyKeyOfConfig));
    const wire = configToWire(merged);
    expect(wire).toEqual({ ...everyKeyOfConfig, updated_at_ms: 0 });
    expect(configSchema.parse(wire)).toEqual(wire);
  });

  it("the defaults: optional keys absent, lists empty, nothing null", () => {
    const wire = configToWire(defaultConfig);
    expect(configSchema.parse(wire)).toEqual(wire);
    expect(wire).not.toHaveProperty("version");
    expect(JSON.stringify(wire)).not.toContain("null");
    expect(JSON.parse(JSON.stringify(wire))).toEqual(wire);
    expect(configToWire({ ...defaultConfig, triageTimeoutMs: null }).triage_timeout_ms).toBeNull();
  });

  it("absent and null stay apart, for keys and for fields of rows", () => {
    const row = { destination_id: "d", name: "D", repo: null, route_tags: null };
    const project = {
      project_id: "p",
      name: "P",
      repo: "a/b",
      workspace_root: "/w",
      data_readiness: { lineage_ref: null },
    };
    const patch = patchOf({
      paused: null,
      destinations: [row],
      monitored_projects: [project],
      updated_at_ms: 9,
    });
    expect(patch).toStrictEqual({
      paused: null,
      destinations: [{ destinationId: "d", name: "D", repo: null, routeTags: null }],
      monitoredProjects: [
        { projectId: "p", name: "P", repo: "a/b", workspaceRoot: "/w", dataReadiness: { lineageRef: null } },
      ],
    });
    expect(patch).not.toHaveProperty("enabled");
    expect(patch).not.toHaveProperty("updatedAtMs");
  });

  it("null is taken for every key there is", () => {
    const nulls = Object.fromEntries(Object.keys(configSchema.shape).map((key) => [key, null]));
    const wire = configToWire(
      mergeConfig(mergeConfig(defaultConfig, patchOf(everyKeyOfConfig)), patchOf(nulls)),
    );
    expect(wire).toEqual({ ...configToWire(defaultConfig), triage_timeout_ms: null });
  });

  it.each([
    ["an unknown kind", { destinations: [{ destination_id: "d", name: "D", kind: "pager" }] }],
    ["an unknown policy", { routes: [{ route_id: "r", name: "R", approval_policy: "sometimes" }] }],
    ["a row without its id", { destinations: [{ name: "D" }] }],
    ["a wrong type", { enabled: "yes" }],
    ["a list that is an object", { routes: {} }],
    ["a null row", { routes: [null] }],
    ["2,001 routes", { routes: Array.from({ length: 2_001 }, (_, n) => ({ route_id: `r${n}`, name: "R" })) }],
    [
      "10,000 routes",
      { routes: Array.from({ length: 10_000 }, (_, n) => ({ route_id: `r${n}`, name: "R" })) },
    ],
    ["a condition on no field", onlyCondition({ field: "colour", op: "equals", values: ["red"] })],
    ["an op that is none", onlyCondition({ field: "title", op: "like", values: ["a"] })],
    ["a key that is none", onlyCondition({ field: "title", op: "equals", values: ["a"], negated: true })],
    ["values that are no texts", onlyCondition({ field: "title", op: "equals", values: [1] })],
    ["a value too long", onlyCondition({ field: "title", op: "regex", values: ["x".repeat(501)] })],
    ["51 values", onlyCondition({ field: "title", op: "equals", values: Array(51).fill("a") })],
    ["21 conditions", { routes: [{ route_id: "r", name: "R", conditions: Array(21).fill(aCondition) }] }],
    ["a day that is none", onlyWindow({ days: ["monday"] })],
    ["a time that is none", onlyWindow({ from: "25:00" })],
    ["a minute that is none", onlyWindow({ to: "10:60" })],
    ["a window without a zone", onlyWindow({ zone: "" })],
    ["a mode that is none", { routes: [{ route_id: "r", name: "R", mode: "off" }] }],
    ["a negative count", { triage_timeout_ms: -1 }],
    ["a fraction", { triage_timeout_ms: 1.5 }],
    ["config that is a list", { destinations: [{ destination_id: "d", name: "D", config: [] }] }],
    ["config nested without end", { model_policy: JSON.parse(`${'{"a":'.repeat(99)}1${"}".repeat(99)}`) }],
  ])("refuses %s", (_, body) => {
    expect(configPatchSchema.safeParse(body).success).toBe(false);
  });

  it("the wire's enums are the domain's", () => {
    expect(sourceKindSchema.options).toEqual([...sourceKinds]);
    expect(destinationKindSchema.options).toEqual([...destinationKinds]);
    expect(approvalPolicySchema.options).toEqual([...approvalPolicies]);
    expect(conditionFieldSchema.options).toEqual([...conditionFields]);
    expect(conditionOpSchema.options).toEqual([...conditionOps]);
    expect(conditionCodeSchema.options).toEqual([...conditionCodes]);
    expect(dayOfWeekSchema.options).toEqual([...daysOfWeek]);
    expect(routeModeSchema.options).toEqual([...routeModes]);
    expect(routeLintCodeSchema.options).toEqual([...routeLintCodes]);
    expect(routeTraceSchema.shape.outcome.options).toEqual([...traceOutcomes]);
    expect([listMax.conditions, listMax.conditionValues, listMax.windows]).toEqual([
      conditionLimits.conditions,
      conditionLimits.values,
      conditionLimits.windows,
    ]);
  });
});

describe("casing", () => {
  const camel = {
    someKey: [{ innerKey: null, gone: undefined }],
    modelPolicy: { roleModels: { aB: 1 }, a_b: 2 },
    config: { camelKey: { x_y: 1 } },
  };
  it("renames deeply, leaves opaque objects alone, drops what is undefined", () => {
    expect(snakeKeys(camel)).toStrictEqual({
      some_key: [{ inner_key: null }],
      model_policy: camel.modelPolicy,
      config: camel.config,
    });
    expect(camelKeys(snakeKeys(camel))).toStrictEqual({ ...camel, someKey: [{ innerKey: null }] });
  });
});
