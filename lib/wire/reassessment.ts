import type {
  ReassessmentCauseWire,
  ReassessmentListWire,
  ReassessmentRecordWire,
  ReassessmentRunWire,
  ReassessmentScheduleWire,
} from "@/lib/contracts/reassessment";
import type { FoundFinding, QueuedTrigger, ReassessmentRecord, ScheduleRow } from "@/lib/domain/reassessment";
import { governanceScope } from "./governance";
import { present } from "./record-parts";

const source = "incident_monitor_continuous_reassessment";

export function reassessmentListToWire(
  list: {
    schedule: ScheduleRow[];
    records: ReassessmentRecord[];
    total: number;
    waiting: Array<QueuedTrigger & { scopeKey: string }>;
  },
  nowMs: number,
): ReassessmentListWire {
  return {
    ...{ schema_version: 1, generated_at_ms: nowMs, scope: governanceScope(source) },
    counts: {
      records: list.total,
      overdue_scopes: list.schedule.filter((each) => each.overdue).length,
      waiting_triggers: list.waiting.length,
    },
    schedule: list.schedule.map(scheduleToWire),
    waiting: list.waiting.map((each) => ({ scope_key: each.scopeKey, ...causeToWire(each) })),
    records: list.records.map(recordToWire),
  };
}

export function reassessmentRunToWire(
  made: { records: readonly [ReassessmentRecord, ...ReassessmentRecord[]]; schedule: ScheduleRow[] },
  nowMs: number,
): ReassessmentRunWire {
  return {
    ...{ schema_version: 1, generated_at_ms: nowMs, scope: governanceScope(source) },
    reassessment: recordToWire(made.records[0]),
    reassessments: made.records.map(recordToWire),
    schedule: made.schedule.map(scheduleToWire),
  };
}

function recordToWire(record: ReassessmentRecord): ReassessmentRecordWire {
  const { comparison } = record;
  return {
    schema_version: 1,
    record_id: record.recordId,
    scope_key: record.scopeKey,
    scope: "deployment",
    version: record.version,
    trigger: record.trigger,
    triggers: record.triggers.map(causeToWire),
    generated_at_ms: record.generatedAtMs,
    mode: "dry_run",
    mutates_external_systems: false,
    findings: record.findings.map((each) => ({
      ...findingToWire(each),
      first_seen_at_ms: each.firstSeenAtMs,
      last_seen_at_ms: each.lastSeenAtMs,
      occurrence_count: each.occurrenceCount,
      status: each.status,
    })),
    comparison: {
      new_fingerprints: comparison.newFingerprints,
      recurring_fingerprints: comparison.recurringFingerprints,
      resolved_fingerprints: comparison.resolvedFingerprints,
      ...present({
        previous_record_id: comparison.previousRecordId,
        previous_version: comparison.previousVersion,
      }),
    },
    resolved: record.resolved.map(findingToWire),
    evidence_refs: record.evidenceRefs,
    ...present({
      tenant_id: record.tenantId,
      workspace_id: record.workspaceId,
      trigger_detail: record.triggerDetail,
    }),
  };
}

const findingToWire = (finding: FoundFinding) => ({
  fingerprint: finding.fingerprint,
  rule_id: finding.ruleId,
  scope: finding.scope,
  severity: finding.severity,
  category: finding.category,
  summary: finding.summary,
  evidence_refs: finding.evidenceRefs,
});

const causeToWire = (cause: QueuedTrigger): ReassessmentCauseWire => ({
  trigger_id: cause.triggerId,
  trigger: cause.trigger,
  detail: [...cause.detail],
  actor: cause.actor,
  created_at_ms: cause.createdAtMs,
});

export const scheduleToWire = (row: ScheduleRow): ReassessmentScheduleWire => ({
  scope_key: row.scopeKey,
  scope: "deployment",
  next_due_at_ms: row.nextDueAtMs,
  due: row.isDue,
  overdue: row.overdue,
  ...present({ last_completed_at_ms: row.lastCompletedAtMs, last_version: row.lastVersion }),
});
