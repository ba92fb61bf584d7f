import type { NewAuditEntry } from "@/lib/db/audit-store";
import type { Completion } from "@/lib/db/completion-store";
import type { ClaimedDelivery } from "@/lib/db/delivery-store";
import type { DestinationHealth } from "@/lib/db/destination-health-store";
import { adapterFor, destinationAdapters } from "@/lib/destinations/registry";
import { sha256Hex } from "@/lib/digest";
import { actorRef } from "@/lib/domain/actor";
import { destinationDigest } from "@/lib/domain/approval";
import { effectiveDestinations, type MonitorConfig } from "@/lib/domain/config";
import { afterAttempt, type NextStep, type PublishOutcome } from "@/lib/domain/delivery";
import { type Reason, reason } from "@/lib/domain/reason";
import type { Delivery, DeliveryAttempt } from "@/lib/domain/records";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import { readinessOf } from "./readiness";
import { safeExcerpt } from "./response-excerpt";

/** Kinds whose claim, left behind by a dead worker, may simply be sent again: same bytes, same key, one effect (D-10). */
export const retryLapsedKinds = Object.values(destinationAdapters)
  .filter((adapter) => adapter.retriesLostReplies)
  .map((adapter) => adapter.kind);

export type DeliverInput = {
  delivery: ClaimedDelivery;
  worker: string;
  config: MonitorConfig;
  health: ReadonlyMap<string, DestinationHealth>;
  signal?: AbortSignal;
};

/**
 * One attempt of one claimed delivery, outside any transaction. Readiness and the destination's settings are looked at
 * again first: what changed since it was queued is not sent to. Returns what to write; writes nothing itself.
 */
export async function deliver(ctx: Context, input: DeliverInput): Promise<Completion> {
  const { delivery, config } = input;
  const startedAtMs = ctx.nowMs;
  const started = performance.now();
  const destination = effectiveDestinations(config).find(
    (row) => row.destinationId === delivery.destinationId,
  );
  const obstacle = obstacleTo(ctx, input);
  if (!destination || obstacle) {
    const why = obstacle ?? reason("destination_not_configured", "The destination is no longer configured");
    return completion(
      ctx,
      input,
      { outcome: "rejected", reason: why },
      { state: "blocked", reason: why },
      startedAtMs,
      0,
    );
  }
  const outcome = await adapterFor(delivery.kind).publish(
    destination,
    {
      deliveryId: delivery.deliveryId,
      postId: delivery.postId,
      idempotencyKey: delivery.idempotencyKey,
      kind: delivery.kind,
      targetRef: delivery.targetRef,
      operation: delivery.operation,
      body: delivery.body,
      payloadDigest: delivery.payloadDigest,
      attempt: delivery.attemptCount,
      nowMs: ctx.nowMs,
      routeId: delivery.routeId ?? undefined,
      routeMatchReason: delivery.routeMatchReason ?? undefined,
    },
    { ...ctx.services, nowMs: ctx.nowMs, signal: input.signal },
  );
  const durationMs = Math.round(performance.now() - started);
  const step = afterAttempt(outcome, delivery.attemptCount, delivery.attemptCountMax, ctx.services.random());
  return completion(ctx, input, outcome, step, startedAtMs, durationMs);
}

function obstacleTo(ctx: Context, { delivery, config, health }: DeliverInput): Reason | null {
  if (delivery.draftApproval === "denied") {
    return reason("draft_denied", "The draft was denied after this was queued");
  }
  if (delivery.deleted) {
    return reason(`${delivery.deleted}_deleted`, `The ${delivery.deleted} was deleted after this was queued`);
  }
  if (delivery.approvalEnded) {
    const words = delivery.approvalEnded === "expired" ? "expired" : "was voided";
    return reason(
      `approval_${delivery.approvalEnded}`,
      `The approval ${words} before this was sent; approve and publish it again`,
    );
  }
  const destination = effectiveDestinations(config).find(
    (row) => row.destinationId === delivery.destinationId,
  );
  if (!destination) return null;
  if (destinationDigest(destination, sha256Hex) !== delivery.destinationDigest) {
    return reason(
      "destination_changed",
      "The destination's settings changed after this was queued; publish it again",
    );
  }
  const readiness = readinessOf(ctx, destination, config, health.get(destination.destinationId));
  if (readiness.ready) return null;
  return reason("destination_not_ready", readiness.missing.map((each) => each.message).join("; "));
}

function completion(
  ctx: Context,
  { delivery, worker }: DeliverInput,
  outcome: PublishOutcome,
  step: NextStep,
  startedAtMs: number,
  durationMs: number,
): Completion {
  const why = step.state === "published" ? null : step.reason;
  const endedAtMs = startedAtMs + durationMs;
  return {
    deliveryId: delivery.deliveryId,
    destinationId: delivery.destinationId,
    draftId: delivery.draftId,
    worker,
    attempt: attemptOf(delivery, outcome, startedAtMs, durationMs),
    state: step.state,
    nextAttemptAtMs: step.state === "retrying" ? endedAtMs + step.delayMs : null,
    reason: why,
    receipt: receiptOf(delivery, outcome, step, endedAtMs),
    localRecord: outcome.outcome === "published" ? (outcome.localRecord ?? null) : null,
    audit: auditOf(ctx, delivery, step, endedAtMs),
    disableReason: step.state === "failed" && step.disableDestination ? step.reason.message : null,
  };
}

function attemptOf(
  delivery: Delivery,
  outcome: PublishOutcome,
  startedAtMs: number,
  durationMs: number,
): DeliveryAttempt {
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
  };
}

function receiptOf(
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
    error: step.state === "published" ? null : step.reason.message.slice(0, 500),
    createdAtMs: endedAtMs,
  };
}

function auditOf(ctx: Context, delivery: ClaimedDelivery, step: NextStep, endedAtMs: number): NewAuditEntry {
  const done = step.state === "published";
  return {
    id: newId.audit(),
    at: new Date(endedAtMs),
    actor: actorRef(ctx.actor),
    action: done ? "incident_monitor.publish.completed" : "incident_monitor.publish.failed",
    outcome: done ? "done" : "failed",
    subject: { kind: "delivery", id: delivery.deliveryId, projectId: delivery.projectId },
    requestId: null,
    detail: {
      draft_id: delivery.draftId,
      destination_id: delivery.destinationId,
      kind: delivery.kind,
      state: step.state,
      attempt: delivery.attemptCount,
      payload_digest: delivery.payloadDigest,
      approval_id: delivery.approvalId,
      requested_by: delivery.requestedBy,
      ...(step.state !== "published" && { reason: step.reason.code }),
    },
  };
}
