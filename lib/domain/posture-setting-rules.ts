import type { DestinationRow, Inventory, MonitoredSourceRow } from "./authority-inventory";
import { type DestinationKind, legacyGithubId } from "./config";
import type { AffectedObject, PostureFault } from "./posture";

/** Kinds that leave this deployment for somebody else's system. */
export const externalKinds: readonly DestinationKind[] = [
  "github_issue",
  "linear_issue",
  "webhook",
  "mcp_tool",
];

/** Enabled and external. The row that an empty configuration implies is none until it names a repository. */
export function liveExternalDestinations({ destinations }: Inventory): DestinationRow[] {
  return destinations.filter(
    (row) =>
      row.enabled &&
      externalKinds.includes(row.kind) &&
      (row.destinationId !== legacyGithubId || row.repo !== null),
  );
}

/** A source may send to every external destination there is: nothing narrows what a mistake in it reaches. */
export function broadSourceDestinationScope(inventory: Inventory): PostureFault[] {
  const external = liveExternalDestinations(inventory).map((row) => row.destinationId);
  if (external.length === 0) return [];
  return enabledSources(inventory).flatMap((source) => {
    const listed = source.allowedDestinationIds;
    // Two lists that have nothing in common are enforced as one that allows nothing.
    const open =
      listed.length === 0 ? !source.allowlistEnforced : external.every((id) => listed.includes(id));
    if (!open) return [];
    const subject = sourceObject(source);
    return [
      {
        ...{ ruleId: "broad_source_destination_scope", category: "scoped_intake_gap", severity: "medium" },
        title: `${sourceWords(source)} may send to every external destination`,
        detail:
          listed.length === 0
            ? "It has no list of allowed destinations, so a route may send what it reports anywhere."
            : "Its list of allowed destinations holds every external one there is.",
        recommendation: "List the destinations that this source needs, and no other.",
        affected: [subject],
        evidence: [`${sourcePlace(source)}.allowed_destination_ids`],
        fix: {
          ...{ kind: "setting", code: "source_allowed_destinations", field: "allowed_destination_ids" },
          ...sourceIds(source),
        },
      } satisfies PostureFault,
    ];
  });
}

/** Whose data it is cannot be told: no tenant or workspace is named, or the one that stands for nobody. */
export function missingTenantContext(inventory: Inventory): PostureFault[] {
  const automations = inventory.automationSpecs.flatMap((row): PostureFault[] => {
    const tenant = row.tenantContext;
    const named = tenant?.source === "explicit" && isNamed(tenant.orgId) && isNamed(tenant.workspaceId);
    if (named) return [];
    const { automationId, runtimeId, name } = row;
    return [
      tenantFault({
        title: `Automation ${name || automationId} names no tenant and workspace`,
        subject: { kind: "automation", id: automationId, name, automationId, runtimeId },
        evidence: `inventory.automation_specs.${automationId}.tenant_context`,
        recommendation: "Register it with an explicit tenant_context: org_id and workspace_id.",
        fix: { kind: "registration", code: "authority_subjects", runtimeId, field: "tenant_context" },
      }),
    ];
  });
  const sources = enabledSources(inventory).flatMap((source): PostureFault[] => {
    if (isNamed(source.tenantId) && isNamed(source.workspaceId)) return [];
    return [
      tenantFault({
        title: `${sourceWords(source)} names no tenant and workspace`,
        subject: sourceObject(source),
        evidence: `${sourcePlace(source)}.tenant_id`,
        recommendation: "Set tenant_id and workspace_id on the project or the log source.",
        fix: { kind: "setting", code: "source_tenant", field: "tenant_id", ...sourceIds(source) },
      }),
    ];
  });
  return [...automations, ...sources];
}

function tenantFault(said: {
  title: string;
  subject: AffectedObject;
  evidence: string;
  recommendation: string;
  fix: PostureFault["fix"];
}): PostureFault {
  return {
    ...{ ruleId: "missing_tenant_context", category: "tenant_context_gap", severity: "high" },
    title: said.title,
    detail: "What it does and reports cannot be told apart from another tenant's.",
    recommendation: said.recommendation,
    affected: [said.subject],
    evidence: [said.evidence],
    fix: said.fix,
  };
}

/** What leaves for somebody else's system needs nobody's word; worse where even high risk does not. */
export function externalDestinationWithoutApproval(inventory: Inventory): PostureFault[] {
  const highRiskIsOpen = !inventory.incidentMonitor.safetyDefaults.requireApprovalForHighRisk;
  return liveExternalDestinations(inventory)
    .filter((row) => !row.requireApproval)
    .flatMap((row): PostureFault[] => {
      const { destinationId } = row;
      const shared: Pick<PostureFault, "ruleId" | "affected" | "evidence"> = {
        ruleId: "external_destination_without_approval",
        affected: [destinationObject(row)],
        evidence: [`inventory.destinations.${destinationId}.require_approval`],
      };
      const always: PostureFault = {
        ...{ ...shared, category: "unsafe_destination", severity: "medium" },
        title: `${destinationWords(row)} may be sent to without a person`,
        detail: "It is an external destination and does not ask for approval itself.",
        recommendation: "Let a person approve what goes there.",
        fix: {
          ...{ kind: "setting", code: "destination_require_approval", field: "require_approval" },
          ...{ destinationId, set: true },
        },
      };
      if (!highRiskIsOpen) return [always];
      const evidence = "inventory.incident_monitor.safety_defaults.require_approval_for_high_risk";
      return [
        always,
        {
          ...{ ...shared, category: "missing_approval", severity: "high" },
          title: `High risk may leave for ${destinationWords(row)} without a person`,
          detail: "Neither the destination nor the safety defaults ask for approval of high risk.",
          recommendation: "Switch approval of high risk on again in the safety defaults.",
          evidence: [...shared.evidence, evidence],
          fix: {
            ...{ kind: "setting", code: "require_approval_for_high_risk" },
            ...{ field: "safety_defaults.require_approval_for_high_risk", set: true },
          },
        },
      ];
    });
}

