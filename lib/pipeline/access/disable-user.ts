import { announceChange } from "@/lib/db/change-feed";
import { revokeSessionsOf } from "@/lib/db/session-store";
import { inTransaction } from "@/lib/db/transaction";
import { markUserDisabled } from "@/lib/db/user-roster-store";
import type { User } from "@/lib/domain/access";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { judgeUserChange, requireAllowed, requireUser, userSubject } from "./require-access";

/**
 * Keeps a person out until they are enabled again: every session of theirs ends now. Doing it twice is the same.
 *
 * @throws AppError forbidden, not_found `user_not_found`, conflict `last_admin` | `own_account`
 */
export async function disableUser(ctx: Context, userId: string): Promise<User> {
  const subject = userSubject(userId);
  await authorize(ctx, "manageAccess", subject);
  const decision = await inTransaction(ctx.db, async (tx) => {
    const disabled = { disabledAtMs: ctx.nowMs };
    const judged = await judgeUserChange(tx, ctx, userId, (user) => ({ ...user, ...disabled }));
    if (!judged.decision.ok || judged.user.disabledAtMs !== null) return judged.decision;
    await markUserDisabled(tx, userId, ctx.nowMs, ctx.nowMs);
    const { length: sessions } = await revokeSessionsOf(tx, userId, ctx.nowMs);
    await recordAudit(tx, ctx, {
      ...{ action: "incident_monitor.user.disabled", subject },
      detail: { sessions_ended: sessions },
    });
    await announceChange(tx, { topic: "access", id: userId });
    return judged.decision;
  });
  await requireAllowed(ctx, decision, subject);
  return requireUser(ctx, userId);
}
