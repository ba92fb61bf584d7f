import type { Role } from "./actor";
import { type ApprovalNeed, decideApprovalNeed } from "./approval-need";
import type { UserRow } from "./authority-evidence";
import { agentPaths } from "./authority-graph-agents";
import { GraphBuilder } from "./authority-graph-builder";
import { mayMatch, tookEverything } from "./authority-graph-match";
import type { Inventory } from "./authority-inventory";
import type { DestinationRow, KeyRow, MonitoredSourceRow } from "./authority-topology";
import { keyReports } from "./authority-topology-rows";
import { defaultConfig, type Route } from "./config";
import { permissionsOfRole } from "./permission";
import { type Reason, reason } from "./reason";

/*
 * Who or what may publish where, through which approval. Three columns: who acts or reports, the rule it passes, the place
 * it reaches. A path is a possibility: nothing leaves by itself (D-31), and a route's finer conditions may still say no.
 */

export type GraphColumn = "who" | "gate" | "where";
export type GraphNodeKind =
  | ("person" | "token" | "key" | "source" | "agent")
  | ("route" | "defaults" | "agent_policy" | "node_gate" | "no_gate")
  | ("destination" | "mcp_server" | "runtime_tools");
export type GraphNode = {
  nodeId: string;
  column: GraphColumn;
  kind: GraphNodeKind;
  label: string;
  note: string | null;
};

/** `always` and `high_risk`: when people must approve. `gate`: a runtime's own gate. `never`: nobody is asked. */
export type PathApproval = "always" | "high_risk" | "gate" | "never";
export type GraphPath = {
  whoId: string;
  gateId: string;
  whereId: string;
  approval: PathApproval;
  /** How many different people where they are asked; 0 where nobody is or nobody here knows. */
  people: number;
  /** Why it exists, then why that approval: each once. */
  why: Reason[];
};
export type AuthorityGraph = { nodes: GraphNode[]; paths: GraphPath[]; truncated: boolean };

export type GraphGround = {
  inventory: Inventory;
  /** The live routes that the reader sees, as configured: their conditions say which source they are for. */
  routes: readonly Route[];
  /** Reports of no project are the reader's to see. */
  seesUnbound: boolean;
  nowMs: number;
};

export function authorityGraph(ground: GraphGround): AuthorityGraph {
  const graph = new GraphBuilder();
  const ways = sourceWays(ground);
  for (const way of ways) addWay(graph, sourceNode(way), way, [way.because]);
  for (const key of ground.inventory.scopedIntakeKeys) addKey(graph, key, ways, ground.nowMs);
  for (const standing of standingsOf(ground.inventory.users)) addStanding(graph, standing, ways);
  addTokens(graph, ground.inventory, ways);
  agentPaths(graph, ground.inventory);
  return graph.build();
}

type Way = {
  source: MonitoredSourceRow | null;
  gate: GraphNode;
  where: GraphNode;
  approval: PathApproval;
  people: number;
  because: Reason;
  asks: Reason[];
};

/** Every rule that what comes from a source may pass, and where that leads, first match first. */
function sourceWays({ inventory, routes, seesUnbound }: GraphGround): Way[] {
  const live = routes
    .filter((route) => route.enabled && route.mode !== "shadow")
    .toSorted((left, right) => right.priority - left.priority);
  const rules: Rules = {
    inventory,
    destinations: new Map(inventory.destinations.map((row) => [row.destinationId, row])),
    asking: new Set(
      inventory.monitoredSources.flatMap((row) =>
        row.sourceId === null && row.requireApprovalForNewIssues ? row.projectId : [],
      ),
    ),
    needs: new Map(),
  };
  const sources = inventory.monitoredSources.filter((row) => row.enabled && !row.paused);
  return [...sources, ...(seesUnbound ? [null] : [])].flatMap((source) => waysOf(source, live, rules));
}

/** What every source is judged by. `needs`: each question about approval is answered once. */
type Rules = {
  inventory: Inventory;
  destinations: ReadonlyMap<string, DestinationRow>;
  /** Projects that ask for approval of what is new. */
  asking: ReadonlySet<string>;
  needs: Map<string, ApprovalNeed>;
};

