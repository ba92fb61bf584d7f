import type {
  AttemptWire,
  PostDetailWire,
  PostListQuery,
  PostListWire,
  PostWire,
} from "@/lib/contracts/post";
import type { Approval, DeliveryAttempt, Post } from "@/lib/domain/records";
import { approvalToWire } from "./draft";
import { given, pageFromQuery, recordFilterFromQuery } from "./list-query";
import { present, qualityGateToWire } from "./record-parts";

const statusOf: Record<Post["delivery"]["state"], PostWire["status"]> = {
  due: "pending",
  sending: "pending",
  retrying: "pending",
  ambiguous: "pending",
  published: "posted",
  failed: "failed",
  blocked: "blocked",
  cancelled: "blocked",
};

/** A delivery and its receipt as the contract's post (5.5). The receipt's attempts are those on record. */
export function postToWire(post: Post, attempts: readonly DeliveryAttempt[] = []): PostWire {
  const { delivery, receipt, draft } = post;
  const last = attempts.at(-1);
  const waiting = delivery.state === "due" || delivery.state === "retrying";
  return {
    post_id: delivery.postId,
    draft_id: delivery.draftId,
    fingerprint: draft.fingerprint,
    repo: draft.repo,
    operation: delivery.operation,
    status: statusOf[delivery.state],
    idempotency_key: delivery.idempotencyKey,
    created_at_ms: delivery.createdAtMs,
    updated_at_ms: delivery.updatedAtMs,
    evidence_refs: draft.evidenceRefs,
    incident_id: delivery.incidentId,
    destination_id: delivery.destinationId,
    destination_kind: delivery.kind,
    target_ref: delivery.targetRef,
    evidence_digest: delivery.payloadDigest,
    ...present({
      route_id: delivery.routeId,
      route_match_reason: delivery.routeMatchReason,
      external_id: receipt?.externalId,
      external_url: receipt?.externalUrl,
      external_title: receipt?.externalTitle,
      receipt: receipt ? { ...receipt.receipt, attempts: attempts.map(attemptToReceipt) } : undefined,
      confidence: draft.confidence,
      risk_level: draft.riskLevel,
      expected_destination: draft.expectedDestination,
      // Local receipts leave the gate out (contract 8.3).
      quality_gate: isLocal(delivery.kind) ? undefined : qualityGateToWire(draft.qualityGate),
      response_excerpt: last?.responseExcerpt,
      error: receipt?.error ?? (delivery.state === "published" ? undefined : delivery.lastReason?.message),
      tenant_id: draft.tenantId,
      workspace_id: draft.workspaceId,
      approval_id: delivery.approvalId,
      ...issueKeys(post),
      issue_id: delivery.issueExternalId,
      follow_up_of: delivery.followUpOfId,
      resolved_by: delivery.resolvedBy,
      ...(delivery.state === "ambiguous" && {
        reconcile_at_ms: delivery.reconcileAtMs,
        reconcile_count: delivery.reconcileCount,
      }),
      next_attempt_at_ms: waiting ? delivery.nextAttemptAtMs : undefined,
    }),
    delivery_id: delivery.deliveryId,
    state: delivery.state,
    title: draft.title,
    payload_digest: delivery.payloadDigest,
    attempt_count: delivery.attemptCount,
    attempt_count_max: delivery.attemptCountMax,
  };
}

const isLocal = (kind: Post["delivery"]["kind"]) => kind === "telemetry" || kind === "internal_memory";

/** The contract's names for what a tracker was told, out of the receipt. */
function issueKeys({ receipt }: Post) {
  const facts = receipt?.receipt ?? {};
  const text = (key: string) => (typeof facts[key] === "string" ? facts[key] : undefined);
  const number = Number(facts.issue_number);
  return {
    issue_number: Number.isSafeInteger(number) && number > 0 ? number : undefined,
    issue_url: text("issue_url"),
    comment_id: text("comment_id"),
    comment_url: text("comment_url"),
  };
}

function attemptToReceipt(attempt: DeliveryAttempt) {
  return {
    attempt: attempt.attempt,
    status_code: attempt.statusCode,
    retryable: attempt.outcome === "retryable",
    response_excerpt: attempt.responseExcerpt,
    response_truncated: attempt.responseTruncated,
    error: attempt.reason?.message ?? null,
  };
}

export function attemptToWire(attempt: DeliveryAttempt): AttemptWire {
  return {
    attempt: attempt.attempt,
    started_at_ms: attempt.startedAtMs,
    duration_ms: attempt.durationMs,
    outcome: attempt.outcome,
    timings: attempt.timings,
    response_truncated: attempt.responseTruncated,
    ...present({
      reason: attempt.reason,
      status_code: attempt.statusCode,
      response_excerpt: attempt.responseExcerpt,
      response_digest: attempt.responseDigest,
      request_digest: attempt.requestDigest,
    }),
  };
}

export type PostWithAttempts = { post: Post; attempts: DeliveryAttempt[] };

export function postListToWire(list: {
  posts: PostWithAttempts[];
  total: number;
  nextCursor: string | null;
}): PostListWire {
  return {
    posts: list.posts.map((each) => postToWire(each.post, each.attempts)),
    count: list.posts.length,
    total: list.total,
    ...present({ next_cursor: list.nextCursor }),
  };
}

export function listPostsFromQuery(query: PostListQuery) {
  return {
    page: pageFromQuery(query),
    filter: {
      ...recordFilterFromQuery(query),
      destinationId: given(query.destination_id) ?? given(query.destination),
      draftId: given(query.draft_id) ?? given(query.draft),
      incidentId: given(query.incident),
      status: query.status,
      state: query.state,
    },
  };
}

export function postDetailToWire(detail: PostWithAttempts & { approval: Approval | null }): PostDetailWire {
  const { delivery } = detail.post;
  return {
    post: postToWire(detail.post, detail.attempts),
    attempts: detail.attempts.map(attemptToWire),
    requested_by: delivery.requestedBy,
    payload: pretty(delivery.body),
    ...(detail.approval && { approval: approvalToWire(detail.approval) }),
  };
}

function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}
