import { describe, expect, it } from "vitest";
import { sha256Hex } from "@/lib/digest";
import {
  aDecision,
  aDestinationRow,
  aGate,
  aLogSourceRow,
  aNode,
  anAction,
  anAgent,
  anAutomation,
  anInventory,
  aProjectRow,
} from "@/lib/testing/inventories";
import type { PostureRuleId } from "./posture";
import { postureRules } from "./posture";
import { checkPosture, type PostureAsk, posturePolicy } from "./posture-checks";
import { reportOfSuggestion } from "./posture-finding";
import type { SourceReadiness } from "./source-readiness";

type Rows = Parameters<typeof anInventory>[0];
const check = (rows: Rows, ask: PostureAsk = {}) => checkPosture(anInventory(rows), ask, sha256Hex);
/** What one rule finds: the ids of what is affected, the first one of each finding. */
const found = (ruleId: PostureRuleId, rows: Rows) =>
  check(rows, { rules: [ruleId] }).findings.map((each) => each.affectedObjects[0]?.id);

const tools = (...allowlist: string[]) => ({ allowlist, denylist: [] });
const mcp = (servers: string[], allowedTools: string[]) => ({
  ...{ allowedServers: servers, effectiveAllowedServers: servers, allowedTools, allowedConnectionGrants: [] },
});
const withAgent = (
  agent: Parameters<typeof anAgent>[0],
  nodes: Parameters<typeof aNode>[0][] = [],
): Rows => ({
  automationSpecs: [anAutomation({ agents: [anAgent(agent)], nodes: nodes.map(aNode) })],
});
const standing = (agent: Parameters<typeof anAgent>[0]) => ({
  ...anAgent(agent),
  ...{ projectId: null, runtimeId: "runtime", registeredAtMs: 0, stale: false },
});
const policy = (toolPolicyId: string, allowlist: string[]) => ({
  ...{ toolPolicyId, name: toolPolicyId, description: null, projectId: null, allowlist, denylist: [] },
  ...{ runtimeId: "runtime", registeredAtMs: 0, stale: false },
});
const writer = { toolPolicy: tools("read", "send_email") };
const hook = aDestinationRow();
const open = aDestinationRow({ requireApproval: false });
const finding = (findingId: string, severity: "low" | "high") => ({
  ...{ findingId, ruleId: "source_lineage_missing", category: "source_lineage", severity },
  ...{ title: "No owner", detail: "", recommendation: "" },
  evidenceRefs: ["project:shop#data_readiness.source_owner"],
});
const unready = { findings: [finding("srf_1", "high"), finding("srf_2", "low")] } as SourceReadiness;

