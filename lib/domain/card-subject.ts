import { localTenant } from "./authority-evidence";
import type { AutomationRow, Inventory, InventoryCounts, WorkflowRow } from "./authority-inventory";
import type { MonitoredSourceRow } from "./authority-topology";
import type { SourceKind } from "./config";

export const cardKinds = ["tandem_self_monitoring", "automation", "workflow", "monitored_source"] as const;
export type CardKind = (typeof cardKinds)[number];

export type SystemBoundary =
  | "tandem_self_monitoring"
  | "tandem_runtime"
  | "tandem_control_plane"
  | "customer_owned_system";

/** What a card is of, as the inventory has it: everything that nobody has to say. */
export type CardSubject = {
  cardId: string;
  cardKind: CardKind;
  /** `id` is unique within its kind: `shop/api` for a log source. */
  target: {
    kind: "incident_monitor" | "automation" | "workflow" | "project" | "log_source";
    id: string;
    name: string;
  };
  systemBoundary: SystemBoundary;
  sourceKind: SourceKind | null;
  projectId: string | null;
  /** Null where nothing is known of what it is for. */
  fallbackPurpose: string | null;
  authority: {
    tools: string[];
    mcpServers: string[];
    destinations: string[];
    routes: string[];
    dataSources: string[];
    /** Counts and states of the rest. */
    inventory: Record<string, number | boolean | string | string[]>;
  };
  tenantScope: string;
  inventoryPaths: string[];
};

export const monitorCardId = "tandem:self_monitoring:incident_monitor";
export const automationCardId = (id: string) => `automation:${id}`;
export const workflowCardId = (id: string) => `workflow:${id}`;
/** Ids of projects and sources hold no colon; a source that is called `project` gets a part more. */
export const sourceCardId = (projectId: string, sourceId: string | null) =>
  sourceId === "project"
    ? `monitored_source:${projectId}:source:project`
    : `monitored_source:${projectId}:${sourceId ?? "project"}`;

const boundaries: Record<SourceKind, SystemBoundary> = {
  tandem_monitor: "tandem_self_monitoring",
  ...{ tandem_runtime: "tandem_control_plane", agent_runtime: "tandem_control_plane" },
  mcp_gateway: "tandem_control_plane",
  ...{ external_app: "customer_owned_system", ci: "customer_owned_system" },
  customer_system: "customer_owned_system",
};

/** The monitor itself first, then automations, workflows, and monitored sources in the inventory's order. */
export function cardSubjects(inventory: Inventory, counts: InventoryCounts): CardSubject[] {
  return [
    monitorSubject(inventory, counts),
    ...grouped(inventory.automationSpecs, (row) => row.automationId).map(automationSubject),
    ...grouped(inventory.workflows, (row) => row.workflowId).map(workflowSubject),
    ...inventory.monitoredSources.map((row) => sourceSubject(row, inventory)),
  ];
}

function monitorSubject(inventory: Inventory, counts: InventoryCounts): CardSubject {
  const { mcp, incidentMonitor } = inventory;
  return {
    ...{
      cardId: monitorCardId,
      cardKind: "tandem_self_monitoring",
      systemBoundary: "tandem_self_monitoring",
    },
    target: { kind: "incident_monitor", id: "incident_monitor", name: "Incident Monitor" },
    ...{ sourceKind: "tandem_monitor", projectId: null },
    fallbackPurpose:
      "Takes failures in, groups and triages them, and publishes what people approved to governed destinations.",
    authority: {
      tools: sorted(mcp.registeredTools),
      mcpServers: sorted(mcp.enabledServerNames),
      destinations: inventory.destinations.filter((row) => row.enabled).map((row) => row.destinationId),
      routes: inventory.routes.filter((row) => row.enabled).map((row) => row.routeId),
      dataSources: inventory.monitoredSources.map((row) => sourceCardId(row.projectId, row.sourceId)),
      inventory: { ...counts, enabled: incidentMonitor.enabled, paused: incidentMonitor.paused },
    },
    tenantScope: tenantOf(null, null),
    inventoryPaths: ["inventory.incident_monitor"],
  };
}

/** Several runtimes may register one id: it is one card with the authority of all of them. */
function automationSubject([first, ...more]: Rows<AutomationRow>): CardSubject {
  const rows = [first, ...more];
  const agents = rows.flatMap((row) => row.agents);
  const nodes = rows.flatMap((row) => row.nodes);
  const policies = [...agents, ...nodes];
  const { automationId: id, tenantContext } = first;
  return {
    ...{ cardId: automationCardId(id), cardKind: "automation", systemBoundary: "tandem_runtime" },
    ...{ target: { kind: "automation", id, name: first.name }, sourceKind: null },
    projectId: commonProject(rows),
    fallbackPurpose: first.description,
    authority: {
      tools: sorted(
        policies.flatMap((each) => [
          ...(each.toolPolicy?.allowlist ?? []),
          ...(each.mcpPolicy?.allowedTools ?? []),
        ]),
      ),
      mcpServers: sorted(policies.flatMap((each) => each.mcpPolicy?.effectiveAllowedServers ?? [])),
      ...{ destinations: [], routes: [], dataSources: [] },
      inventory: {
        ...{ status: first.status, agents: agents.length, nodes: nodes.length },
        requiredGates: nodes.filter((each) => each.gate?.required).length,
        outputTargets: sorted(rows.flatMap((row) => row.outputTargets)),
        ...registration(rows),
      },
    },
    tenantScope: tenantOf(tenantContext?.orgId ?? null, tenantContext?.workspaceId ?? null),
    inventoryPaths: [`inventory.automation_specs.${id}`],
  };
}

