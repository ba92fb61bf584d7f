import { noteOf } from "@/lib/audit/checkpoint";
import { findNewestCheckpoint, loadLedgerKeys } from "@/lib/db/audit-ledger-store";
import {
  claimWitnessPosting,
  endWitnessPosting,
  loadWitnessSettings,
  queueWitnessPosting,
  type WitnessPosting,
} from "@/lib/db/audit-witness-store";
import { loadConfig } from "@/lib/db/config-store";
import { readDestinationHealth } from "@/lib/db/destination-health-store";
import { inTransaction } from "@/lib/db/transaction";
import { adapterFor } from "@/lib/destinations/registry";
import { webhookTargetRef } from "@/lib/destinations/webhook-config";
import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import type { PublishOutcome } from "@/lib/domain/delivery";
import { afterSending } from "@/lib/domain/notification";
import { reason } from "@/lib/domain/reason";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { noMcpServers } from "../mcp/read-mcp-servers";
import { readinessOf } from "../publishing/readiness";
import { recordAudit } from "../record-audit";

/** Longer than an attempt may take; after it another process takes over. */
const leaseMs = 60_000;
export const checkpointEvent = "incident_monitor.audit.checkpoint";

/** Queues the newest checkpoint when one is due to be witnessed, and sends what is queued. Answers how many were sent. */
export async function postCheckpoint(ctx: Context): Promise<{ sent: number }> {
  await authorize(ctx, "work", { kind: "audit_ledger", id: "witness" });
  await queueDue(ctx);
  const posting = await claimWitnessPosting(ctx.db, { nowMs: ctx.nowMs, leaseMs });
  if (!posting) return { sent: 0 };
  return { sent: (await settle(ctx, posting, await send(ctx, posting))) ? 1 : 0 };
}

async function queueDue(ctx: Context): Promise<void> {
  const { destinationId, intervalMinutes } = await loadWitnessSettings(ctx.db);
  if (destinationId === null) return;
  const [keys, newest] = await Promise.all([loadLedgerKeys(ctx.db.pool), findNewestCheckpoint(ctx.db.pool)]);
  if (!newest || !keys[0]) return;
  const posting = {
    postingId: newId.witnessPosting(),
    ...{ destinationId, size: newest.size, note: noteOf(keys[0].name, newest) },
  };
  await queueWitnessPosting(ctx.db, posting, ctx.nowMs - intervalMinutes * 60_000, new Date(ctx.nowMs));
}

async function settle(ctx: Context, posting: WitnessPosting, outcome: PublishOutcome): Promise<boolean> {
  const isSent = outcome.outcome === "published";
  const next = afterSending(
    isSent
      ? { outcome: "sent" }
      : outcome.outcome === "rejected"
        ? { outcome: "rejected", reason: outcome.reason }
        : { outcome: "retryable", reason: outcome.reason },
    posting.attemptCount,
  );
  const ended: WitnessPosting = {
    ...posting,
    state: next.state === "due" ? "due" : isSent ? "sent" : "failed",
    reason: isSent ? null : outcome.reason,
    receipt: isSent ? { external_id: outcome.externalId ?? null, attempt: posting.attemptCount } : null,
    endedAtMs: next.state === "due" ? null : ctx.nowMs,
  };
  return inTransaction(ctx.db, async (tx) => {
    const againAtMs = ctx.nowMs + (next.state === "due" ? next.delayMs : 0);
    if (!(await endWitnessPosting(tx, ended, againAtMs)) || ended.state === "due") return false;
    await recordAudit(tx, ctx, {
      action: "incident_monitor.audit.witness_posted",
      subject: { kind: "audit_ledger", id: "witness" },
      outcome: isSent ? "done" : "failed",
      detail: {
        ...{ posting_id: posting.postingId, destination_id: posting.destinationId, size: posting.size },
        ...{ attempts: posting.attemptCount, ...(ended.reason && { reason: ended.reason.code }) },
      },
    });
    return isSent;
  });
}

/** Through the destination's own adapter: its address rules, signature, secret and readiness are the same as a delivery's. */
async function send(ctx: Context, posting: WitnessPosting): Promise<PublishOutcome> {
  const [config, health] = await Promise.all([loadConfig(ctx.db), readDestinationHealth(ctx.db)]);
  const destination = config.destinations.find(
    (row) => row.destinationId === posting.destinationId && row.kind === "webhook",
  );
  if (!destination) {
    const words = "The destination that checkpoints were posted to is gone.";
    return { outcome: "rejected", reason: reason("witness_gone", words) };
  }
  const { missing } = readinessOf(
    ctx,
    destination,
    config,
    health.get(destination.destinationId),
    noMcpServers,
  );
  const [first] = missing;
  if (first) return { outcome: "retryable", reason: first };
  const { postingId, note, size, createdAtMs, attemptCount } = posting;
  const idempotencyKey = sha256Hex(canonicalJson(["audit checkpoint", postingId]));
  const body = JSON.stringify({
    event: checkpointEvent,
    ...{ posting_id: postingId, idempotency_key: idempotencyKey, created_at_ms: createdAtMs },
    ...{ size, checkpoint: note },
  });
  return adapterFor("webhook").publish(
    destination,
    {
      deliveryId: postingId,
      postId: newId.post(),
      ...{ idempotencyKey, body, kind: "webhook", operation: "post_checkpoint", attempt: attemptCount },
      targetRef: webhookTargetRef(destination.webhookUrl ?? "") ?? "",
      payloadDigest: sha256Hex(body),
      nowMs: ctx.nowMs,
      event: checkpointEvent,
    },
    { ...ctx.services, nowMs: ctx.nowMs },
  );
}
