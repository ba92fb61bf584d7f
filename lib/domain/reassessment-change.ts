import { canonicalJson } from "./canonical-json";
import type { MonitorConfig, MonitoredProject } from "./config";
import type { ReassessmentTrigger } from "./reassessment";

/** What a saved configuration changes of what an assessment says, and where. */
export type ChangeTrigger = { trigger: ConfigTrigger; detail: string[] };

type ConfigTrigger = Exclude<ReassessmentTrigger, "manual" | "scheduled">;

type Watched = { trigger: ConfigTrigger; path: string; of: (config: MonitorConfig) => unknown };

/** Reference 8.7, "config diff". Each path is a part of the configuration in the wire's words. */
const watched: readonly Watched[] = [
  { trigger: "destination_or_route_change", path: "destinations", of: (config) => config.destinations },
  { trigger: "destination_or_route_change", path: "routes", of: (config) => config.routes },
  {
    trigger: "destination_or_route_change",
    path: "default_destination_ids",
    of: (config) => config.defaultDestinationIds,
  },
  {
    trigger: "monitored_source_change",
    path: "monitored_projects",
    of: (config) => config.monitoredProjects,
  },
  { trigger: "tenant_boundary_change", path: "monitored_projects.tenants", of: tenantsOf },
  { trigger: "model_policy_change", path: "model_policy", of: (config) => config.modelPolicy },
  {
    trigger: "model_policy_change",
    path: "monitored_projects.model_policy",
    of: (config) => setBy(config, (each) => each.modelPolicy),
  },
  { trigger: "mcp_inventory_change", path: "mcp_server", of: (config) => config.mcpServer },
  {
    trigger: "mcp_inventory_change",
    path: "monitored_projects.mcp_server",
    of: (config) => setBy(config, (each) => each.mcpServer),
  },
  { trigger: "approval_policy_change", path: "safety_defaults", of: (config) => config.safetyDefaults },
  {
    trigger: "approval_policy_change",
    path: "require_approval_for_new_issues",
    of: (config) => config.requireApprovalForNewIssues,
  },
];

/** Each kind of change once, with every part of the configuration that it was in. Pausing is none. */
export function changeTriggers(before: MonitorConfig, after: MonitorConfig): ChangeTrigger[] {
  const found = new Map<ConfigTrigger, string[]>();
  for (const { trigger, path, of } of watched) {
    if (canonicalJson(plain(of(before))) === canonicalJson(plain(of(after)))) continue;
    found.set(trigger, [...(found.get(trigger) ?? []), path]);
  }
  return [...found].map(([trigger, detail]) => ({ trigger, detail }));
}

/** What projects say for themselves; one that says nothing changes nothing by coming or going. */
const setBy = (config: MonitorConfig, of: (project: MonitoredProject) => unknown) =>
  config.monitoredProjects
    .filter((each) => of(each) !== undefined && of(each) !== null)
    .map((each) => [each.projectId, of(each)]);

/** Pairs of tenant and workspace, by who is bound to them. */
function tenantsOf(config: MonitorConfig): unknown {
  return config.monitoredProjects.flatMap((project) =>
    [{ ...project, sourceId: null }, ...project.logSources]
      .filter(isBound)
      .map((each) => [project.projectId, each.sourceId, each.tenantId ?? null, each.workspaceId ?? null]),
  );
}

const isBound = ({ tenantId, workspaceId }: { tenantId?: string; workspaceId?: string }) =>
  Boolean(tenantId ?? workspaceId);

/** An unset member and an absent one are the same here. */
const plain = (value: unknown): unknown =>
  value === undefined ? null : (JSON.parse(JSON.stringify(value)) as unknown);