describe.each<[PostureRuleId, Array<[string, Rows, string[]]>]>([
  [
    "high_risk_tool_without_approval",
    [
      ["an agent without nodes that may write", withAgent(writer), ["nightly/writer"]],
      ["a wildcard", withAgent({ toolPolicy: tools("mcp.crm.*") }), ["nightly/writer"]],
      ["only readers", withAgent({ toolPolicy: tools("read", "mcp.crm.list_people") }), []],
      ["a tool nobody can tell", withAgent({ toolPolicy: tools("summarise") }), []],
      ["an approval policy", withAgent({ ...writer, approvalPolicy: "on_write" }), []],
      ["a policy that says never", withAgent({ ...writer, approvalPolicy: "never" }), ["nightly/writer"]],
      [
        "a denied tool",
        withAgent({ toolPolicy: { allowlist: ["send_email"], denylist: ["send_email"] } }),
        [],
      ],
      ["no list at all", withAgent({}), []],
      ["a node without a gate", withAgent(writer, [{}]), ["nightly/act"]],
      ["a gate that is not required", withAgent(writer, [{ gate: aGate(false) }]), ["nightly/act"]],
      [
        "a gated node, for itself alone",
        withAgent(writer, [{ gate: aGate(true) }, { nodeId: "open" }]),
        ["nightly/open"],
      ],
      ["a node's own list, even an empty one", withAgent(writer, [{ toolPolicy: tools() }]), []],
      ["a node's own list that writes", withAgent({}, [{ toolPolicy: tools("bash") }]), ["nightly/act"]],
      ["a node of no agent", withAgent({}, [{ agentId: null, toolPolicy: tools("bash") }]), ["nightly/act"]],
      ["a standing agent", { agents: [standing(writer)] }, ["writer"]],
      [
        "a registered policy that holds for it",
        { agents: [standing({ toolPolicyIds: ["ops"] })], toolPolicies: [policy("ops", ["deploy_service"])] },
        ["writer"],
      ],
    ],
  ],
  [
    "mcp_server_without_tool_allowlist",
    [
      ["servers and no tools", withAgent({ mcpPolicy: mcp(["crm"], []) }), ["nightly/writer"]],
      ["servers and tools", withAgent({ mcpPolicy: mcp(["crm"], ["get_person"]) }), []],
      ["no servers", withAgent({ mcpPolicy: mcp([], []) }), []],
      ["a standing agent", { agents: [standing({ mcpPolicy: mcp(["crm"], []) })] }, ["writer"]],
    ],
  ],
  [
    "broad_source_destination_scope",
    [
      [
        "no list",
        {
          destinations: [hook],
          monitoredSources: [aProjectRow({ allowedDestinationIds: [], allowlistEnforced: false })],
        },
        ["shop"],
      ],
      [
        "a list of all external ones",
        {
          destinations: [hook],
          monitoredSources: [aLogSourceRow({ allowedDestinationIds: ["hook", "local"] })],
        },
        ["shop/api"],
      ],
      ["a list without them", { destinations: [hook], monitoredSources: [aProjectRow()] }, []],
      [
        "two lists that allow nothing",
        { destinations: [hook], monitoredSources: [aProjectRow({ allowedDestinationIds: [] })] },
        [],
      ],
      [
        "a disabled source",
        {
          destinations: [hook],
          monitoredSources: [aProjectRow({ enabled: false, allowedDestinationIds: ["hook"] })],
        },
        [],
      ],
      [
        "no external destination",
        {
          destinations: [aDestinationRow({ kind: "telemetry" }), aDestinationRow({ enabled: false })],
          monitoredSources: [aProjectRow({ allowedDestinationIds: [], allowlistEnforced: false })],
        },
        [],
      ],
    ],
  ],
  [
    "missing_tenant_context",
    [
      [
        "an automation without one",
        { automationSpecs: [anAutomation({ tenantContext: null })] },
        ["nightly"],
      ],
      [
        "an implicit one",
        {
          automationSpecs: [
            anAutomation({ tenantContext: { orgId: "a", workspaceId: "b", source: "local_implicit" } }),
          ],
        },
        ["nightly"],
      ],
      [
        "half of one",
        {
          automationSpecs: [
            anAutomation({ tenantContext: { orgId: "a", workspaceId: null, source: "explicit" } }),
          ],
        },
        ["nightly"],
      ],
      ["an explicit one", { automationSpecs: [anAutomation()] }, []],
      ["a source without", { monitoredSources: [aProjectRow({ tenantId: null })] }, ["shop"]],
      ["a source of local", { monitoredSources: [aLogSourceRow({ workspaceId: "local" })] }, ["shop/api"]],
      ["a source with both", { monitoredSources: [aProjectRow()] }, []],
      ["a disabled source", { monitoredSources: [aProjectRow({ tenantId: null, enabled: false })] }, []],
    ],
  ],
  [
    "external_destination_without_approval",
    [
      ["one that asks for nobody", { destinations: [open] }, ["hook"]],
      [
        "and high risk neither",
        { destinations: [open], safety: { requireApprovalForHighRisk: false } },
        ["hook", "hook"],
      ],
      ["one that asks", { destinations: [hook], safety: { requireApprovalForHighRisk: false } }, []],
      ["a local one", { destinations: [aDestinationRow({ kind: "telemetry", requireApproval: false })] }, []],
      ["a disabled one", { destinations: [{ ...open, enabled: false }] }, []],
      [
        "what an empty configuration implies",
        { destinations: [{ ...open, destinationId: "legacy-github", kind: "github_issue" }] },
        [],
      ],
      [
        "the legacy row with a repository",
        { destinations: [{ ...open, destinationId: "legacy-github", kind: "github_issue", repo: "a/b" }] },
        ["legacy-github"],
      ],
    ],
  ],
  [
    "unready_destination_fail_open",
    [
      ["no URL", failOpen(aDestinationRow({ webhookUrlPresent: false })), ["hook"]],
      ["no repository", failOpen(aDestinationRow({ kind: "github_issue" })), ["hook"]],
      ["no team", failOpen(aDestinationRow({ kind: "linear_issue" })), ["hook"]],
      [
        "no tool",
        failOpen(aDestinationRow({ kind: "mcp_tool", mcpServer: "crm", allowPublish: true })),
        ["hook"],
      ],
      [
        "publishing not allowed",
        failOpen(aDestinationRow({ kind: "mcp_tool", mcpServer: "crm", mcpTool: "note" })),
        ["hook"],
      ],
      ["complete", failOpen(hook), []],
      ["stopped at", { destinations: [aDestinationRow({ webhookUrlPresent: false })] }, []],
      ["a local one", failOpen(aDestinationRow({ kind: "internal_memory" })), []],
    ],
  ],
  [
    "external_action_missing_receipt",
    [
      ["no receipt", actions(anAction({ receiptPresent: false })), ["post-1"]],
      ["no key", actions(anAction({ status: "success", idempotencyKeyPresent: false })), ["post-1"]],
      ["both there", actions(anAction()), []],
      ["it did not go well", actions(anAction({ status: "failed", receiptPresent: false })), []],
    ],
  ],
  [
    "recurring_denied_action",
    [
      ["twice", { policyDecisions: [aDecision(), aDecision({ decisionId: "d2" })] }, ["publish on draft:1"]],
      ["once", { policyDecisions: [aDecision()] }, []],
      ["on different resources", { policyDecisions: [aDecision(), aDecision({ resource: "draft:2" })] }, []],
      ["allowed", { policyDecisions: [aDecision(), aDecision({ decision: "allow" })] }, []],
    ],
  ],
  [
    "source_readiness_failed",
    [
      ["each finding", { monitoredSources: [aProjectRow({ readiness: unready })] }, ["shop", "shop"]],
      [
        "of an enabled source",
        { monitoredSources: [aProjectRow({ readiness: unready, enabled: false })] },
        [],
      ],
      ["none", { monitoredSources: [aProjectRow()] }, []],
    ],
  ],
  [
    "retention_days_unset",
    [
      [
        "a source and no days",
        { monitoredSources: [aProjectRow()], safety: { retentionDays: undefined } },
        ["safety_defaults"],
      ],
      [
        "a destination and no days",
        { destinations: [hook], safety: { retentionDays: 0 } },
        ["safety_defaults"],
      ],
      ["days", { monitoredSources: [aProjectRow()], safety: { retentionDays: 30 } }, []],
      ["nothing is taken in", { safety: { retentionDays: undefined } }, []],
    ],
  ],
])("%s", (ruleId, cases) => {
  it.each(cases)("case 134: %s", (_, rows, affected) => {
    expect(found(ruleId, rows)).toEqual(affected);
  });
});