/** What a kind cannot be sent to without, and this row does not have. */
export function missingBindings(row: DestinationRow): string[] {
  const without = (name: string, value: unknown) => (value ? [] : [name]);
  switch (row.kind) {
    case "github_issue":
      return without("repo", row.repo);
    case "linear_issue":
      return without("linear_team", row.linearTeam);
    case "webhook":
      return without("webhook_url", row.webhookUrlPresent);
    case "mcp_tool":
      return [
        ...without("mcp_server", row.mcpServer),
        ...without("mcp_tool", row.mcpTool),
        ...without("allow_publish", row.allowPublish === true),
      ];
    default:
      return [];
  }
}

/** Incomplete destinations are not stopped at by the safety defaults. */
export function unreadyDestinationFailOpen(inventory: Inventory): PostureFault[] {
  if (inventory.incidentMonitor.safetyDefaults.blockUnreadyDestinations) return [];
  return liveExternalDestinations(inventory).flatMap((row) => {
    const missing = missingBindings(row);
    if (missing.length === 0) return [];
    return [
      {
        ...{ ruleId: "unready_destination_fail_open", category: "unsafe_destination", severity: "medium" },
        title: `${destinationWords(row)} is incomplete and nothing stops at it`,
        detail: `It has no ${missing.join(" and no ")}, and stopping at unready destinations is off.`,
        recommendation: "Switch on stopping at destinations that are not ready, and complete this one.",
        affected: [destinationObject(row)],
        evidence: [
          "inventory.incident_monitor.safety_defaults.block_unready_destinations",
          ...missing.map((name) => `inventory.destinations.${row.destinationId}.${name}`),
        ],
        fix: {
          ...{ kind: "setting", code: "block_unready_destinations" },
          ...{ field: "safety_defaults.block_unready_destinations", set: true },
        },
      } satisfies PostureFault,
    ];
  });
}

/** Ours: nobody said how long records are kept. A deployment that takes nothing in keeps nothing. */
export function retentionDaysUnset(inventory: Inventory): PostureFault[] {
  const { retentionDays } = inventory.incidentMonitor.safetyDefaults;
  const takesIn =
    inventory.monitoredSources.some((row) => row.enabled) || liveExternalDestinations(inventory).length > 0;
  if (retentionDays || !takesIn) return [];
  return [
    {
      ...{ ruleId: "retention_days_unset", category: "retention_gap", severity: "medium" },
      title: "Records are kept without an end",
      detail:
        "The safety defaults name no number of days, so receipts and incidents stay until somebody deletes them.",
      recommendation: "Say for how many days records are kept.",
      affected: [{ kind: "safety_defaults", id: "safety_defaults" }],
      evidence: ["inventory.incident_monitor.safety_defaults.retention_days"],
      fix: { kind: "setting", code: "retention_days", field: "safety_defaults.retention_days" },
    },
  ];
}

const destinationWords = ({ destinationId, name }: DestinationRow): string => name || destinationId;

export const enabledSources = ({ monitoredSources }: Inventory): MonitoredSourceRow[] =>
  monitoredSources.filter((row) => row.enabled);

export function sourceObject(source: MonitoredSourceRow): AffectedObject {
  const { projectId, sourceId, name } = source;
  return sourceId === null
    ? { kind: "project", id: projectId, name, projectId }
    : { kind: "log_source", id: `${projectId}/${sourceId}`, projectId, sourceId };
}

/** As people call it: the row of a log source has its project's name. */
export const sourceWords = ({ projectId, sourceId, name }: MonitoredSourceRow): string =>
  sourceId === null ? `Project ${name || projectId}` : `Log source ${name || projectId} / ${sourceId}`;

export const sourcePlace = ({ projectId, sourceId }: MonitoredSourceRow): string =>
  `inventory.monitored_sources.${sourceId === null ? projectId : `${projectId}/${sourceId}`}`;

export const sourceIds = ({ projectId, sourceId }: MonitoredSourceRow) => ({
  projectId,
  ...(sourceId !== null && { sourceId }),
});

const destinationObject = ({ destinationId, name }: DestinationRow): AffectedObject => ({
  ...{ kind: "destination", id: destinationId, name, destinationId },
});

/** `local` stands for nobody in particular. */
const isNamed = (value: string | null): boolean =>
  value !== null && value.trim() !== "" && value.trim().toLowerCase() !== "local";
