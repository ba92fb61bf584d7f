import type { ApiToken } from "@/lib/domain/access";
import type { ActorRef } from "@/lib/domain/actor";
import type { DeliveryEvidence, PersonRecord, WaitingDraft } from "@/lib/domain/authority-evidence-rows";
import type { AuditRecord } from "@/lib/domain/policy-decision";
import { policyDecisionActions } from "@/lib/domain/policy-decision";
import type { Database } from "./client";
import { draftStateConditions } from "./draft-store";
import { count, json, list, ms, msOrNull, type Row, text, textOrNull } from "./rows";

/*
 * What the authority inventory reads of records: the newest few, of the projects the reader sees, by an index each. Plain
 * SQL alone, so that all of it can be read at one moment (lib/db/snapshot.ts).
 */

/** null: every project, and records of none. */
type Projects = readonly string[] | null;

/** Drafts that wait for people, the newest first. */
export async function listWaitingDrafts(
  db: Database,
  projects: Projects,
  limit: number,
): Promise<WaitingDraft[]> {
  const { rows } = await db.pool.query(
    `SELECT d.id, d.approval, d.triage_run_id, d.project_id, d.risk_level, d.created_at FROM drafts d
     WHERE d.deleted_at IS NULL AND ($1::text[] IS NULL OR d.project_id = ANY($1)) AND (${draftStateConditions.approval_due})
     ORDER BY d.created_at DESC, d.id DESC LIMIT $2`,
    [projects, limit],
  );
  return rows.map((row) => ({
    draftId: text(row.id),
    approval: row.approval as WaitingDraft["approval"],
    triageRunId: textOrNull(row.triage_run_id),
    projectId: textOrNull(row.project_id),
    riskLevel: textOrNull(row.risk_level),
    waitingSinceMs: ms(row.created_at),
  }));
}

/** The same words as the index's, so that the planner may use it. */
const decisionActions = policyDecisionActions.map((action) => `'${action}'`).join(", ");

/** Entries of the audit that may be a decision, the newest first. */
export async function listDecisionEntries(
  db: Database,
  projects: Projects,
  limit: number,
): Promise<AuditRecord[]> {
  const { rows } = await db.pool.query(
    `SELECT id, at, actor, action, outcome, subject_kind, subject_id, project_id, detail FROM audit_entries
     WHERE action IN (${decisionActions}) AND ($1::text[] IS NULL OR project_id = ANY($1))
     ORDER BY at DESC, id DESC LIMIT $2`,
    [projects, limit],
  );
  return rows.map((row) => {
    const actor = json<ActorRef>(row.actor);
    return {
      ...{ id: text(row.id), atMs: ms(row.at), actorId: actor.id, actorKind: actor.kind },
      action: row.action as AuditRecord["action"],
      outcome: row.outcome as AuditRecord["outcome"],
      ...{ subjectKind: text(row.subject_kind), subjectId: text(row.subject_id) },
      projectId: textOrNull(row.project_id),
      detail: json(row.detail),
    };
  });
}

/** Deliveries by their last change: of key and receipt only that they are there, and the receipt's names. */
export async function listDeliveryEvidence(
  db: Database,
  projects: Projects,
  limit: number,
): Promise<DeliveryEvidence[]> {
  const { rows } = await db.pool.query(
    `SELECT v.post_id, v.draft_id, v.destination_id, v.kind, v.operation, v.state, v.approval_id,
       v.idempotency_key <> '' AS has_key, v.last_reason ->> 'code' AS reason_code, v.created_at, v.updated_at,
       r.id IS NOT NULL AS has_receipt, r.error IS NOT NULL AS has_error, d.triage_run_id, d.project_id, d.approval,
       CASE WHEN jsonb_typeof(r.receipt) = 'object' THEN ARRAY(SELECT jsonb_object_keys(r.receipt)) END AS receipt_keys
     FROM deliveries v LEFT JOIN receipts r ON r.delivery_id = v.id JOIN drafts d ON d.id = v.draft_id
     WHERE v.deleted_at IS NULL AND ($1::text[] IS NULL OR d.project_id = ANY($1))
     ORDER BY v.updated_at DESC, v.id DESC LIMIT $2`,
    [projects, limit],
  );
  return rows.map(evidenceFromRow);
}

