import { describe, expect, it } from "vitest";
import { aNode, anAgent, anAutomation, aRegistration, inventoryRecords } from "@/lib/testing/authority";
import { aDestination, aLogSource, aProject, aRoute } from "@/lib/testing/configs";
import { assembleInventory, type InventoryRecords } from "./authority-assembly";
import { type AuthorityGraph, authorityGraph } from "./authority-graph";
import { graphLimits } from "./authority-graph-builder";
import { visibleTopology } from "./authority-scope";
import type { MonitorConfig } from "./config";

function graphOf(config: Partial<MonitorConfig>, fields: Partial<InventoryRecords> = {}): AuthorityGraph {
  const records = inventoryRecords(
    { destinations: [local, hook], defaultDestinationIds: ["local"], ...config },
    fields,
  );
  return authorityGraph({
    inventory: assembleInventory(records).inventory,
    routes: visibleTopology(records.config, records.destinations, records.visible).routes,
    seesUnbound: records.visible === null,
    nowMs: records.nowMs,
  });
}
const local = aDestination();
const hook = aDestination({ destinationId: "hook", name: "Hook", kind: "webhook" });
const shop = aProject();

/** `who -> gate -> where: approval people` */
const read = ({ paths }: AuthorityGraph) =>
  paths.map((path) => `${path.whoId} -> ${path.gateId} -> ${path.whereId}: ${path.approval} ${path.people}`);
const from = (graph: AuthorityGraph, whoId: string) =>
  read(graph).filter((path) => path.startsWith(`${whoId} ->`));

const aUser = (fields: object) => ({
  ...{ userId: "u", name: "Ada", role: null, projectRoles: {}, createdAtMs: 1, disabledAtMs: null },
  ...{ lastSeenAtMs: null, sessionCount: 0, hasPassword: true, hasSecondFactor: false },
  ...fields,
});
const aToken = (fields: object) => ({
  ...{ tokenId: "t", name: "CI", kind: "service" as const, prefix: "p", scopes: [], bootstrap: false },
  ...{ createdBy: { kind: "system" as const, id: "s", name: "s" }, createdAtMs: 1, expiresAtMs: null },
  ...{ lastUsedAtMs: null, disabledAtMs: null, rotatedFromId: null },
  ...fields,
});

describe("what comes from a source", () => {
  it.each<[string, Partial<MonitorConfig>, string[]]>([
    ["goes to the defaults, high risk by approval", {}, ["defaults -> destination:local: high_risk 1"]],
    [
      "goes where a route of its project says, and past it to the defaults",
      { routes: [aRoute({ matchProjectIds: ["shop"], destinationIds: ["hook"] })] },
      ["route:route -> destination:hook: high_risk 1", "defaults -> destination:local: high_risk 1"],
    ],
    [
      "never passes a route for another project, source or kind, a shadow or a switched-off one",
      {
        routes: [
          aRoute({ routeId: "a", matchProjectIds: ["pay"], destinationIds: ["hook"] }),
          aRoute({ routeId: "b", matchLogSourceIds: ["api"], destinationIds: ["hook"] }),
          aRoute({ routeId: "c", matchSourceKinds: ["ci"], destinationIds: ["hook"] }),
          aRoute({ routeId: "d", mode: "shadow", destinationIds: ["hook"] }),
          aRoute({ routeId: "e", enabled: false, destinationIds: ["hook"] }),
          aRoute({ routeId: "f", conditions: [{ field: "project_id", op: "equals", values: ["pay"] }] }),
        ],
      },
      ["defaults -> destination:local: high_risk 1"],
    ],
    [
      "gets no further than a route that takes everything",
      {
        routes: [
          aRoute({ routeId: "low", destinationIds: ["local"] }),
          aRoute({ routeId: "high", priority: 9, destinationIds: ["hook"] }),
        ],
      },
      ["route:high -> destination:hook: high_risk 1"],
    ],
    [
      "asks people where the route, the destination or two people are asked for",
      {
        destinations: [local, { ...hook, requireApproval: true }],
        routes: [
          aRoute({
            routeId: "a",
            priority: 2,
            matchProjectIds: ["shop"],
            approvalPolicy: "always",
            destinationIds: ["local"],
          }),
          aRoute({
            routeId: "b",
            priority: 1,
            matchProjectIds: ["shop"],
            approvalsRequired: 2,
            destinationIds: ["hook"],
          }),
        ],
        defaultDestinationIds: [],
      },
      ["route:a -> destination:local: always 1", "route:b -> destination:hook: always 2"],
    ],
    [
      "reaches nothing outside its allow-list, and no destination that is switched off",
      {
        destinations: [{ ...local, enabled: false }, hook],
        monitoredProjects: [aProject({ allowedDestinationIds: ["local"] })],
        routes: [aRoute({ matchProjectIds: ["shop"], destinationIds: ["hook", "local"] })],
      },
      [],
    ],
  ])("%s", (_, config, wanted) => {
    const graph = graphOf({ monitoredProjects: [shop], ...config });
    expect(from(graph, "source:shop")).toEqual(wanted.map((path) => `source:shop -> ${path}`));
  });

  it("says why each path exists and why it asks", () => {
    const routes = [
      aRoute({
        name: "Pager",
        matchProjectIds: ["shop"],
        approvalPolicy: "always",
        destinationIds: ["hook"],
      }),
    ];
    const graph = graphOf({ monitoredProjects: [shop], routes });
    expect(graph.paths[0]?.why.map((each) => each.message)).toEqual([
      "Route Pager may match",
      "Route Pager says always",
    ]);
  });

  it("reports of no project are there for whoever sees them", () => {
    expect(from(graphOf({}), "source:")).toEqual(["source: -> defaults -> destination:local: high_risk 1"]);
    expect(graphOf({}, { visible: [] }).paths).toEqual([]);
  });
});

