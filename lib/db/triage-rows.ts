import type { ActorRef } from "@/lib/domain/actor";
import type { Reason } from "@/lib/domain/reason";
import type { TriageArtifact, TriageClaim, TriageRun } from "@/lib/domain/triage-run";
import { count, json, ms, msOrNull, type Row, text, textOrNull } from "./rows";

export function triageRunFromRow(row: Row): TriageRun {
  return {
    runId: text(row.id),
    draftId: text(row.draft_id),
    status: row.status as TriageRun["status"],
    trigger: row.trigger as TriageRun["trigger"],
    requestedBy: json<ActorRef>(row.requested_by),
    phases: json(row.phases),
    summary: json(row.summary ?? null),
    summaryBy: textOrNull(row.summary_by) as TriageRun["summaryBy"],
    edits: json(row.edits ?? null),
    issueDraft: json(row.issue_draft ?? null),
    gate: json(row.gate ?? null),
    duplicates: json(row.duplicates ?? null),
    budget: json(row.budget),
    workspaceRoot: textOrNull(row.workspace_root),
    claim: claimFromRow(row),
    nextAttemptAtMs: ms(row.next_attempt_at),
    deadlineAtMs: msOrNull(row.deadline_at),
    claimCount: count(row.claim_count),
    recoveryCount: count(row.recovery_count),
    cancelledBy: json<ActorRef | null>(row.cancelled_by ?? null),
    cancelledReason: textOrNull(row.cancelled_reason),
    revision: count(row.revision),
    lastError: json<Reason | null>(row.last_error ?? null),
    createdAtMs: ms(row.created_at),
    startedAtMs: msOrNull(row.started_at),
    endedAtMs: msOrNull(row.ended_at),
    updatedAtMs: ms(row.updated_at),
  };
}

function claimFromRow(row: Row): TriageClaim | null {
  if (row.claim_id === null || row.lease_until === null) return null;
  return {
    claimId: text(row.claim_id),
    kind: row.claim_kind as TriageClaim["kind"],
    by: text(row.claimed_by),
    claimedAtMs: ms(row.claimed_at),
    heartbeatAtMs: ms(row.heartbeat_at),
    leaseUntilMs: ms(row.lease_until),
  };
}

export function triageArtifactFromRow(row: Row): TriageArtifact {
  return {
    artifactId: text(row.id),
    runId: text(row.triage_run_id),
    type: row.kind as TriageArtifact["type"],
    path: text(row.path),
    stepId: textOrNull((row.content as { step_id?: unknown }).step_id ?? null),
    content: json(row.content),
    sha256: text(row.sha256),
    redactions: json(row.redactions),
    createdAtMs: ms(row.created_at),
  };
}
