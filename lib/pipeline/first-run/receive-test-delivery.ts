import { announceChange } from "@/lib/db/change-feed";
import { recordTestReception } from "@/lib/db/test-receiver-store";
import { inTransaction } from "@/lib/db/transaction";
import { verifySignature } from "@/lib/destinations/webhook-signature";
import { sha256Hex } from "@/lib/digest";
import { testSignatureToleranceMs } from "@/lib/domain/test-receiver";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";

export type ReceiveTestDeliveryInput = {
  body: string;
  signature: string | null;
  deliveryId: string | null;
  idempotencyKey: string | null;
  event: string | null;
};

/**
 * What a receiver outside would do: nothing is taken, stored or audited before the signature proves that the delivery is
 * ours and fresh. The same key again is the same delivery.
 *
 * @throws AppError unauthenticated `signature_*`, invalid `delivery_malformed`
 */
export async function receiveTestDelivery(
  ctx: Context,
  input: ReceiveTestDeliveryInput,
): Promise<{ deliveryId: string; duplicate: boolean }> {
  await authorize(ctx, "work", { kind: "test_receiver", id: "test-receiver" });
  const secret = ctx.services.testReceiver?.secret;
  if (!secret)
    throw new AppError("unauthenticated", "test_receiver_missing", "There is no test receiver here");
  const { body, nowMs, toleranceMs } = { ...input, nowMs: ctx.nowMs, toleranceMs: testSignatureToleranceMs };
  const verdict = verifySignature({ header: input.signature, body, secret, nowMs, toleranceMs });
  if (!verdict.ok) {
    throw new AppError("unauthenticated", verdict.code, "The signature does not prove that this is ours");
  }
  const { deliveryId, idempotencyKey, event } = input;
  if (!deliveryId || !idempotencyKey || !event) {
    const words = "x-tandem-delivery-id, idempotency-key and x-tandem-event have to be there";
    throw new AppError("invalid", "delivery_malformed", words);
  }
  const draftId = draftOf(body);
  const { arrivals } = await inTransaction(ctx.db, async (tx) => {
    const kept = await recordTestReception(tx, newId.reception(), {
      ...{ deliveryId, idempotencyKey, event, draftId },
      bodyBytes: Buffer.byteLength(body),
      bodyDigest: sha256Hex(body),
      signedAtMs: verdict.timestampMs,
      receivedAtMs: ctx.nowMs,
    });
    await recordAudit(tx, ctx, {
      action: "incident_monitor.test_receiver.received",
      subject: { kind: "test_receiver", id: deliveryId },
      detail: { event, draft_id: draftId, arrivals: kept.arrivals },
    });
    await announceChange(tx, { topic: "delivery", id: deliveryId });
    return kept;
  });
  return { deliveryId, duplicate: arrivals > 1 };
}

/** The id alone; a test event is about no draft. */
function draftOf(body: string): string | null {
  try {
    const draft = (JSON.parse(body) as { draft?: { draft_id?: unknown } | null }).draft;
    return typeof draft?.draft_id === "string" ? draft.draft_id.slice(0, 200) : null;
  } catch {
    return null;
  }
}
