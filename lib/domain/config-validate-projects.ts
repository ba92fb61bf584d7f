import type { LogSource, MonitorConfig, MonitoredProject } from "./config";
import {
  validateId,
  validateMcpServer,
  validateModelPolicy,
  validateRepo,
  warnRootNotAllowed,
} from "./config-field-rules";
import type { ConfigChecks, Findings } from "./config-issue";
import { isInside, resolvePath } from "./config-syntax";
import { refuseNeverOfSeveral } from "./config-validate-routes";
import { logReadingFaults } from "./log-reading-faults";
import { projectTemplateProblems } from "./project-template";
import { effectiveAllowlist, effectiveDefaults } from "./source-binding";

/** The rules for what we monitor. Bindings name destinations that exist: an unknown one is an error here. */
export function validateProjects(
  config: MonitorConfig,
  destinationIds: ReadonlySet<string>,
  checks: ConfigChecks,
  found: Findings,
): void {
  const seen = new Set<string>();
  config.monitoredProjects.forEach((project, index) => {
    const path = `monitored_projects[${index}]`;
    validateId(`${path}.project_id`, project.projectId, seen, found);
    if (project.name === "") found.error(`${path}.name`, "name_required", "name must not be blank");
    validateRepo(`${path}.repo`, project.repo, found);
    const root = validateRoot(`${path}.workspace_root`, project.workspaceRoot, checks, found);
    validateMcpServer(`${path}.mcp_server`, project.mcpServer, checks, found);
    validateModelPolicy(`${path}.model_policy`, project.modelPolicy, found);
    for (const { code, message } of projectTemplateProblems(project.issueTemplate ?? "{{body}}")) {
      found.error(`${path}.issue_template`, code, message);
    }
    validateBindingIds(path, project, destinationIds, found);
    refuseDefaultsOutside(path, project, { ids: project.allowedDestinationIds }, found);
    refuseNeverOfSeveral(path, project, found);
    validateSources(path, project, root, destinationIds, found);
  });
}

function validateRoot(path: string, given: string, checks: ConfigChecks, found: Findings): string | null {
  const root = resolvePath(given);
  if (root !== null) warnRootNotAllowed(path, root, checks, found);
  else found.error(path, "workspace_root_invalid", "workspace_root must be an absolute path");
  return root;
}

function validateSources(
  projectPath: string,
  project: MonitoredProject,
  root: string | null,
  destinationIds: ReadonlySet<string>,
  found: Findings,
): void {
  const seen = new Set<string>();
  project.logSources.forEach((source, index) => {
    const path = `${projectPath}.log_sources[${index}]`;
    validateId(`${path}.source_id`, source.sourceId, seen, found);
    validateSourcePath(`${path}.path`, source.path, root, found);
    validateBindingIds(path, source, destinationIds, found);
    validateSourceAllowlist(path, project, source, found);
    refuseNeverOfSeveral(path, source, found);
    for (const fault of source.reading ? logReadingFaults(source.reading) : []) {
      found.error(`${path}.${fault.path}`, fault.code, fault.message);
    }
  });
}

/** By name alone: links are followed when the file is opened. A project without a valid root has its own error. */
function validateSourcePath(path: string, given: string, root: string | null, found: Findings): void {
  if (given === "") {
    found.error(path, "path_required", "path must not be blank");
    return;
  }
  if (root === null) return;
  const resolved = resolvePath(given.startsWith("/") ? given : `${root}/${given}`);
  if (resolved === null || !isInside(root, resolved)) {
    found.error(path, "path_outside_workspace", "path must lie inside the project's workspace_root");
  }
}

function validateSourceAllowlist(
  path: string,
  project: MonitoredProject,
  source: LogSource,
  found: Findings,
): void {
  const allowlist = effectiveAllowlist(project.allowedDestinationIds, source.allowedDestinationIds);
  if (allowlist.enforced && allowlist.ids.length === 0) {
    const message =
      "Project and source allow different destinations: nothing of this source can be published.";
    found.warn(`${path}.allowed_destination_ids`, "allowlist_disjoint", message);
    return;
  }
  const defaults = { defaultDestinationIds: effectiveDefaults(project, source) };
  // Inherited defaults that the project itself may not use are the project's error, said once.
  const inherited = source.defaultDestinationIds.length === 0;
  if (inherited && source.allowedDestinationIds.length === 0) return;
  refuseDefaultsOutside(path, defaults, allowlist, found);
}

function validateBindingIds(
  path: string,
  row: Pick<LogSource, "allowedDestinationIds" | "defaultDestinationIds">,
  known: ReadonlySet<string>,
  found: Findings,
): void {
  const lists = {
    allowed_destination_ids: row.allowedDestinationIds,
    default_destination_ids: row.defaultDestinationIds,
  };
  for (const [field, ids] of Object.entries(lists)) {
    ids.forEach((id, index) => {
      if (known.has(id)) return;
      found.error(`${path}.${field}[${index}]`, "destination_unknown", `No destination has the id ${id}.`);
    });
  }
}

function refuseDefaultsOutside(
  path: string,
  row: Pick<LogSource, "defaultDestinationIds">,
  allowlist: { ids: readonly string[] },
  found: Findings,
): void {
  if (allowlist.ids.length === 0) return;
  for (const id of row.defaultDestinationIds) {
    if (allowlist.ids.includes(id)) continue;
    const message = `The default destination ${id} is not among the allowed ones.`;
    found.error(`${path}.default_destination_ids`, "default_not_allowed", message);
  }
}