describe("who may publish it", () => {
  const project = {
    monitoredProjects: [shop, aProject({ projectId: "pay", name: "Pay", defaultDestinationIds: ["hook"] })],
  };
  it("a role over everything passes every gate, one on a project its own; a viewer none; whoever is disabled none", () => {
    const users = [
      aUser({ role: "approver" }),
      aUser({ userId: "v", role: "viewer" }),
      aUser({ userId: "x", role: "admin", disabledAtMs: 3 }),
      aUser({ userId: "p", name: "Bo", projectRoles: { pay: "approver" } }),
    ];
    const graph = graphOf(project, { access: { users, tokens: [] } });
    expect(
      graph.nodes.filter((node) => node.kind === "person").map((node) => [node.label, node.note]),
    ).toEqual([
      ["approver over everything", "Ada"],
      ["approver on pay", "Bo"],
    ]);
    expect(from(graph, "person:approver:")).toHaveLength(2);
    expect(from(graph, "person:approver:pay")).toEqual([
      "person:approver:pay -> defaults -> destination:hook: high_risk 1",
    ]);
  });

  it("a token where its kind and scopes let it publish", () => {
    const tokens = [
      aToken({}),
      aToken({ tokenId: "agent", kind: "agent" }),
      aToken({ tokenId: "narrow", kind: "admin", scopes: ["read"] }),
      aToken({ tokenId: "ended", kind: "admin", expiresAtMs: 1 }),
    ];
    const graph = graphOf({}, { access: { users: [], tokens } });
    expect(graph.nodes.filter((node) => node.kind === "token").map((node) => node.nodeId)).toEqual([
      "token:t",
    ]);
  });

  it("of several ways between the same three the weakest counts", () => {
    const strict = aProject({ projectId: "strict", name: "Strict", approvalPolicy: "always" });
    const free = aProject({ projectId: "free", name: "Free", approvalPolicy: "never" });
    const users = [aUser({ role: "approver" })];
    const graph = graphOf(
      { monitoredProjects: [strict, free] },
      { visible: ["strict", "free"], access: { users, tokens: [] } },
    );
    expect(from(graph, "person:approver:")).toEqual([
      "person:approver: -> defaults -> destination:local: high_risk 1",
    ]);
  });
});

describe("agents that a runtime registered", () => {
  const mcp = {
    allowedServers: ["tracker"],
    effectiveAllowedServers: ["tracker"],
    allowedTools: [],
    allowedConnectionGrants: [],
  };
  const gate = {
    required: true,
    decisions: [],
    reworkTargets: [],
    instructionsPresent: false,
    expiryPolicy: null,
  };
  const agentPathsOf = (agent: object, nodes: object[] = []) => {
    const spec = anAutomation({ agents: [anAgent(agent)], nodes: nodes.map((node) => aNode(node)) });
    return from(
      graphOf({}, { registrations: [aRegistration({ automationSpecs: [spec] })] }),
      "agent:engine/nightly/writer",
    );
  };
  it.each<[string, string[], string[]]>([
    ["ungated", agentPathsOf({ mcpPolicy: mcp }), ["no_gate -> mcp_server:tracker: never 0"]],
    [
      "by its own policy",
      agentPathsOf({ mcpPolicy: mcp, approvalPolicy: "ask" }),
      ["agent_policy:engine/nightly/writer -> mcp_server:tracker: gate 0"],
    ],
    [
      "through a step's gate, and past a step without one",
      agentPathsOf({ toolPolicy: { allowlist: ["send"], denylist: [] } }, [{ gate }, { nodeId: "free" }]),
      [
        "gate:engine/nightly/writer/step -> runtime_tools:engine: gate 0",
        "no_gate -> runtime_tools:engine: never 0",
      ],
    ],
    [
      "a step's own empty list takes the agent's tools away",
      agentPathsOf({ toolPolicy: { allowlist: ["send"], denylist: [] } }, [
        { toolPolicy: { allowlist: [], denylist: [] } },
      ]),
      [],
    ],
  ])("%s", (_, found, wanted) => {
    expect(found).toEqual(wanted.map((path) => `agent:engine/nightly/writer -> ${path}`));
  });
});

it("stops at what can be drawn, and says so", () => {
  const monitoredProjects = Array.from({ length: 40 }, (_, n) =>
    aProject({ projectId: `p${n}`, name: `P${n}`, logSources: [aLogSource()] }),
  );
  const routes = Array.from({ length: 40 }, (_, n) =>
    aRoute({ routeId: `r${n}`, name: `R${n}`, matchComponents: ["x"], destinationIds: ["hook"] }),
  );
  const graph = graphOf({ monitoredProjects, routes });
  expect([graph.paths.length, graph.truncated]).toEqual([graphLimits.paths, true]);
});
