import { describe, expect, it } from "vitest";
import { aNode, anAgent, anAutomation, aRegistration, inventoryRecords } from "@/lib/testing/authority";
import { aDestination, aLogSource, aProject, aRoute } from "@/lib/testing/configs";
import { assembleInventory, mergedHooks } from "./authority-assembly";
import type { DeliveryEvidence } from "./authority-evidence-rows";
import type { IntakeKey } from "./intake-key";

const aKey = (projectId: string): IntakeKey => ({
  ...{ keyId: `key-${projectId}`, projectId, name: `Key of ${projectId}`, prefix: "tim_", enabled: true },
  ...{ scopes: ["incident_monitor:report"], sourceIds: [], ratePerSecond: 1, burst: 1, dailyQuota: null },
  ...{ createdAtMs: 1, expiresAtMs: null, lastUsedAtMs: null, rejectedCount: 0, disabledAtMs: null },
  rotatedFromId: null,
});
const aDelivery = (projectId: string | null): DeliveryEvidence => ({
  ...{ postId: `post-${projectId}`, draftId: "d", destinationId: "hook", kind: "webhook", operation: "post" },
  ...{ state: "published", triageRunId: null, approvalId: null, approvalRequired: false },
  ...{ idempotencyKeyPresent: true, receiptPresent: true, receiptKeys: ["status"], errorCode: null },
  ...{ projectId, createdAtMs: 1, updatedAtMs: 1 },
});

const twoProjects = {
  destinations: [
    aDestination(),
    aDestination({ destinationId: "hook", name: "Hook", kind: "webhook" }),
    aDestination({ destinationId: "secret-pay", name: "Pay only", kind: "webhook" }),
  ],
  defaultDestinationIds: ["local"],
  monitoredProjects: [
    aProject({ defaultDestinationIds: ["hook"], logSources: [aLogSource()] }),
    aProject({
      projectId: "pay",
      name: "Pay",
      tenantId: "other",
      logSources: [aLogSource({ sourceId: "ledger" })],
    }),
  ],
  routes: [
    aRoute({ routeId: "both", matchProjectIds: ["shop", "pay"], destinationIds: ["hook"] }),
    aRoute({ routeId: "pay-only", matchProjectIds: ["PAY"], destinationIds: ["secret-pay"] }),
    aRoute({ routeId: "pay-source", matchLogSourceIds: ["ledger"], destinationIds: ["secret-pay"] }),
    aRoute({ routeId: "pay-tenant", matchTenantIds: ["other"] }),
    aRoute({
      routeId: "pay-condition",
      conditions: [{ field: "project_id", op: "equals", values: ["pay"] }],
    }),
    aRoute({ routeId: "all", destinationIds: ["local"] }),
  ],
};

describe("what everybody sees", () => {
  it("case 130: an empty inventory returns every section, zero counts and a read-only scope", () => {
    const { inventory, counts, scope, schemaVersion } = assembleInventory(inventoryRecords());
    expect([schemaVersion, scope.readOnly, scope.tenantContext.source]).toEqual([1, true, "local_implicit"]);
    const { destinations, approvalRules, roles, externalPublishSurfaces, ...lists } = inventory;
    // The legacy row stands for no destination, and the high-risk rule is always there.
    expect(destinations.map((row) => row.destinationId)).toEqual(["legacy-github"]);
    expect(approvalRules.map((row) => row.ruleId)).toEqual([
      "incident_monitor.high_risk",
      "destination:legacy-github",
    ]);
    expect(externalPublishSurfaces.recentActions).toEqual([]);
    expect(roles).toHaveLength(5);
    for (const [section, rows] of Object.entries(lists)) {
      if (Array.isArray(rows)) expect([section, rows]).toEqual([section, []]);
    }
    const { destinations: configured, roles: known, ...zero } = counts;
    expect([configured, known, ...Object.values(zero)].filter((count) => count !== 0)).toEqual([1, 5]);
  });

  it("every count is the length of its list", () => {
    const { counts, inventory } = assembleInventory(
      inventoryRecords(twoProjects, { keys: [aKey("shop")], deliveries: [aDelivery(null)] }),
    );
    expect(counts).toMatchObject({
      ...{ routes: 6, destinations: 3, monitoredSources: 4, scopedIntakeKeys: 1, externalActions: 1 },
      roles: inventory.roles.length,
    });
  });

  it("shows of a destination's settings their names alone", () => {
    const row = aDestination({
      ...{ destinationId: "hook", kind: "webhook" },
      ...{ webhookUrl: "https://planted.example/x", webhookSecretRef: "env:INCIDENT_MONITOR_SECRET_PLANTED" },
      config: { headers: { authorization: "planted" }, allow_publish: true },
    });
    const answer = assembleInventory(inventoryRecords({ destinations: [row] }));
    expect(answer.inventory.destinations[0]).toMatchObject({
      ...{ webhookUrlPresent: true, webhookSecretRefPresent: true, allowPublish: true },
      customConfigKeys: ["allow_publish", "headers"],
    });
    expect(JSON.stringify(answer)).not.toMatch(/planted/i);
  });

  it("binds a log source with what is left of its project's settings", () => {
    const project = aProject({
      ...{ allowedDestinationIds: ["a"], approvalPolicy: "always", enabled: false },
      logSources: [aLogSource({ allowedDestinationIds: ["b"] })],
    });
    const { monitoredSources } = assembleInventory(
      inventoryRecords({ monitoredProjects: [project] }),
    ).inventory;
    expect(monitoredSources[1]).toMatchObject({
      ...{ sourceId: "api", enabled: false, approvalPolicy: "always" },
      ...{ allowedDestinationIds: [], allowlistEnforced: true },
    });
  });
});