function failOpen(row: ReturnType<typeof aDestinationRow>): Rows {
  return { destinations: [row], safety: { blockUnreadyDestinations: false } };
}
function actions(...recentActions: ReturnType<typeof anAction>[]): Rows {
  return { externalPublishSurfaces: { configuredDestinations: [], recentActions } };
}

const faulty: Rows = {
  destinations: [open],
  monitoredSources: [aProjectRow({ tenantId: null, readiness: unready })],
  safety: { requireApprovalForHighRisk: false, retentionDays: undefined },
};

describe("what is asked for", () => {
  it.each<[string | undefined, string, boolean]>([
    [undefined, "dry_run", true],
    ["dry_run", "dry_run", true],
    ["odd", "dry_run", true],
    ["constructor", "dry_run", true],
    [" Enforced ", "enabled", false],
    ["enable", "enabled", false],
    ["enabled", "enabled", false],
    ["OFF", "disabled", true],
    ["disable", "disabled", true],
  ])("mode %s is %s", (mode, settled, dryRun) => {
    expect(posturePolicy({ mode })).toMatchObject({ mode: settled, dryRun });
  });

  it("case 134: an empty deployment has no finding, and disabled mode has none whatever is wrong", () => {
    expect(check({ safety: { retentionDays: undefined } }).counts).toMatchObject({
      findings: 0,
      activeRules: 11,
    });
    expect(check(faulty).findings).not.toEqual([]);
    const { findings, counts } = check(faulty, { mode: "off" });
    expect([findings, counts.activeRules]).toEqual([[], 0]);
  });

  it.each<[string, PostureAsk, PostureRuleId[]]>([
    ["rules by id", { rules: ["missing_tenant_context"] }, ["missing_tenant_context"]],
    ["an unknown id fires nothing", { rules: ["no_such_rule"] }, []],
    ["blanks ask for all", { rules: [" "], minSeverity: "high" }, expectedHigh()],
    [
      "all but some",
      {
        disabledRules: ["missing_tenant_context", "source_readiness_failed", "unknown"],
        minSeverity: "HIGH",
      },
      ["external_destination_without_approval"],
    ],
    ["nothing is critical", { minSeverity: "critical" }, []],
  ])("%s", (_, ask, ruleIds) => {
    expect(check(faulty, ask).findings.map((each) => each.ruleId)).toEqual(ruleIds);
  });

  it("an unknown severity filters nothing", () => {
    expect(check(faulty, { minSeverity: "odd" }).findings).toEqual(check(faulty).findings);
  });

  it("counts by severity and category; the worst stand first", () => {
    const { findings, counts } = check(faulty);
    expect(counts).toMatchObject({
      findings: 6,
      bySeverity: { high: 3, medium: 2, low: 1 },
      byCategory: { missing_approval: 1, unsafe_destination: 1, source_readiness: 2, retention_gap: 1 },
    });
    expect(findings.map((each) => each.severity)).toEqual([
      "high",
      "high",
      "high",
      "medium",
      "medium",
      "low",
    ]);
  });
});

