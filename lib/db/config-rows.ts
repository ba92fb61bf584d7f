import type { LogSource, MonitorConfig, MonitoredProject } from "@/lib/domain/config";
import { defaultConfig } from "@/lib/domain/config";
import {
  completeDestination,
  completeProject,
  completeReassessment,
  completeRoute,
  completeSafetyDefaults,
  type GivenDestination,
  type GivenLogSource,
  type GivenProject,
  type GivenRoute,
} from "@/lib/domain/config-defaults";
import { Prisma } from "./generated/client";

/** The whole configuration in one statement, so that all of it comes from one snapshot. */
export const configQuery = `
  SELECT to_jsonb(s) || jsonb_build_object('updated_at_ms', (extract(epoch FROM s.updated_at) * 1000)::bigint) AS settings,
         (SELECT coalesce(jsonb_agg(d.spec ORDER BY d.position, d.id), '[]') FROM destinations d) AS destinations,
         (SELECT coalesce(jsonb_agg(r.spec ORDER BY r.position, r.id), '[]') FROM routes r) AS routes,
         (SELECT coalesce(jsonb_agg(p.spec ORDER BY p.position, p.id), '[]') FROM monitored_projects p) AS projects,
         (SELECT coalesce(jsonb_agg(jsonb_build_object('projectId', l.project_id, 'spec', l.spec)
                                    ORDER BY l.position, l.source_id), '[]') FROM log_sources l) AS log_sources
  FROM monitor_settings s WHERE s.id = 1`;

export type ConfigRow = {
  settings: Record<string, unknown>;
  destinations: GivenDestination[];
  routes: GivenRoute[];
  projects: Omit<GivenProject, "logSources">[];
  log_sources: { projectId: string; spec: GivenLogSource }[];
};

/** Rows may be older than a field of theirs: what is not there has its default (case 4). */
export function configFromRow(row: ConfigRow): MonitorConfig {
  const settings = row.settings;
  const sources = new Map<string, GivenLogSource[]>();
  for (const { projectId, spec } of row.log_sources) {
    sources.set(projectId, [...(sources.get(projectId) ?? []), spec]);
  }
  const optional = {
    workspaceRoot: settings.workspace_root,
    repo: settings.repo,
    mcpServer: settings.mcp_server,
    modelPolicy: settings.model_policy,
  };
  return {
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== null)),
    version: Number(settings.version),
    enabled: settings.enabled === true,
    paused: settings.paused === true,
    providerPreference: settings.provider_preference as MonitorConfig["providerPreference"],
    autoCreateNewIssues: settings.auto_create_new_issues === true,
    requireApprovalForNewIssues: settings.require_approval_for_new_issues === true,
    autoCommentOnMatchedOpenIssues: settings.auto_comment_on_matched_open_issues === true,
    labelMode: defaultConfig.labelMode,
    triageTimeoutMs: settings.triage_timeout_ms as number | null,
    monitoredProjects: row.projects.map((project) =>
      completeProject({ ...project, logSources: sources.get(project.projectId) ?? [] }),
    ),
    destinations: row.destinations.map(completeDestination),
    routes: row.routes.map(completeRoute),
    defaultDestinationIds: settings.default_destination_ids as string[],
    safetyDefaults: completeSafetyDefaults(settings.safety_defaults as object),
    reassessment: completeReassessment(settings.reassessment as object),
    updatedAtMs: Number(settings.updated_at_ms),
  };
}

/** The global row's columns, less version and time, which the guarded update sets itself. */
export function settingsColumns(config: MonitorConfig) {
  return {
    enabled: config.enabled,
    paused: config.paused,
    workspaceRoot: config.workspaceRoot ?? null,
    repo: config.repo ?? null,
    mcpServer: config.mcpServer ?? null,
    providerPreference: config.providerPreference,
    modelPolicy: config.modelPolicy ? json(config.modelPolicy) : Prisma.DbNull,
    autoCreateNewIssues: config.autoCreateNewIssues,
    requireApprovalForNewIssues: config.requireApprovalForNewIssues,
    autoCommentOnMatchedOpenIssues: config.autoCommentOnMatchedOpenIssues,
    labelMode: config.labelMode,
    triageTimeoutMs: config.triageTimeoutMs === null ? null : BigInt(config.triageTimeoutMs),
    defaultDestinationIds: config.defaultDestinationIds,
    safetyDefaults: json(config.safetyDefaults),
    reassessment: json(config.reassessment),
  };
}

/** A row of one of the lists: its spec is the whole of it, the columns repeat what queries filter by. */
export type ListRow = { key: string; position: number; spec: object };

export function projectRows(
  config: MonitorConfig,
): (ListRow & { spec: Omit<MonitoredProject, "logSources"> })[] {
  return config.monitoredProjects.map(({ logSources: _, ...spec }, position) => ({
    key: spec.projectId,
    position,
    spec,
  }));
}

export type LogSourceRow = ListRow & { identity: { projectId: string; sourceId: string }; spec: LogSource };

export function logSourceRows(config: MonitorConfig): LogSourceRow[] {
  return config.monitoredProjects.flatMap(({ projectId, logSources }) =>
    logSources.map((spec, position) => {
      const identity = { projectId, sourceId: spec.sourceId };
      return { key: JSON.stringify(identity), identity, position, spec };
    }),
  );
}

export const destinationRows = (config: MonitorConfig) =>
  config.destinations.map((spec, position) => ({ key: spec.destinationId, position, spec }));

export const routeRows = (config: MonitorConfig) =>
  config.routes.map((spec, position) => ({ key: spec.routeId, position, spec }));

export const json = (value: object) => value as Prisma.InputJsonValue;