function waysOf(source: MonitoredSourceRow | null, live: readonly Route[], rules: Rules): Way[] {
  const found: Way[] = [];
  const defaults = source?.defaultDestinationIds.length
    ? source.defaultDestinationIds
    : rules.inventory.incidentMonitor.defaultDestinationIds;
  for (const route of live) {
    if (!mayMatch(route, source)) continue;
    const ids = route.destinationIds.length ? route.destinationIds : defaults;
    found.push(...leadingTo(source, route, ids, rules));
    if (tookEverything(route)) return found;
  }
  return [...found, ...leadingTo(source, null, defaults, rules)];
}

function leadingTo(
  source: MonitoredSourceRow | null,
  route: Route | null,
  ids: readonly string[],
  rules: Rules,
): Way[] {
  return [...new Set(ids)].flatMap((id) => {
    const row = rules.destinations.get(id);
    if (!row?.enabled) return [];
    if (source?.allowlistEnforced && !source.allowedDestinationIds.includes(id)) return [];
    const plain = approvalNeed(source, route, row, rules, null);
    const high = plain.required ? plain : approvalNeed(source, route, row, rules, "high");
    const because = route
      ? reason("route_may_match", `Route ${route.name} ${conditionsOf(route)}`, { routeId: route.routeId })
      : reason("no_route_matches", "Goes to the default destinations where no route matches");
    return {
      ...{ source, because },
      gate: route ? routeNode(route) : defaultsNode,
      where: {
        ...{ nodeId: `destination:${id}`, column: "where" as const, kind: "destination" as const },
        ...{ label: row.name, note: row.kind },
      },
      approval: plain.required ? "always" : high.required ? "high_risk" : "never",
      people: high.count,
      asks: (high.required ? high : plain).because,
    } satisfies Way;
  });
}

function approvalNeed(
  source: MonitoredSourceRow | null,
  route: Route | null,
  destination: DestinationRow,
  { inventory, asking, needs }: Rules,
  riskLevel: string | null,
): ApprovalNeed {
  const { safetyDefaults, requireApprovalForNewIssues } = inventory.incidentMonitor;
  const count = source?.approvalsRequired ?? null;
  const sourceAsks = source !== null && asking.has(source.projectId);
  const of = [route?.routeId ?? null, destination.destinationId, riskLevel];
  // A count is named with its project, so that its reason is of that project alone.
  const approvers = source?.approvers ?? [];
  const asked = [count, approvers, count && source?.projectId];
  const key = JSON.stringify([...of, source?.approvalPolicy, sourceAsks, ...asked]);
  const known = needs.get(key);
  if (known) return known;
  const need = decideApprovalNeed({
    routes: route
      ? [{ ...route, policy: route.approvalPolicy }]
      : [{ routeId: null, name: null, policy: "inherit" }],
    sourcePolicy: source?.approvalPolicy ?? null,
    sourceRequiresApproval: sourceAsks,
    sourceApprovals: source && count ? [{ of: "project", id: source.projectId, count, approvers }] : [],
    riskLevel,
    destinations: [{ ...destinationIdentity(destination), routeTags: [] }],
    config: { ...defaultConfig, safetyDefaults, requireApprovalForNewIssues },
  });
  needs.set(key, need);
  return need;
}

const destinationIdentity = ({ destinationId, name, kind, enabled, requireApproval }: DestinationRow) => ({
  ...{ destinationId, name, kind, enabled, requireApproval },
});

function conditionsOf({ conditions, activeWindows }: Route): string {
  const further = (conditions?.length ?? 0) + (activeWindows?.length ? 1 : 0);
  return further === 0 ? "may match" : `may match, if ${further} further conditions hold`;
}

const routeNode = (route: Route): GraphNode => ({
  nodeId: `route:${route.routeId}`,
  ...{ column: "gate", kind: "route", label: route.name },
  note: route.approvalPolicy === "inherit" ? null : `approval ${route.approvalPolicy}`,
});
const defaultsNode: GraphNode = {
  ...{ nodeId: "defaults", column: "gate", kind: "defaults" },
  ...{ label: "Default destinations", note: null },
};

