import { legacyGithubId } from "@/lib/domain/config";
import type { DeliveryState } from "@/lib/domain/delivery";
import type { PageRequest } from "@/lib/domain/page";
import type { RenderedPayload } from "@/lib/domain/payload";
import type { DeliveryAttempt, Post, Receipt } from "@/lib/domain/records";
import type { Database } from "./client";
import { deliveryFromRow } from "./delivery-store";
import { also, alsoOfRecord, alsoSearched, type ListFilter, type RecordFilter, readPage } from "./list-query";
import { count, json, list, ms, type Row, text, textOrNull } from "./rows";

export type PostFilter = RecordFilter & {
  /** Blank is no filter; rows without a destination count as legacy-github (contract section 3). */
  destinationId?: string;
  draftId?: string;
  incidentId?: string;
  status?: "pending" | "posted" | "failed" | "blocked";
  state?: DeliveryState;
};

const selection = `v.*, r.id AS receipt_id, r.status AS receipt_status, r.external_id, r.external_url, r.external_title,
  r.receipt, r.error AS receipt_error, r.created_at AS receipt_at, d.title, d.fingerprint, d.repo, d.risk_level,
  d.confidence, d.expected_destination, d.evidence_refs, d.project_id, d.quality_gate, d.attributes AS draft_attributes`;
const joins = "LEFT JOIN receipts r ON r.delivery_id = v.id JOIN drafts d ON d.id = v.draft_id";

const statusConditions: Record<NonNullable<PostFilter["status"]>, string> = {
  pending: "v.state IN ('due', 'sending', 'retrying', 'ambiguous')",
  posted: "v.state = 'published'",
  failed: "v.state = 'failed'",
  blocked: "v.state IN ('blocked', 'cancelled')",
};

/** Deliveries with their receipts, by last change, newest first. */
export async function listPostRecords(
  db: Database,
  filter: PostFilter,
  page: PageRequest,
): Promise<{ posts: Post[]; total: number; more: boolean }> {
  const query: ListFilter = { where: ["v.deleted_at IS NULL"], values: [] };
  alsoOfRecord(query, filter, { record: "d", fingerprint: "d.fingerprint", at: "v.updated_at" });
  if (filter.destinationId === legacyGithubId) also(query, "v.destination_id IN ('', $?)", legacyGithubId);
  else if (filter.destinationId) also(query, "v.destination_id = $?", filter.destinationId);
  if (filter.draftId) also(query, "v.draft_id = $?", filter.draftId);
  if (filter.incidentId) also(query, "v.incident_id = $?", filter.incidentId);
  if (filter.status) query.where.push(statusConditions[filter.status]);
  if (filter.state) also(query, "v.state = $?::delivery_state", filter.state);
  if (filter.search)
    alsoSearched(query, "v.incident_id", filter.search, [
      "v.post_id",
      "v.id",
      "v.draft_id",
      "v.idempotency_key",
    ]);
  const { rows, total, more } = await readPage(
    db,
    { select: selection, from: `deliveries v ${joins}`, at: "v.updated_at", id: "v.id" },
    query,
    page,
  );
  return { posts: rows.map(postFromRow), total, more };
}

/** What a destination was last sent about an incident, as it was rendered; comments on a filed issue are not among them. */
export type SentBefore = {
  destinationId: string;
  postId: string;
  draftId: string;
  sentAtMs: number;
  externalUrl: string | null;
  targetRef: string;
  rendered: RenderedPayload["rendered"];
};

export async function listSentBefore(db: Database, incidentId: string): Promise<SentBefore[]> {
  const { rows } = await db.pool.query(
    `SELECT DISTINCT ON (v.destination_id) v.destination_id, v.post_id, v.draft_id, v.ended_at, v.updated_at, v.target_ref,
       r.external_url, p.rendered
     FROM deliveries v JOIN payload_snapshots p ON p.id = v.snapshot_id LEFT JOIN receipts r ON r.delivery_id = v.id
     WHERE v.incident_id = $1 AND v.state = 'published' AND v.follow_up_of_id IS NULL AND v.deleted_at IS NULL
     ORDER BY v.destination_id, v.ended_at DESC NULLS LAST, v.id`,
    [incidentId],
  );
  return rows.map((row) => ({
    destinationId: text(row.destination_id),
    postId: text(row.post_id),
    draftId: text(row.draft_id),
    sentAtMs: ms(row.ended_at ?? row.updated_at),
    externalUrl: textOrNull(row.external_url),
    targetRef: text(row.target_ref),
    rendered: json<{ rendered: SentBefore["rendered"] }>(row.rendered).rendered,
  }));
}

export async function findPost(db: Database, postId: string): Promise<Post | null> {
  const { rows } = await db.pool.query(
    `SELECT ${selection} FROM deliveries v ${joins} WHERE v.post_id = $1 AND v.deleted_at IS NULL`,
    [postId],
  );
  return rows[0] ? postFromRow(rows[0]) : null;
}

export async function listAttempts(
  db: Database,
  deliveryIds: readonly string[],
): Promise<Map<string, DeliveryAttempt[]>> {
  const found = new Map<string, DeliveryAttempt[]>();
  if (deliveryIds.length === 0) return found;
  const { rows } = await db.pool.query(
    "SELECT * FROM delivery_attempts WHERE delivery_id = ANY($1) ORDER BY delivery_id, attempt",
    [deliveryIds],
  );
  for (const row of rows) {
    const attempt = attemptFromRow(row);
    found.set(attempt.deliveryId, [...(found.get(attempt.deliveryId) ?? []), attempt]);
  }
  return found;
}

function postFromRow(row: Row): Post {
  const attributes = json<Record<string, string>>(row.draft_attributes ?? {});
  return {
    delivery: deliveryFromRow(row),
    receipt: row.receipt_id ? receiptFromRow(row) : null,
    draft: {
      title: text(row.title),
      fingerprint: text(row.fingerprint),
      repo: text(row.repo),
      riskLevel: textOrNull(row.risk_level),
      confidence: textOrNull(row.confidence),
      expectedDestination: textOrNull(row.expected_destination),
      evidenceRefs: list(row.evidence_refs),
      projectId: textOrNull(row.project_id),
      tenantId: attributes.tenantId ?? null,
      workspaceId: attributes.workspaceId ?? null,
      qualityGate: json(row.quality_gate ?? null),
    },
  };
}

function receiptFromRow(row: Row): Receipt {
  return {
    receiptId: text(row.receipt_id),
    deliveryId: text(row.id),
    status: row.receipt_status as Receipt["status"],
    externalId: textOrNull(row.external_id),
    externalUrl: textOrNull(row.external_url),
    externalTitle: textOrNull(row.external_title),
    receipt: json(row.receipt),
    error: textOrNull(row.receipt_error),
    createdAtMs: ms(row.receipt_at),
  };
}

function attemptFromRow(row: Row): DeliveryAttempt {
  return {
    deliveryId: text(row.delivery_id),
    attempt: count(row.attempt),
    startedAtMs: ms(row.started_at),
    durationMs: count(row.duration_ms),
    outcome: row.outcome as DeliveryAttempt["outcome"],
    reason: json(row.reason ?? null),
    statusCode: row.status_code === null ? null : count(row.status_code),
    timings: json(row.timings),
    responseExcerpt: textOrNull(row.response_excerpt),
    responseTruncated: Boolean(row.response_truncated),
    responseDigest: textOrNull(row.response_digest),
    requestDigest: textOrNull(row.request_digest),
  };
}