function expectedHigh(): PostureRuleId[] {
  return ["missing_tenant_context", "external_destination_without_approval", "source_readiness_failed"];
}

describe("a finding", () => {
  it("case 134: fingerprints are unique, stable and say nothing of the tenant; gaps of one source stay apart", () => {
    const first = check(faulty).findings;
    const prints = first.map((each) => each.fingerprint);
    expect(new Set(prints).size).toBe(prints.length);
    expect(prints.every((each) => /^sha256:[0-9a-f]{64}$/.test(each))).toBe(true);
    const otherTenant = {
      ...faulty,
      monitoredSources: [aProjectRow({ tenantId: null, workspaceId: "else", readiness: unready })],
    };
    expect(check(otherTenant, { mode: "enabled" }).findings.map((each) => each.fingerprint)).toEqual(prints);
    expect(first.every((each) => each.findingId === `bpf_${each.fingerprint.slice(7, 23)}`)).toBe(true);
  });

  it("what says the same twice is one finding", () => {
    expect(check({ destinations: [open, open] }).findings).toHaveLength(1);
  });

  it("suggests a draft that routes can know by its tags, and a report of its own identity", () => {
    const [worst] = check({ destinations: [open], safety: { requireApprovalForHighRisk: false } }).findings;
    expect(worst?.draftSuggestion).toMatchObject({
      ...{ source: "security_posture", eventType: "security.posture.finding", riskLevel: "high" },
      ...{ riskCategory: "missing_approval", routeTags: ["security_posture", "missing_approval"] },
      fingerprint: worst?.fingerprint,
    });
    if (!worst) throw new Error("nothing was found");
    expect(reportOfSuggestion(worst.draftSuggestion, "security_review", ["inventory.x"])).toMatchObject({
      ...{ event: "security.posture.finding", fingerprint: worst.fingerprint, evidenceRefs: ["inventory.x"] },
    });
  });

  it("every rule of the list can be named, and none twice", () => {
    expect(new Set(postureRules.map((rule) => rule.ruleId)).size).toBe(11);
  });
});
