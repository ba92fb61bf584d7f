import { findAccount } from "@/lib/db/account-store";
import { announceChange } from "@/lib/db/change-feed";
import { replacePasswordReset } from "@/lib/db/password-reset-store";
import { inTransaction, isUniqueViolation } from "@/lib/db/transaction";
import { keyedHash } from "@/lib/digest";
import { type PasswordReset, passwordResetLifetimeMs } from "@/lib/domain/access";
import { decidePasswordReset } from "@/lib/domain/access-rules";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { accessToken } from "../notifications/link-token";
import { queueAccessMail } from "../notifications/queue-access-mail";
import { recordAudit } from "../record-audit";
import { requireAllowed, requireUser, userSubject } from "./require-access";

/** `rawToken` is what the link carries: in this answer and, where it is `mailed`, on its way to the address. */
export type MadePasswordReset = { reset: PasswordReset; email: string; rawToken: string; mailed: boolean };

/**
 * A link with which somebody who forgot their password sets another one, good for 24 hours and once. The password there is works
 * on until then; a second factor stays what it is. Whatever link they had before opens nothing any more.
 *
 * @throws AppError forbidden (`grants_more_than_held`), not_found `user_not_found`, conflict `own_account` | `user_disabled` |
 * `no_password` | `password_reset_made`
 */
export async function makePasswordReset(ctx: Context, userId: string): Promise<MadePasswordReset> {
  const subject = userSubject(userId);
  await authorize(ctx, "manageAccess", subject);
  const user = await requireUser(ctx, userId);
  const account = await findAccount(ctx.db, userId);
  const hasPassword = account?.passwordHash != null;
  await requireAllowed(ctx, decidePasswordReset({ actor: ctx.actor, user, hasPassword }), subject);
  const { pepper } = ctx.services;
  const linkId = newId.accessLink();
  const rawToken = accessToken(pepper, "password_reset", linkId);
  const expiresAtMs = ctx.nowMs + passwordResetLifetimeMs;
  const reset = { resetId: newId.passwordReset(), userId, createdAtMs: ctx.nowMs, expiresAtMs };
  const { email } = user;
  try {
    const mailed = await inTransaction(ctx.db, async (tx) => {
      const tokenHash = keyedHash(pepper, rawToken);
      await replacePasswordReset(tx, { ...reset, tokenHash, madeBy: ctx.actor });
      await recordAudit(tx, ctx, {
        ...{ action: "incident_monitor.password_reset.made", subject },
        detail: { password_reset_id: reset.resetId, expires_at_ms: expiresAtMs },
      });
      await announceChange(tx, { topic: "access", id: userId });
      const mail = { about: "password_reset", linkId, expiresAtMs, email, recipient: { userId } } as const;
      return queueAccessMail(tx, ctx, mail);
    });
    return { reset, email, rawToken, mailed };
  } catch (error) {
    if (!isUniqueViolation(error)) throw error;
    const message = "Somebody else made a link for them at the same moment; look again.";
    throw new AppError("conflict", "password_reset_made", message);
  }
}