function evidenceFromRow(row: Row): DeliveryEvidence {
  const reasonCode = textOrNull(row.reason_code);
  return {
    postId: text(row.post_id),
    draftId: text(row.draft_id),
    destinationId: text(row.destination_id),
    kind: row.kind as DeliveryEvidence["kind"],
    operation: text(row.operation),
    state: row.state as DeliveryEvidence["state"],
    triageRunId: textOrNull(row.triage_run_id),
    approvalId: textOrNull(row.approval_id),
    approvalRequired: row.approval !== "not_required",
    idempotencyKeyPresent: row.has_key === true,
    receiptPresent: row.has_receipt === true,
    receiptKeys: list(row.receipt_keys).sort(),
    errorCode: row.state === "published" ? null : (reasonCode ?? (row.has_error === true ? "failed" : null)),
    projectId: textOrNull(row.project_id),
    createdAtMs: ms(row.created_at),
    updatedAtMs: ms(row.updated_at),
  };
}

/** People with an account, the newest first: of what they prove themselves by only whether it is set. */
export async function listPeople(db: Database, nowMs: number, limit: number): Promise<PersonRecord[]> {
  const { rows } = await db.pool.query(
    `SELECT u.id, u.name, u.role, u.created_at, u.disabled_at, u.password_hash IS NOT NULL AS has_password,
       u.totp_enabled_at IS NOT NULL AS has_second_factor,
       COALESCE((SELECT jsonb_object_agg(r.project_id, r.role) FROM user_project_roles r WHERE r.user_id = u.id), '{}') AS project_roles,
       (SELECT max(s.last_seen_at) FROM sessions s WHERE s.user_id = u.id) AS last_seen_at,
       (SELECT count(*)::int FROM sessions s
         WHERE s.user_id = u.id AND s.revoked_at IS NULL AND s.expires_at > $1) AS session_count
     FROM users u ORDER BY u.created_at DESC, u.id DESC LIMIT $2`,
    [new Date(nowMs), limit],
  );
  return rows.map((row) => ({
    userId: text(row.id),
    name: text(row.name),
    role: (row.role ?? null) as PersonRecord["role"],
    projectRoles: json(row.project_roles),
    createdAtMs: ms(row.created_at),
    disabledAtMs: msOrNull(row.disabled_at),
    lastSeenAtMs: msOrNull(row.last_seen_at),
    sessionCount: count(row.session_count),
    hasPassword: row.has_password === true,
    hasSecondFactor: row.has_second_factor === true,
  }));
}

/** Tokens, the newest first; neither a value nor its hash. */
export async function listTokensOnRecord(db: Database, limit: number): Promise<ApiToken[]> {
  const { rows } = await db.pool.query(
    `SELECT id, name, kind, prefix, scopes, bootstrap, created_by, created_at, expires_at, last_used_at, disabled_at,
       rotated_from_id FROM api_tokens ORDER BY created_at DESC, id DESC LIMIT $1`,
    [limit],
  );
  return rows.map((row) => ({
    tokenId: text(row.id),
    name: text(row.name),
    kind: row.kind as ApiToken["kind"],
    prefix: text(row.prefix),
    scopes: list(row.scopes) as ApiToken["scopes"][number][],
    bootstrap: row.bootstrap === true,
    createdBy: json(row.created_by),
    createdAtMs: ms(row.created_at),
    expiresAtMs: msOrNull(row.expires_at),
    lastUsedAtMs: msOrNull(row.last_used_at),
    disabledAtMs: msOrNull(row.disabled_at),
    rotatedFromId: textOrNull(row.rotated_from_id),
  }));
}