describe("what a reader of one project sees", () => {
  const records = inventoryRecords(twoProjects, {
    visible: ["shop"],
    access: null,
    breakGlass: null,
    keys: [aKey("shop"), aKey("pay")],
    deliveries: [aDelivery("pay"), aDelivery("shop"), aDelivery(null)],
    registrations: [
      aRegistration({
        automationSpecs: [
          anAutomation({ automationId: "mine", projectId: "shop" }),
          anAutomation({ automationId: "theirs", projectId: "pay" }),
          anAutomation({ automationId: "unbound" }),
        ],
      }),
      aRegistration(
        { workflows: [{ ...aWorkflow(), projectId: "pay" }] },
        { runtimeId: "pay-runtime", name: "Pay runtime" },
      ),
    ],
  });
  const { inventory, counts, sensitiveValues } = assembleInventory(records);

  it("case 132: automations, routes, keys, sources and destinations of another project are absent", () => {
    expect(inventory.automationSpecs.map((row) => row.automationId)).toEqual(["mine", "unbound"]);
    expect(inventory.routes.map((row) => row.routeId)).toEqual(["both", "all"]);
    expect(inventory.routes[0]?.match.projectIds).toEqual(["shop"]);
    expect(inventory.scopedIntakeKeys.map((row) => row.projectId)).toEqual(["shop"]);
    expect(inventory.monitoredSources.map((row) => row.projectId)).toEqual(["shop", "shop"]);
    expect(inventory.destinations.map((row) => row.destinationId)).toEqual(["local", "hook"]);
    expect(inventory.runtimes.map((row) => row.runtimeId)).toEqual(["engine"]);
    expect(JSON.stringify(inventory)).not.toMatch(/pay/i);
  });

  it("filters recent external actions too (W-57), and counts what is left", () => {
    expect(inventory.externalPublishSurfaces.recentActions.map((row) => row.actionId)).toEqual(["post-shop"]);
    expect(counts).toMatchObject({
      ...{ externalActions: 1, automationSpecs: 2, routes: 2, destinations: 2, users: 0, tokens: 0 },
    });
  });

  it("is told which sections are kept from them", () => {
    expect(sensitiveValues.withheldSections).toEqual(["users", "tokens", "governance_approval_requests"]);
    expect(inventory.roles.every((row) => row.userCount === null)).toBe(true);
  });
});

function aWorkflow() {
  const hooks = [
    { bindingId: "b", event: "run.failed", enabled: false, actions: [act("notify")], source: "registry" },
    {
      bindingId: "b",
      event: "run.failed",
      enabled: true,
      actions: [act("notify"), act("file")],
      source: "embedded",
    },
    { bindingId: "c", event: "run.failed", enabled: true, actions: [], source: "embedded" },
  ];
  return {
    ...{ workflowId: "w", name: "W", description: null, enabled: true, source: "registry", projectId: null },
    ...{ steps: [], hooks },
  };
}
function act(action: string) {
  return { action, hasParameters: false, parameterKeys: [] };
}

it("case 132: registry and embedded hooks are merged", () => {
  expect(mergedHooks(aWorkflow().hooks)).toMatchObject([
    { bindingId: "b", enabled: true, source: "merged", actions: [{ action: "notify" }, { action: "file" }] },
    { bindingId: "c", source: "embedded" },
  ]);
});

describe("what runtimes registered", () => {
  const automation = anAutomation({
    agents: [anAgent({ approvalPolicy: "two_people" })],
    nodes: [
      aNode({
        gate: {
          ...{ required: true, decisions: ["approve"], reworkTargets: [], instructionsPresent: true },
          expiryPolicy: null,
        },
      }),
    ],
  });

  it.each([
    ["in its time", 9_000, false],
    ["past its time", 5_000, true],
  ])("%s it says whether it is stale", (_, expiresAtMs, stale) => {
    const registrations = [aRegistration({ automationSpecs: [automation] }, { expiresAtMs })];
    const { inventory } = assembleInventory(inventoryRecords({}, { registrations }));
    expect([inventory.automationSpecs[0]?.stale, inventory.runtimes[0]?.stale]).toEqual([stale, stale]);
  });

  it("its agents' policies and gates are approval rules", () => {
    const registrations = [aRegistration({ automationSpecs: [automation] })];
    const { approvalRules } = assembleInventory(inventoryRecords({}, { registrations })).inventory;
    expect(approvalRules.slice(-2)).toMatchObject([
      { source: "automation_agent", agentId: "writer", policy: "two_people", requiresApproval: true },
      { source: "automation_node_gate", nodeId: "step", policy: "required", requiresApproval: true },
    ]);
  });
});

it("a rule tells whom it names, whether they can sign in, and that too few may", () => {
  const person = (userId: string, disabled = false) =>
    [userId, { userId, name: userId.toUpperCase(), disabled, role: "approver", projectRoles: {} }] as const;
  const approvers = new Map([person("ada"), person("off", true)]);
  const config = { routes: [aRoute({ routeId: "pay", approvers: ["ada", "off"], approvalsRequired: 2 })] };
  const { inventory } = assembleInventory(inventoryRecords(config, { approvers }));
  const rule = inventory.approvalRules.find((row) => row.ruleId === "route:pay");
  expect(rule).toMatchObject({
    requiresApproval: true,
    approvers: [
      { userId: "ada", name: "ADA", active: true },
      { userId: "off", name: "OFF", active: false },
    ],
  });
  expect(rule?.unmet).toContain("OFF is disabled");
});
