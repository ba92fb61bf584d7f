import { loadConfig } from "@/lib/db/config-store";
import { readDestinationHealth } from "@/lib/db/destination-health-store";
import { loadNotificationSettings } from "@/lib/db/notification-settings-store";
import {
  type ClaimedNotification,
  claimNotification,
  dropOldNotifications,
  endNotification,
} from "@/lib/db/notification-store";
import { inTransaction } from "@/lib/db/transaction";
import { adapterFor } from "@/lib/destinations/registry";
import { webhookTargetRef } from "@/lib/destinations/webhook-config";
import { sha256Hex } from "@/lib/digest";
import { canonicalJson } from "@/lib/domain/canonical-json";
import {
  afterSending,
  type MessageContent,
  type MessageItem,
  type SendOutcome,
} from "@/lib/domain/notification";
import {
  type MessagePlaces,
  messagePayload,
  messageSubject,
  messageText,
} from "@/lib/domain/notification-message";
import { reason } from "@/lib/domain/reason";
import { newId } from "@/lib/ids";
import {
  approvalsDuePath,
  draftPath,
  inboxPath,
  notificationLinkPath,
  notificationsPath,
  receiptPath,
} from "@/lib/paths";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { noMcpServers } from "../mcp/read-mcp-servers";
import { readinessOf } from "../publishing/readiness";
import { recordAudit } from "../record-audit";
import { linkToken } from "./link-token";
import { sendAccessMail } from "./send-access-mail";

/** Longer than a message may take; after it another process takes over. */
const leaseMs = 120_000;
const messagesMax = 20;
const keptMs = 30 * 86_400_000;
export const notificationEvent = "incident_monitor.notification";

/**
 * Sends what is queued, outside any transaction, and writes down what came of each. Answers how many ended. Each is taken
 * when its turn comes: one that waits behind a slow server must not be another process's by then.
 */
export async function sendNotifications(ctx: Context, nowMs: () => number): Promise<{ ended: number }> {
  await authorize(ctx, "work", { kind: "notification", id: "outbox" });
  await dropOldNotifications(ctx.db, new Date(ctx.nowMs - keptMs));
  let ended = 0;
  for (let taken = 0; taken < messagesMax && !ctx.services.stopping?.aborted; taken += 1) {
    const message = await claimNotification(ctx.db, { nowMs: nowMs(), leaseMs });
    if (!message) break;
    const outcome = await send(ctx, message);
    if (await settle({ ...ctx, nowMs: nowMs() }, message, outcome)) ended += 1;
  }
  return { ended };
}

async function settle(ctx: Context, message: ClaimedNotification, outcome: SendOutcome): Promise<boolean> {
  const { notificationId, attemptCount, channel } = message;
  const next = afterSending(outcome, attemptCount);
  const why = outcome.outcome === "sent" ? null : outcome.reason;
  const nextAttemptAtMs = ctx.nowMs + (next.state === "due" ? next.delayMs : 0);
  return inTransaction(ctx.db, async (tx) => {
    const end = { notificationId, attemptCount, state: next.state, nextAttemptAtMs, reason: why };
    if (!(await endNotification(tx, end, new Date(ctx.nowMs)))) return false;
    if (next.state === "due") return false;
    await recordAudit(tx, ctx, {
      action: "incident_monitor.notification.ended",
      subject: { kind: "notification", id: notificationId },
      outcome: next.state === "sent" ? "done" : "failed",
      detail: { channel, attempts: attemptCount, ...(why && { reason: why.code }) },
    });
    return true;
  });
}

async function send(ctx: Context, message: ClaimedNotification): Promise<SendOutcome> {
  if (message.channel === "email") return sendMail(ctx, message);
  const { content } = message;
  if ("about" in content) throw new Error(`${content.about} goes by mail alone`);
  return sendWebhook(ctx, message, content);
}

async function sendMail(ctx: Context, message: ClaimedNotification): Promise<SendOutcome> {
  const { mailer } = ctx.services;
  if (!mailer) return later("mail_not_configured", "This host has no SMTP server any more.");
  if (!message.address) {
    return {
      outcome: "rejected",
      reason: reason("recipient_gone", "The recipient cannot sign in any more."),
    };
  }
  const { content, notificationId: messageId, address: to } = message;
  if ("about" in content) return sendAccessMail(ctx, content, { mailer, messageId, to });
  return mailer.send({
    // The same at every attempt: a mail program that got it twice shows it once.
    ...{ messageId, to },
    subject: messageSubject(content),
    text: messageText(content, placesOf(ctx, content)),
  });
}

/** Through the destination's own adapter: its address rules, signature, secret and readiness are the same as a delivery's. */
async function sendWebhook(
  ctx: Context,
  message: ClaimedNotification,
  content: MessageContent,
): Promise<SendOutcome> {
  const [settings, config, health] = await Promise.all([
    loadNotificationSettings(ctx.db),
    loadConfig(ctx.db),
    readDestinationHealth(ctx.db),
  ]);
  const destination = config.destinations.find(
    (row) => row.destinationId === settings.webhookDestinationId && row.kind === "webhook",
  );
  if (!destination) {
    const words = "No webhook destination is chosen for notifications any more.";
    return { outcome: "rejected", reason: reason("webhook_not_chosen", words) };
  }
  const standing = health.get(destination.destinationId);
  const { missing } = readinessOf(ctx, destination, config, standing, noMcpServers);
  const [first] = missing;
  if (first) return { outcome: "retryable", reason: first };
  const { notificationId, createdAtMs, attemptCount } = message;
  const idempotencyKey = sha256Hex(canonicalJson(["notification", notificationId]));
  const body = JSON.stringify({
    event: notificationEvent,
    ...{ notification_id: notificationId, idempotency_key: idempotencyKey, created_at_ms: createdAtMs },
    ...messagePayload(content, placesOf(ctx, content)),
  });
  const outcome = await adapterFor("webhook").publish(
    destination,
    {
      deliveryId: notificationId,
      postId: newId.post(),
      ...{ idempotencyKey, body, kind: "webhook", operation: "post_notification", attempt: attemptCount },
      targetRef: webhookTargetRef(destination.webhookUrl ?? "") ?? "",
      payloadDigest: sha256Hex(body),
      nowMs: ctx.nowMs,
      event: notificationEvent,
    },
    { ...ctx.services, nowMs: ctx.nowMs },
  );
  if (outcome.outcome === "published") return { outcome: "sent" };
  // The same bytes under the same key: a lost reply may be sent again.
  if (outcome.outcome === "retryable" || outcome.outcome === "ambiguous")
    return { ...outcome, outcome: "retryable" };
  return { outcome: "rejected", reason: outcome.reason };
}

const later = (code: string, words: string): SendOutcome => ({
  outcome: "retryable",
  reason: reason(code, words),
});

/** Whole addresses, as the host says people reach this. */
function placesOf(ctx: Context, content: MessageContent): MessagePlaces {
  const base = ctx.services.publicUrl ?? "";
  const waiting = content.counts.approvals > 0 ? approvalsDuePath() : inboxPath();
  return {
    hrefOf: (item) => base + pathOf(ctx, item),
    inbox: base + waiting,
    preferences: base + notificationsPath(),
  };
}

function pathOf(ctx: Context, item: MessageItem): string {
  if (item.linkId) return notificationLinkPath(linkToken(ctx.services.pepper, item.linkId));
  return item.kind === "failures" ? receiptPath(item.id) : draftPath(item.draftId);
}
