import { findLinkByHash, markLinkUsed } from "@/lib/db/notification-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import { judgeLink } from "@/lib/domain/notification";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError, type AppErrorKind } from "../errors";
import { recordAudit } from "../record-audit";
import { linkTokenHash } from "./link-token";

const refusals: Record<string, [AppErrorKind, string]> = {
  link_unknown: ["not_found", "This link is not known here; it may be of another server"],
  link_used: ["conflict", "This link was opened before; each opens once"],
  link_expired: ["conflict", "This link has expired; it was good for 72 hours"],
  link_of_another: ["forbidden", "This link was sent to somebody else"],
};

/**
 * Uses a link up and answers which draft it is about and what its review proved to be when it was told of. Decides nothing:
 * whoever opens it is signed in, may decide on that draft, and sees it as it is now.
 *
 * @throws AppError forbidden, not_found `link_unknown`, conflict `link_used` | `link_expired`
 */
export async function openNotificationLink(
  ctx: Context,
  token: string,
): Promise<{ draftId: string; digest: string }> {
  const subject = { kind: "notification_link", id: "link" };
  await authorize(ctx, "read", subject);
  if (ctx.actor.kind !== "user") {
    throw new AppError(
      "invalid",
      "people_only",
      "A link of a message is opened by a person who is signed in",
    );
  }
  const link = await findLinkByHash(ctx.db, linkTokenHash(token));
  const verdict = judgeLink(link, ctx.actor.userId, ctx.nowMs);
  if (!verdict.ok || !link)
    throw await refused(ctx, verdict.ok ? "link_unknown" : verdict.code, link?.linkId);
  await authorize(ctx, "decide", { kind: "draft", id: link.draftId, projectId: link.projectId });
  const used = await inTransaction(ctx.db, async (tx) => {
    if (!(await markLinkUsed(tx, link.linkId, actorRef(ctx.actor), new Date(ctx.nowMs)))) return false;
    await recordAudit(tx, ctx, {
      action: "incident_monitor.notification.link_opened",
      subject: { kind: "draft", id: link.draftId, projectId: link.projectId },
      detail: { link_id: link.linkId },
    });
    return true;
  });
  if (!used) throw await refused(ctx, "link_used", link.linkId);
  return { draftId: link.draftId, digest: link.digest };
}

async function refused(ctx: Context, code: string, linkId: string | undefined): Promise<AppError> {
  const [kind, words] = refusals[code] ?? refusals.link_unknown ?? ["not_found", "Unknown"];
  await recordAudit(ctx.db, ctx, {
    action: "incident_monitor.notification.link_opened",
    subject: { kind: "notification_link", id: linkId ?? "unknown" },
    outcome: "denied",
    detail: { reason: code },
  });
  return new AppError(kind, code, words);
}
