import { announceChange } from "@/lib/db/change-feed";
import { type QueueOutcome, queueDelivery } from "@/lib/db/delivery-store";
import type { Transaction } from "@/lib/db/transaction";
import { adapterFor } from "@/lib/destinations/registry";
import { sha256Hex } from "@/lib/digest";
import { actorRef } from "@/lib/domain/actor";
import { destinationDigest } from "@/lib/domain/approval";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { Destination } from "@/lib/domain/config";
import type { Delivery, PayloadSnapshot } from "@/lib/domain/records";
import { withOutboundRules } from "@/lib/domain/redaction-profile";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import type { Publication, PublicationTarget } from "./prepare-publication";

export type QueuedTarget = { delivery: Delivery; outcome: QueueOutcome };

/** Attempts when the destination does not say (D-11). */
const attemptCountMaxDefault = 10;

/**
 * One outbox row per destination, inside the caller's transaction. What is queued is the frozen snapshot, sealed once
 * with its delivery's envelope: every attempt sends the same bytes under the same key. Nothing leaves before `graceMs` is over.
 */
export async function queueTargets(
  tx: Transaction,
  ctx: Context,
  publication: Publication,
  targets: readonly PublicationTarget[],
  frozen: { approvalId: string | null; snapshots: ReadonlyMap<string, PayloadSnapshot> },
  graceMs = 0,
): Promise<QueuedTarget[]> {
  const { draft, decision } = publication;
  const queued: QueuedTarget[] = [];
  for (const { destination } of targets) {
    const snapshot = frozen.snapshots.get(destination.destinationId);
    if (!snapshot) continue;
    const deliveryId = newId.delivery();
    const idempotencyKey = idempotencyKeyOf(draft.draftId, destination, snapshot);
    const result = await queueDelivery(tx, {
      deliveryId,
      postId: newId.post(),
      draftId: draft.draftId,
      incidentId: draft.incidentId,
      approvalId: frozen.approvalId,
      snapshotId: snapshot.snapshotId,
      destinationId: destination.destinationId,
      kind: destination.kind,
      targetRef: snapshot.targetRef,
      operation: snapshot.operation,
      routeId: decision.winner.routeId,
      routeMatchReason: decision.winner.reason,
      idempotencyKey,
      payloadDigest: snapshot.digest,
      destinationDigest: destinationDigest(withOutboundRules(destination, publication.config), sha256Hex),
      body: adapterFor(destination.kind).seal(snapshot, {
        deliveryId,
        idempotencyKey,
        createdAtMs: ctx.nowMs,
      }),
      attemptCountMax: attemptCountMaxOf(destination),
      requestedBy: actorRef(ctx.actor),
      createdAtMs: ctx.nowMs,
      dueAtMs: ctx.nowMs + graceMs,
    });
    await announceChange(tx, {
      topic: "delivery",
      id: result.delivery.deliveryId,
      projectId: draft.content.projectId,
    });
    queued.push(result);
  }
  return queued;
}

/** One effect per (draft, destination, target, content): the approval is not part of it (D-10). */
function idempotencyKeyOf(draftId: string, destination: Destination, snapshot: PayloadSnapshot): string {
  return sha256Hex(
    canonicalJson([draftId, destination.destinationId, snapshot.kind, snapshot.targetRef, snapshot.digest]),
  );
}

function attemptCountMaxOf(destination: Destination): number {
  const config = destination.config ?? {};
  const asked = Number(config.max_attempts ?? config.retry_max_attempts);
  return Number.isInteger(asked) && asked >= 1 ? Math.min(asked, 50) : attemptCountMaxDefault;
}
