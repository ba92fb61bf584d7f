import { isRepoSlug, type MonitorConfig, type SourceKind, unassignedRepo } from "@/lib/domain/config";
import type { FailureReport, Provenance, ReportOrigin } from "@/lib/domain/report";
import { bindSource, findLogSource, findProject, intakeHold } from "@/lib/domain/source-binding";
import { AppError } from "../errors";

/**
 * How an edge says a report came: by a full credential or session, from a runtime, from this product itself, bound to a
 * project by a scoped key, or read in a project's log.
 */
export type IntakePath =
  /** `routeTags`: what the path itself knows it by; never the reporter's. */
  | { kind: "unbound"; provenance: UnboundProvenance; routeTags?: readonly string[] }
  | { kind: "bound"; projectId: string; sourceId: string | null }
  | { kind: "watched"; projectId: string; sourceId: string };

type PlacedPath = Exclude<IntakePath, { kind: "unbound" }>;

type UnboundProvenance = Extract<
  Provenance,
  "report" | "operator" | "runtime_event" | "self_monitoring" | "security"
>;

/** What an unbound path is a source of by itself; of a reporter or an operator nothing is known. */
const sourceKindOf: Partial<Record<Provenance, SourceKind>> = {
  runtime_event: "tandem_runtime",
  self_monitoring: "tandem_monitor",
  security: "tandem_monitor",
};

/**
 * Where the report belongs. An unbound report carries nothing but its repository; a bound or watched one gets everything
 * from the configuration, whatever its body claims (contract 4.15, 4.16).
 *
 * @throws AppError invalid: `intake_project_unknown`, `intake_source_unknown`, `repo_invalid`.
 */
export function reportOrigin(path: IntakePath, report: FailureReport, config: MonitorConfig): ReportOrigin {
  return path.kind === "unbound" ? unboundOrigin(path, report, config) : placedOrigin(path, config);
}

/** Where a report belongs that names nothing itself: the deployment's own repository and root. */
export function unboundPlace(config: MonitorConfig): { repo: string; workspaceRoot: string } {
  return {
    repo: isRepoSlug(config.repo) ? config.repo : unassignedRepo,
    workspaceRoot: config.workspaceRoot ?? "",
  };
}

function unboundOrigin(
  { provenance, routeTags = [] }: Exclude<IntakePath, PlacedPath>,
  report: FailureReport,
  config: MonitorConfig,
): ReportOrigin {
  if (report.repo !== undefined && !isRepoSlug(report.repo)) {
    throw new AppError("invalid", "repo_invalid", "repo must be owner/repo", { field: "report.repo" });
  }
  const place = unboundPlace(config);
  return {
    provenance,
    projectId: null,
    logSourceId: null,
    sourceKind: sourceKindOf[provenance] ?? null,
    repo: report.repo ?? place.repo,
    workspaceRoot: report.workspaceRoot ?? place.workspaceRoot,
    routeTags: [...routeTags],
    allowedDestinationIds: [],
    enforcesAllowlist: false,
    defaultDestinationIds: [],
    sourceApprovalPolicy: null,
    requireApproval: false,
    held: intakeHold(config) !== null,
    redactionProfile: config.safetyDefaults.redactionProfile,
  };
}

function placedOrigin(path: PlacedPath, config: MonitorConfig): ReportOrigin {
  const project = findProject(config, path.projectId);
  if (!project) {
    throw new AppError("invalid", "intake_project_unknown", `Project ${path.projectId} is not configured`, {
      field: "project_id",
    });
  }
  const sourceId = path.sourceId ?? "external";
  const source = findLogSource(project, sourceId);
  // A key's project may have no sources at all; a log that is read is one.
  if (!source && (path.kind === "watched" || project.logSources.length > 0)) {
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
    provenance: path.kind === "watched" ? "log_source" : "intake_key",
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
