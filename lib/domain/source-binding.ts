import type { SourceApprovals } from "./approval-need";
import type {
  ApprovalPolicy,
  DataReadiness,
  LogSource,
  MonitorConfig,
  MonitoredProject,
  SourceKind,
} from "./config";
import { type Reason, reason } from "./reason";
import { normaliseList } from "./text";

/** What a report of this project (and log source) is bound to, whatever the reporter claims (contract 5.1.6). */
export type SourceBinding = {
  projectId: string;
  /** null when bound to the project alone. */
  sourceId: string | null;
  repo: string;
  workspaceRoot: string;
  sourceKind: SourceKind;
  /** Empty and enforced (two disjoint lists) means that no destination at all is allowed. */
  allowedDestinationIds: string[];
  enforcesAllowlist: boolean;
  defaultDestinationIds: string[];
  routeTags: string[];
  tenantId?: string;
  workspaceId?: string;
  eventSchemaVersion?: string;
  redactionProfile?: string;
  retentionProfile?: string;
  approvalPolicy: ApprovalPolicy;
  /** What project and source ask for, each where it says something. */
  approvals: SourceApprovals[];
  dataReadiness: DataReadiness;
  autoCreateNewIssues: boolean;
  requireApprovalForNewIssues: boolean;
  autoCommentOnMatchedOpenIssues: boolean;
  /** Why reports are taken in but not worked on (D-15); null when they flow. */
  held: Reason | null;
  /** Is there a log source that may be read now, as far as project and source say? */
  watches: boolean;
};

type ProjectSettings = Omit<MonitoredProject, "logSources">;

export function bindSource(project: ProjectSettings, source?: LogSource | null): SourceBinding {
  const allowlist = effectiveAllowlist(project.allowedDestinationIds, source?.allowedDestinationIds ?? []);
  return {
    projectId: project.projectId,
    sourceId: source?.sourceId ?? null,
    repo: project.repo,
    workspaceRoot: project.workspaceRoot,
    sourceKind: source?.sourceKind ?? project.sourceKind,
    allowedDestinationIds: allowlist.ids,
    enforcesAllowlist: allowlist.enforced,
    defaultDestinationIds: effectiveDefaults(project, source),
    routeTags: normaliseList([...project.defaultRouteTags, ...(source?.defaultRouteTags ?? [])]),
    tenantId: source?.tenantId ?? project.tenantId,
    workspaceId: source?.workspaceId ?? project.workspaceId,
    eventSchemaVersion: source?.eventSchemaVersion ?? project.eventSchemaVersion,
    redactionProfile: source?.redactionProfile ?? project.redactionProfile,
    retentionProfile: source?.retentionProfile ?? project.retentionProfile,
    approvalPolicy:
      source && source.approvalPolicy !== "inherit" ? source.approvalPolicy : project.approvalPolicy,
    approvals: approvalsAsked(project, source),
    dataReadiness: { ...project.dataReadiness, ...withoutUnset(source?.dataReadiness) },
    autoCreateNewIssues: project.autoCreateNewIssues,
    requireApprovalForNewIssues: project.requireApprovalForNewIssues,
    autoCommentOnMatchedOpenIssues: project.autoCommentOnMatchedOpenIssues,
    held: projectHold(project),
    watches: Boolean(source?.enabled && !source.paused) && projectHold(project) === null,
  };
}

function approvalsAsked(project: ProjectSettings, source?: LogSource | null): SourceApprovals[] {
  const asked: SourceApprovals[] = [];
  const ask = (of: SourceApprovals["of"], id: string, row: ProjectSettings | LogSource) => {
    const { approvalsRequired, approvers } = row;
    if (approvalsRequired || approvers)
      asked.push({ of, id, count: approvalsRequired ?? 1, ...(approvers && { approvers }) });
  };
  ask("project", project.projectId, project);
  if (source) ask("source", source.sourceId, source);
  return asked;
}

/** One list counts alone; two intersect, in the source's order, and an empty result allows nothing. */
export function effectiveAllowlist(
  projectIds: readonly string[],
  sourceIds: readonly string[],
): { ids: string[]; enforced: boolean } {
  if (sourceIds.length === 0) return { ids: [...projectIds], enforced: projectIds.length > 0 };
  if (projectIds.length === 0) return { ids: [...sourceIds], enforced: true };
  return { ids: sourceIds.filter((id) => projectIds.includes(id)), enforced: true };
}

export function effectiveDefaults(
  project: Pick<MonitoredProject, "defaultDestinationIds">,
  source?: Pick<LogSource, "defaultDestinationIds"> | null,
): string[] {
  return [
    ...(source?.defaultDestinationIds.length ? source.defaultDestinationIds : project.defaultDestinationIds),
  ];
}

/** Why reports are held at all: the monitor's own flags come before the project's (D-15). */
export function intakeHold(
  config: Pick<MonitorConfig, "enabled" | "paused">,
  binding?: Pick<SourceBinding, "held"> | null,
): Reason | null {
  if (!config.enabled) return reason("monitor_disabled", "The monitor is disabled.");
  if (config.paused) return reason("monitor_paused", "The monitor is paused.");
  return binding?.held ?? null;
}

/** Why this log source is not read, by any of the flags that stop it; null when it is. */
export function sourceHold(
  config: Pick<MonitorConfig, "enabled" | "paused">,
  project: MonitoredProject,
  source: LogSource,
): Reason | null {
  const held = intakeHold(config, { held: projectHold(project) });
  if (held) return held;
  const fields = { project_id: project.projectId, source_id: source.sourceId };
  if (!source.enabled) return reason("source_disabled", "The log source is disabled.", fields);
  return source.paused ? reason("source_paused", "The log source is paused.", fields) : null;
}

export function findProject(config: MonitorConfig, projectId: string): MonitoredProject | null {
  return config.monitoredProjects.find((project) => project.projectId === projectId) ?? null;
}

export function findLogSource(project: MonitoredProject, sourceId: string): LogSource | null {
  return project.logSources.find((source) => source.sourceId === sourceId) ?? null;
}

function projectHold(project: ProjectSettings): Reason | null {
  const fields = { project_id: project.projectId };
  if (!project.enabled) return reason("project_disabled", "The project is disabled.", fields);
  if (project.paused) return reason("project_paused", "The project is paused.", fields);
  return null;
}

function withoutUnset(readiness: DataReadiness | undefined): DataReadiness {
  return Object.fromEntries(Object.entries(readiness ?? {}).filter(([, value]) => value !== undefined));
}
