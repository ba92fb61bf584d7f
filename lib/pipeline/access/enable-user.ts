import { announceChange } from "@/lib/db/change-feed";
import { inTransaction } from "@/lib/db/transaction";
import { markUserDisabled } from "@/lib/db/user-roster-store";
import type { User } from "@/lib/domain/access";
import { decideGrant, grantedBy } from "@/lib/domain/access-rules";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { requireAllowed, requireUser, userSubject } from "./require-access";

/**
 * Lets a disabled person sign in again, with the roles they had. Sessions that were ended stay ended. Doing it twice is the
 * same.
 *
 * @throws AppError forbidden (`grants_more_than_held`), not_found `user_not_found`
 */
export async function enableUser(ctx: Context, userId: string): Promise<User> {
  const subject = userSubject(userId);
  await authorize(ctx, "manageAccess", subject);
  const stored = await requireUser(ctx, userId);
  await requireAllowed(ctx, decideGrant(ctx.actor, grantedBy(stored)), subject);
  await inTransaction(ctx.db, async (tx) => {
    if (!(await markUserDisabled(tx, userId, null, ctx.nowMs))) return;
    await recordAudit(tx, ctx, { action: "incident_monitor.user.enabled", subject });
    await announceChange(tx, { topic: "access", id: userId });
  });
  return requireUser(ctx, userId);
}
