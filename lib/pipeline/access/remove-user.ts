import { announceChange } from "@/lib/db/change-feed";
import { inTransaction } from "@/lib/db/transaction";
import { endUser } from "@/lib/db/user-roster-store";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { judgeUserChange, requireAllowed, rolesDetail, userSubject } from "./require-access";

/**
 * Removes an account for good, with its roles and sessions. What the person did stays on record under their id and name.
 *
 * @throws AppError forbidden, not_found `user_not_found`, conflict `last_admin` | `own_account`
 */
export async function removeUser(ctx: Context, userId: string): Promise<{ userId: string }> {
  const subject = userSubject(userId);
  await authorize(ctx, "manageAccess", subject);
  const decision = await inTransaction(ctx.db, async (tx) => {
    const { user, decision } = await judgeUserChange(tx, ctx, userId, () => null);
    if (!decision.ok) return decision;
    await endUser(tx, userId);
    await recordAudit(tx, ctx, {
      ...{ action: "incident_monitor.user.removed", subject },
      detail: { name: user.name, ...rolesDetail(user) },
    });
    await announceChange(tx, { topic: "access", id: userId });
    return decision;
  });
  await requireAllowed(ctx, decision, subject);
  return { userId };
}
