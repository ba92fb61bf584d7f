import { queueNotification } from "@/lib/db/notification-store";
import type { Transaction } from "@/lib/db/transaction";
import { type AccessMessage, isMailable } from "@/lib/domain/access-message";
import { actorRef } from "@/lib/domain/actor";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";

export type AccessMail = Pick<AccessMessage, "about" | "linkId" | "expiresAtMs"> & {
  email: string;
  /** Of the person, or of the invitation that is to make one. */
  recipient: { userId: string } | { invitationId: string };
};

/**
 * Puts the link into the outbox, with the change that made it, where this host has a mail server and an address of its own.
 * false: nothing is mailed, and the link is for its maker to hand over.
 */
export async function queueAccessMail(tx: Transaction, ctx: Context, mail: AccessMail): Promise<boolean> {
  const { mailer, publicUrl } = ctx.services;
  if (!mailer || !publicUrl || !isMailable(mail.email)) return false;
  const notificationId = newId.notification();
  const { about, linkId, expiresAtMs, recipient } = mail;
  const userId = "userId" in recipient ? recipient.userId : null;
  const recipientKey = "userId" in recipient ? `user:${userId}` : `invitation:${recipient.invitationId}`;
  await queueNotification(tx, {
    ...{ notificationId, channel: "email", recipientKey, userId, links: [], createdAtMs: ctx.nowMs },
    content: { about, linkId, expiresAtMs, by: actorRef(ctx.actor).name },
  });
  await recordAudit(tx, ctx, {
    action: "incident_monitor.notification.queued",
    subject: { kind: "notification", id: notificationId },
    detail: { channel: "email", recipient: recipientKey, about },
  });
  return true;
}
