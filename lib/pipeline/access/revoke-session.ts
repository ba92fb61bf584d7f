import { announceChange } from "@/lib/db/change-feed";
import { findSession, revokeSession as markRevoked } from "@/lib/db/session-store";
import { inTransaction } from "@/lib/db/transaction";
import type { UserSession } from "@/lib/domain/access";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";

/**
 * Ends one session at once: one's own, or anybody's with the permission to manage access. Doing it twice is the same.
 *
 * @throws AppError forbidden, not_found `session_not_found`
 */
export async function revokeSession(ctx: Context, sessionId: string): Promise<UserSession> {
  const session = await findSession(ctx.db, sessionId);
  const subject = { kind: "session", id: sessionId };
  const isOwn = ctx.actor.kind === "user" && ctx.actor.userId === session?.userId;
  if (!isOwn) await authorize(ctx, "manageAccess", subject);
  if (!session) {
    const message = "There is no such session.";
    throw new AppError("not_found", "session_not_found", message, { session_id: sessionId });
  }
  await inTransaction(ctx.db, async (tx) => {
    if (!(await markRevoked(tx, sessionId, ctx.nowMs))) return;
    await recordAudit(tx, ctx, {
      ...{ action: "incident_monitor.session.revoked", subject },
      detail: { user_id: session.userId, own: isOwn },
    });
    await announceChange(tx, { topic: "access", id: session.userId });
  });
  return session;
}
