import { type AmbiguousDelivery, type Settlement, settleAmbiguous } from "@/lib/db/ambiguous-store";
import { announceChange } from "@/lib/db/change-feed";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import { type Reason, reason } from "@/lib/domain/reason";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { receiptDigest, receiptOf } from "./delivery-completion";
import { movedOn, requireDelivery, requireState } from "./require-delivery";

/** What a person says came of it. `send_again` may have a second effect, and that is theirs to answer for. */
export type PostResolution = "happened" | "send_again" | "give_up";

export type ResolvePostInput = {
  postId: string;
  resolution: PostResolution;
  /** Why they know; kept in the audit. */
  reason: string;
  /** Where it is, when it happened. */
  externalUrl?: string;
};

/**
 * Ends the doubt about an ambiguous delivery by a person's word (W-41), audited with who said so and why.
 *
 * @throws AppError not_found, forbidden, conflict `post_state` unless it is ambiguous.
 */
export async function resolvePost(ctx: Context, input: ResolvePostInput): Promise<void> {
  const delivery = await requireDelivery(ctx, input.postId);
  requireState(delivery, ["ambiguous"], "Only a delivery without an answer can be settled by hand");
  const { deliveryId, projectId } = delivery;
  await inTransaction(ctx.db, async (tx) => {
    const settled = settlementBy(ctx, delivery, input);
    if (!(await settleAmbiguous(tx, deliveryId, settled, new Date(ctx.nowMs)))) throw movedOn(delivery);
    await announceChange(tx, { topic: "delivery", id: deliveryId, projectId });
    await recordAudit(tx, ctx, {
      action: "incident_monitor.delivery.resolved",
      subject: { kind: "delivery", id: deliveryId, projectId },
      detail: {
        draft_id: delivery.draftId,
        destination_id: delivery.destinationId,
        kind: delivery.kind,
        approval_id: delivery.approvalId,
        resolution: input.resolution,
        reason: input.reason,
        payload_digest: delivery.payloadDigest,
        ...receiptDigest(delivery, settled.receipt, settled.operation),
      },
    });
  });
}

function settlementBy(ctx: Context, delivery: AmbiguousDelivery, input: ResolvePostInput): Settlement {
  const { resolution } = input;
  const words: Record<PostResolution, Reason> = {
    happened: reason("said_to_have_happened", "A person looked and said that it is there."),
    send_again: reason(
      "said_to_be_missing",
      "A person looked and said that it is not there; it is sent again.",
    ),
    give_up: reason("given_up_by_hand", "A person ended it without knowing whether it is there."),
  };
  const why = words[resolution];
  const base = {
    ...{ reconcileAt: null, reconcileCount: 0, operation: null, issueExternalId: null },
    reason: why,
    resolvedBy: actorRef(ctx.actor),
  };
  if (resolution === "send_again") return { ...base, state: "retrying", receipt: null };
  if (resolution === "give_up") {
    const step = { state: "failed", reason: why, gaveUp: true, disableDestination: false } as const;
    const outcome = { outcome: "ambiguous", reason: why } as const;
    return { ...base, state: "failed", receipt: receiptOf(delivery, outcome, step, ctx.nowMs) };
  }
  const outcome = {
    outcome: "published",
    externalUrl: input.externalUrl,
    receipt: {
      operation: delivery.operation,
      destination_id: delivery.destinationId,
      status: "posted",
      delivery_id: delivery.deliveryId,
      target_ref: delivery.targetRef,
      resolved_by_hand: true,
    },
  } as const;
  return {
    ...{ ...base, state: "published", reason: null },
    receipt: receiptOf(delivery, outcome, { state: "published" }, ctx.nowMs),
  };
}
