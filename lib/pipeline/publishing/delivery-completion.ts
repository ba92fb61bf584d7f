import { attemptFacts, digestOfFacts, sentFacts } from "@/lib/audit/receipt-facts";
import { sha256 } from "@/lib/audit/sha256";
import type { NewAuditEntry } from "@/lib/db/audit-store";
import type { Completion } from "@/lib/db/completion-store";
import type { ClaimedDelivery } from "@/lib/db/delivery-store";
import { cutText } from "@/lib/destinations/bounded-json";
import { adapterFor } from "@/lib/destinations/registry";
import { sha256Hex } from "@/lib/digest";
import { actorRef } from "@/lib/domain/actor";
import type { NextStep, PublishOutcome } from "@/lib/domain/delivery";
import { matchOf } from "@/lib/domain/issue-match";
import { firstLookAfterMs } from "@/lib/domain/reconcile";
import type { Delivery, DeliveryAttempt } from "@/lib/domain/records";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import { safeExcerpt } from "./response-excerpt";

export type EndedAttempt = {
  delivery: ClaimedDelivery;
  worker: string;
  outcome: PublishOutcome;
  step: NextStep;
  startedAtMs: number;
  durationMs: number;
  /** Nobody was asked: something of ours stood in the way. */
  notSent?: boolean;
};

/** Everything that the end of one attempt writes, as one value. */
export function completionOf(ctx: Context, ended: EndedAttempt): Completion {
  const { delivery, worker, outcome, step } = ended;
  const endedAtMs = ended.startedAtMs + ended.durationMs;
  const published = outcome.outcome === "published" ? outcome : null;
  const { issues, lookUp } = adapterFor(delivery.kind);
  const attempt = attemptOf(ended);
  const receipt = receiptOf(delivery, outcome, step, endedAtMs);
  const operation = published?.operation ?? null;
  return {
    deliveryId: delivery.deliveryId,
    destinationId: delivery.destinationId,
    draftId: delivery.draftId,
    worker,
    attempt,
    state: step.state,
    nextAttemptAtMs: step.state === "retrying" ? endedAtMs + step.delayMs : null,
    reason: step.state === "published" ? null : step.reason,
    receipt,
    localRecord: published?.localRecord ?? null,
    audit: auditOf(ctx, delivery, step, {
      ...{ endedAtMs, attempt_digest: digestOfFacts(sha256, attemptFacts(attempt)) },
      ...receiptDigest(delivery, receipt, operation),
    }),
    disableReason: step.state === "failed" && step.disableDestination ? step.reason.message : null,
    operation,
    issueExternalId: issues ? issueOf(outcome) : null,
    matchedIssue: matchedOf(outcome),
    reconcileAtMs: step.state === "ambiguous" && (issues || lookUp) ? endedAtMs + firstLookAfterMs : null,
    reached: ended.notSent ? null : wasReached(outcome),
    pauseUntilMs: pauseOf(outcome, endedAtMs),
  };
}

function issueOf(outcome: PublishOutcome): string | null {
  if (outcome.outcome === "published") return outcome.issueExternalId ?? outcome.externalId ?? null;
  return outcome.outcome === "ambiguous" ? (outcome.issueExternalId ?? null) : null;
}

function matchedOf(outcome: PublishOutcome): Completion["matchedIssue"] {
  const match = outcome.outcome === "published" || outcome.outcome === "blocked" ? outcome.match : undefined;
  return match ? matchOf(match) : null;
}

/** Did somebody who works answer? A refusal is an answer; a broken server and silence are not. */
function wasReached(outcome: PublishOutcome): boolean | null {
  if (outcome.outcome === "published") return true;
  const status = outcome.exchange?.statusCode;
  if (status !== undefined) return status < 500;
  return outcome.outcome === "retryable" || outcome.outcome === "ambiguous" ? false : null;
}

