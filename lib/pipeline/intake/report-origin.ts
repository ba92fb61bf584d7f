import { isRepoSlug, type MonitorConfig, unassignedRepo } from "@/lib/domain/config";
import { type FailureReport, type Provenance, type ReportOrigin } from "@/lib/domain/report";
import { bindSource, findLogSource, findProject, intakeHold } from "@/lib/domain/source-binding";
import { AppError } from "../errors";

/** How an edge says a report came: by a full credential or session, or bound to a project by a scoped key. */
export type IntakePath =
  | { kind: "unbound"; provenance: Extract<Provenance, "report" | "operator"> }
  | { kind: "bound"; projectId: string; sourceId: string | null };

/**
 * Where the report belongs. An unbound report carries nothing but its repository; a bound one gets everything from the
 * configuration, whatever its body claims (contract 4.15, 4.16).
 *
 * @throws AppError invalid: `intake_project_unknown`, `intake_source_unknown`, `repo_invalid`.
 */
export function reportOrigin(path: IntakePath, report: FailureReport, config: MonitorConfig): ReportOrigin {
  return path.kind === "bound" ? boundOrigin(path, config) : unboundOrigin(path.provenance, report, config);
}

function unboundOrigin(provenance: Provenance, report: FailureReport, config: MonitorConfig): ReportOrigin {
  if (report.repo !== undefined && !isRepoSlug(report.repo)) {
    throw new AppError("invalid", "repo_invalid", "repo must be owner/repo", { field: "report.repo" });
  }
  return {
    provenance,
    projectId: null,
    logSourceId: null,
    sourceKind: null,
    repo: report.repo ?? (isRepoSlug(config.repo) ? config.repo : unassignedRepo),
    workspaceRoot: report.workspaceRoot ?? config.workspaceRoot ?? "",
    routeTags: [],
    allowedDestinationIds: [],
    enforcesAllowlist: false,
    defaultDestinationIds: [],
    sourceApprovalPolicy: null,
    requireApproval: false,
    held: intakeHold(config) !== null,
    redactionProfile: config.safetyDefaults.redactionProfile,
  };
}

function boundOrigin(path: Extract<IntakePath, { kind: "bound" }>, config: MonitorConfig): ReportOrigin {
  const project = findProject(config, path.projectId);
  if (!project) {
    throw new AppError("invalid", "intake_project_unknown", `Project ${path.projectId} is not configured`, {
      field: "project_id",
    });
  }
  const sourceId = path.sourceId ?? "external";
  const source = findLogSource(project, sourceId);
  if (project.logSources.length > 0 && !source) {
    throw new AppError(
      "invalid",
      "intake_source_unknown",
      `Source ${sourceId} is not configured for ${path.projectId}`,
      {
        field: "source_id",
      },
    );
  }
  const binding = bindSource(project, source);
  return {
    provenance: "intake_key",
    projectId: project.projectId,
    logSourceId: sourceId,
    sourceKind: binding.sourceKind,
    repo: isRepoSlug(binding.repo) ? binding.repo : unassignedRepo,
    workspaceRoot: binding.workspaceRoot,
    routeTags: binding.routeTags,
    allowedDestinationIds: binding.allowedDestinationIds,
    enforcesAllowlist: binding.enforcesAllowlist,
    defaultDestinationIds: binding.defaultDestinationIds,
    sourceApprovalPolicy: binding.approvalPolicy === "inherit" ? null : binding.approvalPolicy,
    requireApproval: binding.requireApprovalForNewIssues,
    held: intakeHold(config, binding) !== null,
    redactionProfile: binding.redactionProfile ?? config.safetyDefaults.redactionProfile,
  };
}

/** Binding values that travel as attributes of the record (tenant, workspace, schema, profiles). */
export function withOriginAttributes(
  report: FailureReport,
  path: IntakePath,
  config: MonitorConfig,
): FailureReport {
  const {
    tenantId: _t,
    workspaceId: _w,
    eventSchemaVersion: _e,
    redactionProfile: _r,
    retentionProfile: _p,
    ...own
  } = report.attributes;
  if (path.kind === "unbound") return { ...report, attributes: own };
  const project = findProject(config, path.projectId);
  if (!project) return { ...report, attributes: own };
  const binding = bindSource(project, findLogSource(project, path.sourceId ?? "external"));
  return {
    ...report,
    attributes: {
      ...own,
      ...(binding.tenantId && { tenantId: binding.tenantId }),
      ...(binding.workspaceId && { workspaceId: binding.workspaceId }),
      ...(binding.eventSchemaVersion && { eventSchemaVersion: binding.eventSchemaVersion }),
      ...(binding.redactionProfile && { redactionProfile: binding.redactionProfile }),
      ...(binding.retentionProfile && { retentionProfile: binding.retentionProfile }),
    },
  };
}
