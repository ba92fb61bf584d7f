import type { LocalRecord } from "@/lib/domain/delivery";
import type { Reason } from "@/lib/domain/reason";
import type { DeliveryAttempt, Receipt } from "@/lib/domain/records";
import type { NewAuditEntry } from "./audit-store";
import { changeChannel } from "./change-feed";
import type { Database } from "./client";
import { storableJson } from "./storable-json";

/** How one attempt ended, with all that must be written together. */
export type Completion = {
  deliveryId: string;
  destinationId: string;
  draftId: string;
  worker: string;
  attempt: DeliveryAttempt;
  state: "published" | "retrying" | "failed" | "ambiguous" | "blocked";
  nextAttemptAtMs: number | null;
  reason: Reason | null;
  /** Present when the series ended. */
  receipt: Receipt | null;
  localRecord: LocalRecord | null;
  audit: NewAuditEntry;
  /** Set when the receiver asked never to be called again (410). */
  disableReason: string | null;
  /** What was done instead of the operation asked for; null for that one. */
  operation: string | null;
  /** The issue that was made, commented on, or is being asked about. */
  issueExternalId: string | null;
  /** What the destination has of the same failure, for the draft; null leaves what the draft says. */
  matchedIssue: {
    number: number | null;
    state: "open" | "closed";
    reference: string;
    url: string | null;
  } | null;
  /** When to look whether an ambiguous one had its effect; null when no look can tell. */
  reconcileAtMs: number | null;
  /** Did the other side answer like something that works? Then its circuit closes; null where nobody was asked. */
  reached: boolean | null;
  /** The destination asked to be left alone until then. */
  pauseUntilMs: number | null;
};

/** Faults in a row that open a circuit, and how long it stays open: doubling from the first to the longest. */
export const circuitRule = { faultCount: 5, firstMs: 15_000, longestMs: 15 * 60_000 } as const;

/**
 * Ends attempts in one statement and one commit: delivery, attempt, receipt, local record, audit and health together,
 * so that there is never a receipt without its audit entry nor a record without its receipt. An attempt whose claim has
 * passed to another worker writes nothing. Returns the ids that were written.
 */
export async function completeDeliveries(
  db: Database,
  completions: readonly Completion[],
  now: Date,
): Promise<string[]> {
  if (completions.length === 0) return [];
  const { rows } = await db.pool.query({
    name: "complete-deliveries",
    text: completionSql,
    values: [
      storableJson(completions.map(columns)),
      now,
      changeChannel,
      circuitRule.faultCount,
      circuitRule.firstMs,
      circuitRule.longestMs,
    ],
  });
  return rows.map((row) => row.id as string);
}

const iso = (value: number | null) => (value === null ? null : new Date(value).toISOString());

function columns(each: Completion) {
  const { attempt, receipt, localRecord, audit } = each;
  return {
    id: each.deliveryId,
    destination_id: each.destinationId,
    draft_id: each.draftId,
    worker: each.worker,
    attempt: attempt.attempt,
    state: each.state,
    next_attempt_at: iso(each.nextAttemptAtMs),
    reason: each.reason,
    started_at: iso(attempt.startedAtMs),
    duration_ms: attempt.durationMs,
    outcome: attempt.outcome,
    attempt_reason: attempt.reason,
    status_code: attempt.statusCode,
    timings: attempt.timings,
    response_excerpt: attempt.responseExcerpt,
    response_truncated: attempt.responseTruncated,
    response_digest: attempt.responseDigest,
    request_digest: attempt.requestDigest,
    receipt_id: receipt?.receiptId ?? null,
    receipt_status: receipt?.status ?? null,
    external_id: receipt?.externalId ?? null,
    external_url: receipt?.externalUrl ?? null,
    external_title: receipt?.externalTitle ?? null,
    receipt: receipt?.receipt ?? null,
    error: receipt?.error ?? null,
    telemetry: localRecord?.kind === "telemetry" ? localRecord : null,
    memory: localRecord?.kind === "memory" ? localRecord : null,
    audit_id: audit.id,
    audit_actor: audit.actor,
    audit_actor_key: `${audit.actor.kind}:${audit.actor.id}`,
    audit_action: audit.action,
    audit_outcome: audit.outcome,
    audit_project: audit.subject.projectId ?? null,
    audit_detail: audit.detail,
    disable_reason: each.disableReason,
    operation: each.operation,
    issue_external_id: each.issueExternalId,
    reconcile_at: iso(each.reconcileAtMs),
    reached: each.reached,
    matched: each.matchedIssue,
    pause_until: iso(each.pauseUntilMs),
  };
}