/** A limit it told of holds for all that goes there, not for this delivery alone. */
function pauseOf(outcome: PublishOutcome, endedAtMs: number): number | null {
  if (outcome.outcome !== "retryable" || !outcome.retryAfterMs) return null;
  const status = outcome.exchange?.statusCode;
  const isLimit = status === 429 || status === 503 || outcome.reason.code === "rate_limited";
  return isLimit ? endedAtMs + Math.min(outcome.retryAfterMs, 86_400_000) : null;
}

function attemptOf({ delivery, outcome, startedAtMs, durationMs, notSent }: EndedAttempt): DeliveryAttempt {
  const exchange = "exchange" in outcome ? outcome.exchange : undefined;
  return {
    deliveryId: delivery.deliveryId,
    attempt: delivery.attemptCount,
    startedAtMs,
    durationMs,
    outcome: outcome.outcome,
    reason: outcome.outcome === "published" ? null : outcome.reason,
    statusCode: exchange?.statusCode ?? null,
    timings: exchange?.timings ?? {},
    responseExcerpt: exchange?.responseExcerpt ? safeExcerpt(exchange.responseExcerpt) : null,
    responseTruncated: exchange?.responseTruncated ?? false,
    responseDigest: exchange?.responseDigest ?? null,
    requestDigest: notSent ? null : (exchange?.requestDigest ?? sha256Hex(delivery.body)),
  };
}

export function receiptOf(
  delivery: Delivery,
  outcome: PublishOutcome,
  step: NextStep,
  endedAtMs: number,
): Completion["receipt"] {
  if (step.state === "retrying" || step.state === "ambiguous") return null;
  const published = outcome.outcome === "published" ? outcome : null;
  return {
    receiptId: delivery.postId,
    deliveryId: delivery.deliveryId,
    status: step.state === "published" ? "posted" : step.state === "blocked" ? "blocked" : "failed",
    externalId: published?.externalId ?? null,
    externalUrl: published?.externalUrl ?? null,
    externalTitle: published?.externalTitle ?? null,
    receipt: {
      ...(published?.receipt ?? {
        operation: delivery.operation,
        destination_id: delivery.destinationId,
        status: "failed",
      }),
      attempt_count: delivery.attemptCount,
      payload_digest: delivery.payloadDigest,
    },
    error: step.state === "published" ? null : cutText(step.reason.message, 500),
    createdAtMs: endedAtMs,
  };
}

/** What an entry holds of a receipt besides what it says itself, so that a file of it can be proven. */
export function receiptDigest(
  delivery: Delivery,
  receipt: Completion["receipt"],
  operation: string | null,
): { receipt_digest?: string } {
  if (!receipt) return {};
  const sent = { ...delivery, operation: operation ?? delivery.operation };
  return { receipt_digest: digestOfFacts(sha256, sentFacts(sha256, sent, receipt)) };
}

function auditOf(
  ctx: Context,
  delivery: ClaimedDelivery,
  step: NextStep,
  { endedAtMs, ...digests }: { endedAtMs: number; attempt_digest: string; receipt_digest?: string },
): NewAuditEntry {
  const done = step.state === "published";
  return {
    id: newId.audit(),
    at: new Date(endedAtMs),
    actor: actorRef(ctx.actor),
    action: done ? "incident_monitor.publish.completed" : "incident_monitor.publish.failed",
    outcome: done ? "done" : "failed",
    subject: { kind: "delivery", id: delivery.deliveryId, projectId: delivery.projectId },
    requestId: null,
    detail: { ...deliveryFacts(delivery, step), ...digests },
  };
}

/** What an audit entry says of a delivery's step: ids, digests and codes, no content. */
export function deliveryFacts(delivery: Delivery, step: NextStep): Record<string, unknown> {
  return {
    draft_id: delivery.draftId,
    destination_id: delivery.destinationId,
    kind: delivery.kind,
    state: step.state,
    attempt: delivery.attemptCount,
    payload_digest: delivery.payloadDigest,
    approval_id: delivery.approvalId,
    requested_by: delivery.requestedBy,
    ...(step.state !== "published" && { reason: step.reason.code }),
  };
}
