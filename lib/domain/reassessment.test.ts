import { describe, expect, it } from "vitest";
import { defaultConfig, defaultReassessment, type MonitorConfig, type MonitoredProject } from "./config";
import { completeProject } from "./config-defaults";
import {
  compareFindings,
  deploymentKey,
  type FoundFinding,
  gatheringMs,
  leadingTrigger,
  type QueuedTrigger,
  type ReassessmentTrigger,
  recordIdOf,
  scheduleOf,
  scopesOf,
  triggerDetailOf,
  wantsRun,
} from "./reassessment";
import { changeTriggers } from "./reassessment-change";

const dayMs = 86_400_000;
const project = (projectId: string, fields: Partial<MonitoredProject> = {}): MonitoredProject => ({
  ...completeProject({ projectId, name: projectId, repo: "halden/shop", workspaceRoot: "/workspace" }),
  ...fields,
});
const config = (fields: Partial<MonitorConfig>): MonitorConfig => ({ ...defaultConfig, ...fields });
const finding = (name: string, fields: Partial<FoundFinding> = {}): FoundFinding => ({
  ...{ fingerprint: `sha256:${name}`, ruleId: name, scope: "deployment", severity: "high" },
  ...{ category: "governance", summary: name, evidenceRefs: [] },
  ...fields,
});
const queued = (trigger: ReassessmentTrigger, createdAtMs = 1): QueuedTrigger => ({
  ...{ triggerId: `${trigger}-${createdAtMs}`, trigger, detail: [], createdAtMs },
  actor: { kind: "system", id: "test", name: "test" },
});

describe("scopes", () => {
  it("the deployment alone, while no project is bound", () => {
    expect(scopesOf(config({ monitoredProjects: [project("shop")] })).map((each) => each.scopeKey)).toEqual([
      deploymentKey,
    ]);
    expect(scopesOf(config({ monitoredProjects: [project("shop", { tenantId: "local" })] }))).toHaveLength(1);
  });

  it("one for each pair, with all of its projects", () => {
    const bound = [
      project("shop", { tenantId: "acme", workspaceId: "eu" }),
      project("till", { tenantId: "acme", workspaceId: "eu" }),
      project("mail", { workspaceId: "us" }),
      project("free"),
    ];
    expect(scopesOf(config({ monitoredProjects: bound })).slice(1)).toEqual([
      ...[
        { scopeKey: "acme/eu/deployment", tenantId: "acme", workspaceId: "eu", projectIds: ["shop", "till"] },
      ],
      ...[{ scopeKey: "local/us/deployment", tenantId: null, workspaceId: "us", projectIds: ["mail"] }],
    ]);
  });

  it("no two scopes share a key or a record's id", () => {
    const bound = [
      project("one", { tenantId: "a/b", workspaceId: "c" }),
      project("two", { tenantId: "a", workspaceId: "b/c" }),
      project("three", { tenantId: "a:b", workspaceId: "c" }),
    ];
    const keys = scopesOf(config({ monitoredProjects: bound })).map((each) => each.scopeKey);
    expect(new Set(keys).size).toBe(4);
    expect(new Set(keys.map((key) => recordIdOf(key, 1))).size).toBe(4);
    expect(recordIdOf(deploymentKey, 3)).toBe("reassess-3-local:local:deployment");
  });
});

describe("comparison", () => {
  const first = { recordId: "r1", version: 1, ...compareFindings([finding("a"), finding("b")], null, 10) };

  it("case 139: what was there is recurring, and keeps when it was first seen", () => {
    expect(first.comparison).toMatchObject({
      ...{ previousRecordId: null, newFingerprints: ["sha256:a", "sha256:b"], recurringFingerprints: [] },
    });
    const second = compareFindings([finding("a")], first, 20);
    expect(second.comparison).toEqual({
      ...{ previousRecordId: "r1", previousVersion: 1, newFingerprints: [] },
      ...{ recurringFingerprints: ["sha256:a"], resolvedFingerprints: ["sha256:b"] },
    });
    expect(second.findings).toMatchObject([
      { status: "recurring", firstSeenAtMs: 10, lastSeenAtMs: 20, occurrenceCount: 2 },
    ]);
    expect(second.resolved).toEqual([finding("b")]);
  });

  it("case 139: a finding of a source keeps its scope", () => {
    const found = finding("a", { scope: "source:shop/api" });
    expect(compareFindings([found], null, 1).findings[0]?.scope).toBe("source:shop/api");
  });

  it("what comes back after it was gone is new", () => {
    const second = { recordId: "r2", version: 2, ...compareFindings([], first, 20) };
    expect(compareFindings([finding("a")], second, 30).findings).toMatchObject([
      { status: "new", firstSeenAtMs: 30, occurrenceCount: 1 },
    ]);
  });

  it("the same finding of two providers counts once", () => {
    expect(compareFindings([finding("a"), finding("a")], null, 1).findings).toHaveLength(1);
  });
});