/**
 * A batch of faults opens a closed circuit once there are enough in a row, and a half-open one at once. Faults of attempts
 * that were under way when it opened change nothing more. In the excluded row -1 faults mean that somebody answered.
 */
const opens = `(EXCLUDED.consecutive_faults > 0 AND (h.circuit = 'half_open'
      OR (h.circuit = 'closed' AND GREATEST(h.consecutive_faults, 0) + EXCLUDED.consecutive_faults >= $4::int)))`;

const completionSql = `
WITH item AS (
  SELECT * FROM jsonb_to_recordset($1::jsonb) AS t(id text, destination_id text, draft_id text, worker text, attempt int,
    state text, next_attempt_at timestamptz, reason jsonb, started_at timestamptz, duration_ms int, outcome text,
    attempt_reason jsonb, status_code int, timings jsonb, response_excerpt text, response_truncated boolean,
    response_digest text, receipt_id text, receipt_status text, external_id text, external_url text, external_title text,
    receipt jsonb, error text, telemetry jsonb, memory jsonb, audit_id text, audit_actor jsonb, audit_actor_key text,
    audit_action text, audit_outcome text, audit_project text, audit_detail jsonb, disable_reason text, request_digest text,
    operation text, issue_external_id text, reconcile_at timestamptz, reached boolean, pause_until timestamptz, matched jsonb)
),
ended AS (
  UPDATE deliveries v SET state = item.state::delivery_state,
    next_attempt_at = COALESCE(item.next_attempt_at, v.next_attempt_at), last_reason = item.reason, claimed_by = NULL,
    lease_until = NULL, updated_at = $2, operation = COALESCE(item.operation, v.operation),
    issue_external_id = COALESCE(item.issue_external_id, v.issue_external_id), reconcile_at = item.reconcile_at,
    reconcile_count = 0, ended_at = CASE WHEN item.state = 'retrying' THEN NULL ELSE $2::timestamptz END
  FROM item WHERE v.id = item.id AND v.state = 'sending' AND v.claimed_by = item.worker AND v.attempt_count = item.attempt
  RETURNING item.*
),
attempted AS (
  INSERT INTO delivery_attempts (delivery_id, attempt, started_at, duration_ms, outcome, reason, status_code, timings,
    response_excerpt, response_truncated, response_digest, request_digest)
  SELECT id, attempt, started_at, duration_ms, outcome, attempt_reason, status_code, timings, response_excerpt,
    response_truncated, response_digest, request_digest FROM ended
),
receipted AS (
  INSERT INTO receipts (id, delivery_id, status, external_id, external_url, external_title, receipt, error, created_at)
  SELECT receipt_id, id, receipt_status, external_id, external_url, external_title, receipt, error, $2 FROM ended
  WHERE receipt_id IS NOT NULL
  ON CONFLICT (delivery_id) DO UPDATE SET status = EXCLUDED.status, external_id = EXCLUDED.external_id,
    external_url = EXCLUDED.external_url, external_title = EXCLUDED.external_title, receipt = EXCLUDED.receipt,
    error = EXCLUDED.error, created_at = EXCLUDED.created_at
),
telemetered AS (
  INSERT INTO telemetry_records (id, destination_id, delivery_id, path, record, created_at)
  SELECT telemetry->>'recordId', destination_id, id, telemetry->>'path', telemetry->'record', $2 FROM ended
  WHERE telemetry IS NOT NULL ON CONFLICT DO NOTHING
),
remembered AS (
  INSERT INTO memory_records (id, destination_id, delivery_id, category, fingerprint, summary, facts, created_at)
  SELECT memory->>'recordId', destination_id, id, memory->>'category', memory->>'fingerprint', memory->>'summary',
    memory->'facts', $2 FROM ended WHERE memory IS NOT NULL ON CONFLICT DO NOTHING
),
matched AS (
  UPDATE drafts d SET matched_issue_number = (e.matched->>'number')::int, matched_issue_state = e.matched->>'state',
    matched_issue_reference = e.matched->>'reference', matched_issue_url = e.matched->>'url'
  FROM ended e WHERE d.id = e.draft_id AND e.matched IS NOT NULL AND jsonb_typeof(e.matched) = 'object'
),
audited AS (
  INSERT INTO audit_entries (id, at, actor, actor_key, action, outcome, subject_kind, subject_id, project_id, detail)
  SELECT audit_id, $2, audit_actor, audit_actor_key, audit_action, audit_outcome::audit_outcome, 'delivery', id,
    audit_project, audit_detail FROM ended
),
health AS (
  INSERT INTO destination_health AS h (destination_id, consecutive_failures, last_success_at, last_failure_at,
    last_failure_reason, disabled_reason, consecutive_faults, paused_until, circuit, circuit_openings, circuit_opened_at,
    retry_after, updated_at)
  SELECT destination_id, failures, last_success_at, last_failure_at, failure_reason, disable_reason, faults, pause_until,
    CASE WHEN faults >= $4::int THEN 'open' ELSE 'closed' END::circuit_state, (faults >= $4::int)::int,
    CASE WHEN faults >= $4::int THEN $2::timestamptz END,
    CASE WHEN faults >= $4::int THEN $2::timestamptz + make_interval(secs => $5::float8 / 1000) END, $2
  FROM (
    SELECT destination_id, CASE WHEN bool_or(state = 'published') THEN 0 ELSE count(*) END AS failures,
      CASE WHEN bool_or(state = 'published') THEN $2::timestamptz END AS last_success_at,
      CASE WHEN bool_or(state <> 'published') THEN $2::timestamptz END AS last_failure_at,
      max(reason->>'message') FILTER (WHERE state <> 'published') AS failure_reason, max(disable_reason) AS disable_reason,
      CASE WHEN bool_or(reached) THEN -1 ELSE count(*) FILTER (WHERE NOT reached) END AS faults,
      max(pause_until) AS pause_until
    FROM ended GROUP BY destination_id) seen
  ON CONFLICT (destination_id) DO UPDATE SET
    consecutive_failures = CASE WHEN EXCLUDED.last_success_at IS NULL
      THEN h.consecutive_failures + EXCLUDED.consecutive_failures ELSE 0 END,
    last_success_at = COALESCE(EXCLUDED.last_success_at, h.last_success_at),
    last_failure_at = COALESCE(EXCLUDED.last_failure_at, h.last_failure_at),
    last_failure_reason = COALESCE(EXCLUDED.last_failure_reason, h.last_failure_reason),
    disabled_reason = COALESCE(EXCLUDED.disabled_reason, h.disabled_reason),
    paused_until = GREATEST(EXCLUDED.paused_until, h.paused_until),
    consecutive_faults = CASE WHEN EXCLUDED.consecutive_faults < 0 THEN 0
      ELSE GREATEST(h.consecutive_faults, 0) + EXCLUDED.consecutive_faults END,
    circuit = CASE WHEN EXCLUDED.consecutive_faults < 0 THEN 'closed' WHEN ${opens} THEN 'open' ELSE h.circuit
      END::circuit_state,
    circuit_opened_at = CASE WHEN EXCLUDED.consecutive_faults < 0 THEN NULL
      WHEN ${opens} THEN COALESCE(h.circuit_opened_at, $2::timestamptz) ELSE h.circuit_opened_at END,
    circuit_openings = CASE WHEN EXCLUDED.consecutive_faults < 0 THEN 0 ELSE h.circuit_openings + (${opens})::int END,
    retry_after = CASE WHEN EXCLUDED.consecutive_faults < 0 THEN NULL
      WHEN ${opens} THEN $2::timestamptz + make_interval(secs =>
        LEAST($6::float8, $5::float8 * power(2, LEAST(h.circuit_openings, 20))) / 1000)
      ELSE h.retry_after END,
    updated_at = $2
)
SELECT id, pg_notify($3, json_build_object('topic', 'delivery', 'id', id, 'projectId', audit_project)::text) FROM ended`;
