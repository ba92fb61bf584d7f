import type { ActorRef } from "./actor";
import type { MonitorConfig, Reassessment } from "./config";

/**
 * Continuous reassessment (reference 8.7, W-61): what starts one, what it covers, and what it says against the one before.
 * A record holds ids, severities, categories and evidence paths, never text that somebody reported.
 */
export const reassessmentTriggers = [
  "scheduled",
  "manual",
  "model_policy_change",
  "workflow_authority_change",
  "mcp_inventory_change",
  "destination_or_route_change",
  "monitored_source_change",
  "tenant_boundary_change",
  "approval_policy_change",
  "recurring_incident_threshold",
  "compliance_mapping_change",
] as const;
export type ReassessmentTrigger = (typeof reassessmentTriggers)[number];

/** What is assessed together: the whole deployment, or the projects of one tenant and workspace. */
export type ReassessmentScope = {
  /** `<tenant>/<workspace>/deployment`; each part as it stands in a URL, so that no two scopes share a key. */
  scopeKey: string;
  tenantId: string | null;
  workspaceId: string | null;
  /** null: everything, unbound records too. */
  projectIds: readonly string[] | null;
};

export const deploymentKey = "local/local/deployment";

/** The deployment, which is always there, and each pair of tenant and workspace that the configuration names. */
export function scopesOf(config: MonitorConfig): ReassessmentScope[] {
  const scopes = new Map<string, ReassessmentScope & { projectIds: string[] }>();
  for (const project of config.monitoredProjects) {
    for (const { tenantId, workspaceId } of [project, ...project.logSources]) {
      if (!bound(tenantId) && !bound(workspaceId)) continue;
      const scopeKey = keyOf(bound(tenantId), bound(workspaceId));
      const scope = scopes.get(scopeKey) ?? {
        scopeKey,
        tenantId: bound(tenantId),
        workspaceId: bound(workspaceId),
        projectIds: [],
      };
      scopes.set(scopeKey, scope);
      if (!scope.projectIds.includes(project.projectId)) scope.projectIds.push(project.projectId);
    }
  }
  const tenants = [...scopes.values()].sort((one, other) => (one.scopeKey < other.scopeKey ? -1 : 1));
  return [{ scopeKey: deploymentKey, tenantId: null, workspaceId: null, projectIds: null }, ...tenants];
}

/** `local` is the word for none. */
const bound = (id: string | undefined) => (id && id !== "local" ? id : null);
const keyOf = (tenantId: string | null, workspaceId: string | null) =>
  `${encodeURIComponent(tenantId ?? "local")}/${encodeURIComponent(workspaceId ?? "local")}/deployment`;

/** Slash-free, since it may stand in a path. A colon is in no part of a key. */
export const recordIdOf = (scopeKey: string, version: number) =>
  `reassess-${version}-${scopeKey.replaceAll("/", ":")}`;

export type FindingSeverity = "low" | "medium" | "high" | "critical";

/** What a provider found now. */
export type FoundFinding = {
  /** The same whenever the same thing is found again. */
  fingerprint: string;
  ruleId: string;
  /** `deployment`, or `source:<id>`, `destination:<id>`, `route:<id>`, `workflow:<id>`. */
  scope: string;
  severity: FindingSeverity;
  category: string;
  /** Fixed words of the rule; nothing that was reported. */
  summary: string;
  evidenceRefs: string[];
};

export type ReassessedFinding = FoundFinding & {
  firstSeenAtMs: number;
  lastSeenAtMs: number;
  /** In how many records in a row it stands. */
  occurrenceCount: number;
  status: "new" | "recurring";
};

export type Comparison = {
  previousRecordId: string | null;
  previousVersion: number | null;
  newFingerprints: string[];
  recurringFingerprints: string[];
  resolvedFingerprints: string[];
};

/** One cause of a record. */
export type QueuedTrigger = {
  triggerId: string;
  trigger: ReassessmentTrigger;
  /** What it was about: paths of the configuration, ids, codes. */
  detail: readonly string[];
  actor: ActorRef;
  createdAtMs: number;
};

export type ReassessmentRecord = {
  recordId: string;
  scopeKey: string;
  tenantId: string | null;
  workspaceId: string | null;
  version: number;
  trigger: ReassessmentTrigger;
  triggerDetail: string | null;
  triggers: QueuedTrigger[];
  generatedAtMs: number;
  findings: ReassessedFinding[];
  comparison: Comparison;
  /** Findings that were in the record before and are not here any more. */
  resolved: FoundFinding[];
  evidenceRefs: string[];
};