describe("schedule", () => {
  const state = { scopeKey: deploymentKey, createdAtMs: 0, lastCompletedAtMs: null, lastVersion: null };
  const at = (nowMs: number, fields: Partial<typeof state> | { lastCompletedAtMs: number } = {}) =>
    scheduleOf({ ...state, ...fields }, defaultReassessment, nowMs);

  it.each<[string, ReturnType<typeof at>, number, boolean, boolean]>([
    ["one that never ran is due at once", at(0), 0, true, false],
    ["and overdue once its grace is over", at(dayMs + 1), 0, true, true],
    ["one that ran is not due", at(3 * dayMs, { lastCompletedAtMs: 0 }), 7 * dayMs, false, false],
    ["until its cadence is over", at(7 * dayMs, { lastCompletedAtMs: 0 }), 7 * dayMs, true, false],
    [
      "case 139: 30 days after a cadence of 7",
      at(30 * dayMs, { lastCompletedAtMs: 0 }),
      7 * dayMs,
      true,
      true,
    ],
  ])("%s", (_, row, nextDueAtMs, isDue, overdue) => {
    expect(row).toMatchObject({ nextDueAtMs, isDue, overdue });
  });

  it("a cadence is one millisecond at least", () => {
    const settings = { ...defaultReassessment, cadenceMs: 0 };
    expect(scheduleOf({ ...state, lastCompletedAtMs: 5 }, settings, 5)).toMatchObject({
      nextDueAtMs: 6,
      isDue: false,
    });
  });

  it.each<[string, boolean, number, QueuedTrigger[]]>([
    ["nothing waits", false, gatheringMs, []],
    [
      "a change right after the last record gathers others",
      false,
      gatheringMs - 1,
      [queued("mcp_inventory_change")],
    ],
    ["and then makes one", true, gatheringMs, [queued("mcp_inventory_change")]],
    ["a person does not wait", true, 1, [queued("manual")]],
  ])("%s: %s", (_, wanted, nowMs, pending) => {
    expect(wantsRun(at(nowMs, { lastCompletedAtMs: 0 }), pending, nowMs)).toBe(wanted);
  });
});

describe("triggers", () => {
  const base = config({ monitoredProjects: [project("shop")] });
  const destination = { ...{ destinationId: "d", name: "D", kind: "telemetry" as const, enabled: true } };
  it.each<[string, Partial<MonitorConfig>, ReassessmentTrigger[]]>([
    [
      "a destination",
      { destinations: [{ ...destination, requireApproval: false, routeTags: [] }] },
      ["destination_or_route_change"],
    ],
    ["the defaults", { defaultDestinationIds: ["d"] }, ["destination_or_route_change"]],
    ["a project", { monitoredProjects: [] }, ["monitored_source_change"]],
    [
      "a project's name",
      { monitoredProjects: [project("shop", { name: "Till" })] },
      ["monitored_source_change"],
    ],
    [
      "a tenant",
      { monitoredProjects: [project("shop", { tenantId: "acme" })] },
      ["monitored_source_change", "tenant_boundary_change"],
    ],
    ["the model's policy", { modelPolicy: { provider_id: "x" } }, ["model_policy_change"]],
    ["the MCP server", { mcpServer: "tickets" }, ["mcp_inventory_change"]],
    [
      "the safety defaults",
      { safetyDefaults: { ...base.safetyDefaults, requireApprovalForHighRisk: false } },
      ["approval_policy_change"],
    ],
    ["the global approval", { requireApprovalForNewIssues: true }, ["approval_policy_change"]],
    ["a pause", { paused: true }, []],
    ["the cadence", { reassessment: { ...defaultReassessment, cadenceMs: 1 } }, []],
  ])("a change of %s", (_, change, wanted) => {
    expect(changeTriggers(base, { ...base, ...change }).map((each) => each.trigger)).toEqual(wanted);
  });

  it("one record names every cause, and is named after the weightiest", () => {
    const all = [
      queued("scheduled", 1),
      queued("mcp_inventory_change", 2),
      queued("mcp_inventory_change", 3),
    ];
    expect(leadingTrigger(all)).toBe("mcp_inventory_change");
    expect(triggerDetailOf(all)).toBe("scheduled, mcp_inventory_change x2");
    expect(leadingTrigger([...all, queued("manual", 4)])).toBe("manual");
    expect([leadingTrigger([]), triggerDetailOf([])]).toEqual(["scheduled", null]);
  });
});
