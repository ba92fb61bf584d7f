import { canonicalJson } from "./canonical-json";
import type { LogSource, MonitorConfig, MonitoredProject, SourceKind } from "./config";
import { type Reason, reason } from "./reason";
import type { RouteContext } from "./routing";
import { bindSource, findLogSource, findProject } from "./source-binding";
import {
  type FindingSeverity,
  findSourceFaults,
  type ReadinessFlag,
  type SourceFault,
} from "./source-readiness-rules";

export type SourceReadinessFinding = {
  findingId: string;
  ruleId: string;
  category: string;
  severity: FindingSeverity;
  title: string;
  detail: string;
  recommendation: string;
  evidenceRefs: string[];
};

/** Whether what comes from a project or a log source is documented and fresh enough to act on (contract 5.2). */
export type SourceReadiness = {
  projectId: string;
  /** null for the row of the project itself. */
  sourceId: string | null;
  sourceKind: SourceKind;
  /** Neither switched off nor paused, nor is its project. */
  enabled: boolean;
  ready: boolean;
  governanceReady: boolean;
  lineageReady: boolean;
  freshnessReady: boolean;
  schemaReady: boolean;
  protectionReady: boolean;
  missing: string[];
  warnings: string[];
  findings: SourceReadinessFinding[];
  lastObservedAtMs: number | null;
  staleAfterMs: number | null;
  detail: string | null;
};

/** What is known of a source besides its configuration. A poll that brought nothing is no record (W-54). */
export type SourceObservation = { lastRecordAtMs: number | null; healthy: boolean };
export type SourceObservations = ReadonlyMap<string, SourceObservation>;

/** Key of an observation; `sourceId` null stands for the project as a whole. */
export const sourceKey = (projectId: string, sourceId: string | null): string =>
  JSON.stringify([projectId, sourceId]);

/** One row per project and one per log source, in the configuration's order. */
export function sourceReadiness(
  config: MonitorConfig,
  observations: SourceObservations,
  nowMs: number,
  sha256: (text: string) => string,
): SourceReadiness[] {
  return config.monitoredProjects.flatMap((project) =>
    [null, ...project.logSources].map((source) => rowOf(project, source, observations, nowMs, sha256)),
  );
}

function rowOf(
  project: MonitoredProject,
  source: LogSource | null,
  observations: SourceObservations,
  nowMs: number,
  sha256: (text: string) => string,
): SourceReadiness {
  const binding = bindSource(project, source);
  const identity = {
    projectId: project.projectId,
    sourceId: binding.sourceId,
    sourceKind: binding.sourceKind,
  };
  const stopped = whyStopped(project, source);
  if (stopped) return { ...identity, ...nothingReady, warnings: [stopped], detail: stopped };

  const observation = observations.get(sourceKey(project.projectId, binding.sourceId));
  const lastObservedAtMs = newest(binding.dataReadiness.lastObservedAtMs, observation?.lastRecordAtMs);
  const sla = binding.dataReadiness.freshnessSlaMs;
  const staleAfterMs = lastObservedAtMs !== null && sla ? lastObservedAtMs + sla : null;
  const found = findSourceFaults(binding, {
    lastObservedAtMs,
    staleAfterMs,
    healthy: observation?.healthy ?? true,
    nowMs,
  });
  const holds = (flag: ReadinessFlag) => found.every((each) => each.flag !== flag);
  return {
    ...identity,
    enabled: true,
    ready: found.length === 0,
    governanceReady: holds("governance"),
    lineageReady: holds("lineage"),
    freshnessReady: holds("freshness"),
    schemaReady: holds("schema"),
    protectionReady: holds("protection"),
    missing: found.flatMap((each) => each.missing ?? []),
    warnings: found.map((each) => `${each.severity}: ${each.title}`),
    findings: found.map((each) => findingOf(each, project.projectId, binding.sourceId, sha256)),
    lastObservedAtMs,
    staleAfterMs,
    detail: found.length === 0 ? null : found.map((each) => each.title).join("; "),
  };
}

const nothingReady = {
  enabled: false,
  ready: false,
  governanceReady: false,
  lineageReady: false,
  freshnessReady: false,
  schemaReady: false,
  protectionReady: false,
  missing: [],
  findings: [],
  lastObservedAtMs: null,
  staleAfterMs: null,
};

function whyStopped(project: MonitoredProject, source: LogSource | null): string | null {
  if (!project.enabled) return "The project is disabled";
  if (project.paused) return "The project is paused";
  if (source && !source.enabled) return "The log source is disabled";
  if (source?.paused) return "The log source is paused";
  return null;
}

function findingOf(
  found: SourceFault,
  projectId: string,
  sourceId: string | null,
  sha256: (text: string) => string,
): SourceReadinessFinding {
  const subject = sourceId === null ? `project:${projectId}` : `project:${projectId}/source:${sourceId}`;
  const evidenceRefs = found.fields.map((field) => `${subject}#${field}`);
  const digest = sha256(canonicalJson([subject, found.rule, found.category, evidenceRefs]));
  return {
    findingId: `srf_${digest.slice(0, 16)}`,
    ruleId: found.rule,
    category: found.category,
    severity: found.severity,
    title: found.title,
    detail: found.detail,
    recommendation: found.recommendation,
    evidenceRefs,
  };
}

function newest(...times: Array<number | null | undefined>): number | null {
  const known = times.filter((time): time is number => typeof time === "number" && time > 0);
  return known.length > 0 ? Math.max(...known) : null;
}

/**
 * The row that speaks for a record: its log source's, or its project's when it names none or when the project has no
 * log sources at all (keys then report as `external`). null for an unbound record and for a source that is gone.
 */
export function sourceRowOf(
  config: MonitorConfig,
  context: Pick<RouteContext, "projectId" | "logSourceId">,
  rows: readonly SourceReadiness[],
): SourceReadiness | null {
  const project = context.projectId ? findProject(config, context.projectId) : null;
  if (!project) return null;
  const named = context.logSourceId ? findLogSource(project, context.logSourceId) : null;
  if (context.logSourceId && !named && project.logSources.length > 0) return null;
  const sourceId = named?.sourceId ?? null;
  return rows.find((row) => row.projectId === project.projectId && row.sourceId === sourceId) ?? null;
}

/**
 * What `block_unready_sources` holds against a record that names a project: its source is not ready, or nothing is known
 * of it (fail closed, case 74). Other programs look for the quoted fragments (contract 7.3).
 */
export function sourceBlocks(
  config: MonitorConfig,
  context: Pick<RouteContext, "projectId" | "logSourceId">,
  rows: readonly SourceReadiness[],
): Reason[] {
  if (!config.safetyDefaults.blockUnreadySources || !context.projectId) return [];
  const name = context.logSourceId ? `${context.projectId}/${context.logSourceId}` : context.projectId;
  const fields = { projectId: context.projectId, sourceId: context.logSourceId ?? null };
  const row = sourceRowOf(config, context, rows);
  if (!row) {
    const words = `Source \`${name}\` is not data-ready: there is no readiness evidence for it`;
    return [reason("source_readiness_missing", words, fields)];
  }
  if (row.ready) return [];
  return [reason("source_not_ready", `Source \`${name}\` is not data-ready: ${row.detail ?? ""}`, fields)];
}