type Previous = Pick<ReassessmentRecord, "recordId" | "version" | "findings">;

/** What is new, what is still there, and what is gone since the record before; nothing older is asked. */
export function compareFindings(
  found: readonly FoundFinding[],
  previous: Previous | null,
  nowMs: number,
): Pick<ReassessmentRecord, "findings" | "comparison" | "resolved"> {
  const before = new Map(previous?.findings.map((each) => [each.fingerprint, each]) ?? []);
  const now = new Map(found.map((each) => [each.fingerprint, each]));
  const findings = [...now.values()].map((each): ReassessedFinding => {
    const was = before.get(each.fingerprint);
    return {
      ...each,
      firstSeenAtMs: was?.firstSeenAtMs ?? nowMs,
      lastSeenAtMs: nowMs,
      occurrenceCount: (was?.occurrenceCount ?? 0) + 1,
      status: was ? "recurring" : "new",
    };
  });
  const of = (status: ReassessedFinding["status"]) =>
    findings.filter((each) => each.status === status).map((each) => each.fingerprint);
  const resolved = [...before.values()].filter((each) => !now.has(each.fingerprint));
  return {
    findings,
    resolved: resolved.map(asFound),
    comparison: {
      previousRecordId: previous?.recordId ?? null,
      previousVersion: previous?.version ?? null,
      newFingerprints: of("new"),
      recurringFingerprints: of("recurring"),
      resolvedFingerprints: resolved.map((each) => each.fingerprint),
    },
  };
}

const asFound = ({
  fingerprint,
  ruleId,
  scope,
  severity,
  category,
  summary,
  evidenceRefs,
}: FoundFinding) => ({
  ...{ fingerprint, ruleId, scope, severity, category, summary, evidenceRefs },
});

/** What is kept of a scope between its records. */
export type ScopeState = {
  scopeKey: string;
  createdAtMs: number;
  lastCompletedAtMs: number | null;
  lastVersion: number | null;
};

export type ScheduleRow = ScopeState & { nextDueAtMs: number; isDue: boolean; overdue: boolean };

/** One that never ran is due since it exists, and so can be overdue (W-61). */
export function scheduleOf(state: ScopeState, settings: Reassessment, nowMs: number): ScheduleRow {
  const nextDueAtMs =
    state.lastCompletedAtMs === null
      ? state.createdAtMs
      : state.lastCompletedAtMs + Math.max(1, settings.cadenceMs);
  return {
    ...state,
    nextDueAtMs,
    isDue: nowMs >= nextDueAtMs,
    overdue: nowMs > nextDueAtMs + settings.overdueGraceMs,
  };
}

/** Changes that come one after the other wait for each other this long, so that one record names them all. */
export const gatheringMs = 15 * 60_000;

/** Should the worker assess this scope now? */
export function wantsRun(
  row: ScheduleRow,
  pending: readonly Pick<QueuedTrigger, "trigger">[],
  nowMs: number,
): boolean {
  if (row.isDue) return true;
  if (pending.some((each) => each.trigger === "manual")) return true;
  return pending.length > 0 && nowMs >= (row.lastCompletedAtMs ?? 0) + gatheringMs;
}

/** The one that a record is named after: a person's wish before a change, a change before the clock. */
export function leadingTrigger(triggers: readonly QueuedTrigger[]): ReassessmentTrigger {
  const rank = (trigger: ReassessmentTrigger) =>
    trigger === "manual"
      ? 0
      : trigger === "scheduled"
        ? 3
        : trigger === "recurring_incident_threshold"
          ? 2
          : 1;
  const [first] = [...triggers].sort(
    (one, other) => rank(one.trigger) - rank(other.trigger) || one.createdAtMs - other.createdAtMs,
  );
  return first?.trigger ?? "scheduled";
}

/** Every cause in few words: which, and how often. */
export function triggerDetailOf(triggers: readonly QueuedTrigger[]): string | null {
  const counts = new Map<string, number>();
  for (const { trigger } of triggers) counts.set(trigger, (counts.get(trigger) ?? 0) + 1);
  const words = [...counts].map(([trigger, count]) => (count === 1 ? trigger : `${trigger} x${count}`));
  return words.length === 0 ? null : words.join(", ");
}
