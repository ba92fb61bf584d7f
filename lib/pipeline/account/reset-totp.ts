import { endTotp, findAccount } from "@/lib/db/account-store";
import { announceChange } from "@/lib/db/change-feed";
import { revokeSessionsOf } from "@/lib/db/session-store";
import { inTransaction } from "@/lib/db/transaction";
import { decideTotpReset } from "@/lib/domain/access-rules";
import { requireAllowed } from "../access/require-access";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";

/**
 * For somebody who has lost phone and recovery codes: an admin, who knows them, takes the second factor away. Every session
 * of theirs ends; they sign in by password and set up another.
 *
 * @throws AppError forbidden (`grants_more_than_held`); not_found `user_not_found`; conflict `own_account`
 */
export async function resetTotp(
  ctx: Context,
  { userId }: { userId: string },
): Promise<{ wasEnabled: boolean; endedIds: string[] }> {
  const subject = { kind: "user", id: userId };
  await authorize(ctx, "manageAccess", subject);
  const account = await findAccount(ctx.db, userId);
  if (!account)
    throw new AppError("not_found", "user_not_found", "There is no such user.", { user_id: userId });
  await requireAllowed(ctx, decideTotpReset(ctx.actor, account), subject);
  const wasEnabled = account.totpSecret !== null;
  const endedIds = await inTransaction(ctx.db, async (tx) => {
    if (!(await endTotp(tx, userId))) return [];
    const ids = await revokeSessionsOf(tx, userId, ctx.nowMs);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.account.totp_reset",
      subject,
      detail: { was_enabled: wasEnabled, ended_sessions: ids.length },
    });
    for (const id of ids) await announceChange(tx, { topic: "session", id });
    return ids;
  });
  return { wasEnabled, endedIds };
}
