import { announceChange } from "@/lib/db/change-feed";
import { revokeSessionsOf } from "@/lib/db/session-store";
import { inTransaction } from "@/lib/db/transaction";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { requireUser, userSubject } from "./require-access";

export type RevokedSessions = { userId: string; ended: number };

/**
 * Ends every session of a person at once; they may sign in again. Of one's own all but the one this is asked with. Everybody
 * may end their own, whoever manages access anybody's.
 *
 * @throws AppError forbidden, not_found `user_not_found`
 */
export async function revokeUserSessions(ctx: Context, userId: string): Promise<RevokedSessions> {
  const subject = userSubject(userId);
  const own = ctx.actor.kind === "user" && ctx.actor.userId === userId ? ctx.actor.sessionId : undefined;
  if (own === undefined) await authorize(ctx, "manageAccess", subject);
  await requireUser(ctx, userId);
  const ended = await inTransaction(ctx.db, async (tx) => {
    const { length: count } = await revokeSessionsOf(tx, userId, ctx.nowMs, own);
    if (count === 0) return count;
    await recordAudit(tx, ctx, {
      ...{ action: "incident_monitor.sessions.revoked", subject },
      detail: { sessions_ended: count, own: own !== undefined },
    });
    await announceChange(tx, { topic: "access", id: userId });
    return count;
  });
  return { userId, ended };
}