function workflowSubject([first, ...more]: Rows<WorkflowRow>): CardSubject {
  const rows = [first, ...more];
  const steps = rows.flatMap((row) => row.steps);
  const hooks = rows.flatMap((row) => row.hooks);
  const id = first.workflowId;
  return {
    ...{ cardId: workflowCardId(id), cardKind: "workflow", systemBoundary: "tandem_runtime" },
    ...{ target: { kind: "workflow", id, name: first.name }, sourceKind: null },
    ...{ projectId: commonProject(rows), fallbackPurpose: first.description },
    authority: {
      tools: sorted([...steps, ...hooks.flatMap((hook) => hook.actions)].map((each) => each.action)),
      ...{ mcpServers: [], destinations: [], routes: [], dataSources: [] },
      inventory: {
        enabled: rows.some((row) => row.enabled),
        ...{ steps: steps.length, hooks: hooks.length, ...registration(rows) },
      },
    },
    tenantScope: tenantOf(null, null),
    inventoryPaths: [`inventory.workflows.${id}`],
  };
}

function sourceSubject(row: MonitoredSourceRow, inventory: Inventory): CardSubject {
  const { projectId, sourceId } = row;
  const isBound = row.allowlistEnforced || row.allowedDestinationIds.length > 0;
  const live = inventory.destinations.filter((each) => each.enabled).map((each) => each.destinationId);
  const names = (ids: readonly string[], id: string | null) =>
    ids.length === 0 || (id !== null && ids.includes(id));
  const routes = inventory.routes.filter(
    ({ enabled, match }) =>
      enabled && names(match.projectIds, projectId) && names(match.logSourceIds, sourceId),
  );
  const id = sourceId === null ? projectId : `${projectId}/${sourceId}`;
  const cardId = sourceCardId(projectId, sourceId);
  return {
    ...{ cardId, cardKind: "monitored_source", systemBoundary: boundaries[row.sourceKind] },
    target: { kind: sourceId === null ? "project" : "log_source", id, name: row.name },
    ...{ sourceKind: row.sourceKind, projectId },
    fallbackPurpose: `Failures of ${row.name} are taken in and governed by this monitor.`,
    authority: {
      tools: [],
      mcpServers: row.sourceId === null && row.mcpServer ? [row.mcpServer] : [],
      destinations: isBound ? live.filter((each) => row.allowedDestinationIds.includes(each)) : live,
      ...{ routes: routes.map((each) => each.routeId), dataSources: [cardId] },
      inventory: {
        ...{ enabled: row.enabled, paused: row.paused, approvalPolicy: row.approvalPolicy },
        scopedIntakeKeys: inventory.scopedIntakeKeys.filter(
          (key) => key.enabled && key.projectId === projectId,
        ).length,
        ...(row.sourceId === null && { logSources: row.logSourceCount }),
      },
    },
    tenantScope: tenantOf(row.tenantId, row.workspaceId),
    inventoryPaths: [`inventory.monitored_sources.${id}`],
  };
}

type Rows<Row> = [Row, ...Row[]];

function grouped<Row>(rows: readonly Row[], idOf: (row: Row) => string): Array<Rows<Row>> {
  const groups = new Map<string, Rows<Row>>();
  for (const row of rows) {
    const group = groups.get(idOf(row));
    if (group) group.push(row);
    else groups.set(idOf(row), [row]);
  }
  return [...groups.values()];
}

const registration = (rows: ReadonlyArray<{ runtimeId: string; stale: boolean }>) => ({
  runtimeIds: sorted(rows.map((row) => row.runtimeId)),
  stale: rows.every((row) => row.stale),
});

/** Of one project only where every registration says so. */
function commonProject(rows: ReadonlyArray<{ projectId: string | null }>): string | null {
  const projectId = rows[0]?.projectId ?? null;
  return rows.every((row) => row.projectId === projectId) ? projectId : null;
}

const sorted = (words: readonly string[]) => [...new Set(words)].sort();
const tenantOf = (tenantId: string | null, workspaceId: string | null) =>
  `${tenantId ?? localTenant.orgId}/${workspaceId ?? localTenant.workspaceId}`;