function sourceNode({ source }: Way): GraphNode {
  const base = { column: "who", kind: "source" } as const;
  if (!source) return { ...base, nodeId: "source:", label: "Reports of no project", note: null };
  const { projectId, sourceId, name } = source;
  return sourceId === null
    ? { ...base, nodeId: `source:${projectId}`, label: name, note: "project" }
    : {
        ...base,
        nodeId: `source:${projectId}/${sourceId}`,
        label: `${name} / ${sourceId}`,
        note: "log source",
      };
}

function addWay(graph: GraphBuilder, who: GraphNode, way: Way, why: readonly Reason[]): void {
  graph.add(who, way.gate, way.where, {
    ...{ approval: way.approval, people: way.people, why: [...why, ...way.asks] },
  });
}

function addKey(graph: GraphBuilder, key: KeyRow, ways: readonly Way[], nowMs: number): void {
  if (!keyReports(key, nowMs)) return;
  const who: GraphNode = {
    nodeId: `key:${key.keyId}`,
    ...{ column: "who", kind: "key", label: key.name, note: key.projectId },
  };
  const why = reason("key_reports", `The key reports for project ${key.projectId} and can do nothing else`, {
    projectId: key.projectId,
  });
  const isIts = ({ source }: Way) =>
    source?.projectId === key.projectId &&
    (key.sourceIds.length === 0 || source.sourceId === null || key.sourceIds.includes(source.sourceId));
  for (const way of ways.filter(isIts)) addWay(graph, who, way, [why, way.because]);
}

/** People who stand alike: the same role over everything, or on one project. */
type Standing = { role: Role; projectId: string | null; names: string[] };

function standingsOf(users: readonly UserRow[]): Standing[] {
  const found = new Map<string, Standing>();
  for (const user of users.filter((each) => each.enabled)) {
    const held: [Role, string | null][] = Object.entries(user.projectRoles).map(([id, role]) => [role, id]);
    if (user.role) held.unshift([user.role, null]);
    for (const [role, projectId] of held) {
      if (!permissionsOfRole(role).includes("publish")) continue;
      const key = JSON.stringify([role, projectId]);
      const standing = found.get(key) ?? { role, projectId, names: [] };
      standing.names.push(user.name);
      found.set(key, standing);
    }
  }
  return [...found.values()];
}

function addStanding(graph: GraphBuilder, { role, projectId, names }: Standing, ways: readonly Way[]): void {
  const on = projectId === null ? "over everything" : `on ${projectId}`;
  const who: GraphNode = {
    nodeId: `person:${role}:${projectId ?? ""}`,
    ...{ column: "who", kind: "person", label: `${role} ${on}`, note: named(names) },
  };
  const decides = permissionsOfRole(role).includes("decide");
  const why = reason(
    "role_may_publish",
    `The role ${role} ${on} may publish${decides ? " and approve" : ""}`,
    { role, projectId },
  );
  for (const way of ways) {
    if (projectId === null || way.source?.projectId === projectId) addWay(graph, who, way, [why]);
  }
}

const named = (names: readonly string[]): string =>
  names.length <= 3 ? names.join(", ") : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`;

function addTokens(graph: GraphBuilder, { tokens }: Inventory, ways: readonly Way[]): void {
  for (const token of tokens) {
    if (!token.enabled || !token.permissions.includes("publish")) continue;
    const who: GraphNode = {
      nodeId: `token:${token.tokenId}`,
      ...{ column: "who", kind: "token", label: token.name, note: `${token.kind} token` },
    };
    const decides = token.permissions.includes("decide");
    const words = decides
      ? "may publish, and approve where one approval suffices"
      : "may publish what is approved";
    const why = reason("token_may_publish", `A ${token.kind} token ${words}`, { kind: token.kind });
    for (const way of ways) addWay(graph, who, way, [why]);
  }
}
