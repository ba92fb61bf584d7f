import { hashPassword } from "@/lib/credentials/password";
import { savePasswordHash } from "@/lib/db/account-store";
import { announceChange } from "@/lib/db/change-feed";
import { revokeSessionsOf } from "@/lib/db/session-store";
import { inTransaction } from "@/lib/db/transaction";
import { judgePassword } from "@/lib/domain/password-rules";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { checkProof } from "./check-proof";
import { requireOwnAccount } from "./require-own-account";

export type ChangePasswordInput = { currentPassword: string; newPassword: string };

/**
 * Another password for who knows the one there is. Every other session of the person ends: whoever else knew it is out.
 *
 * @throws AppError invalid `password_too_short` and the other reasons of the rules, `password_unchanged` (all name
 * `new_password`); forbidden `proof_wrong`; limited `too_many_attempts`; conflict `no_password`, `password_changed_meanwhile`
 */
export async function changePassword(
  ctx: Context,
  input: ChangePasswordInput,
): Promise<{ endedIds: string[] }> {
  const own = await requireOwnAccount(ctx);
  const { passwordHash, userId, email, name } = own.account;
  if (passwordHash === null)
    throw new AppError(
      "conflict",
      "no_password",
      "This account signs in through its provider and has no password.",
    );
  const verdict = judgePassword(input.newPassword, { email, name });
  if (!verdict.ok) throw refused(verdict.reason.code, verdict.reason.message);
  await checkProof(ctx, own, { password: input.currentPassword });
  // Only who knows the current one is told that they are alike.
  if (input.newPassword.normalize("NFKC") === input.currentPassword.normalize("NFKC"))
    throw refused("password_unchanged", "It is the one that you have.");

  const to = await hashPassword(input.newPassword);
  const ended = await inTransaction(ctx.db, async (tx) => {
    if (!(await savePasswordHash(tx, userId, { from: passwordHash, to, nowMs: ctx.nowMs }))) {
      const message = "The password was changed meanwhile; sign in again.";
      throw new AppError("conflict", "password_changed_meanwhile", message);
    }
    const ids = await revokeSessionsOf(tx, userId, ctx.nowMs, own.person.sessionId);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.account.password_changed",
      subject: own.subject,
      detail: { ended_sessions: ids.length },
    });
    for (const id of ids) await announceChange(tx, { topic: "session", id });
    return ids;
  });
  return { endedIds: ended };
}

const refused = (code: string, message: string) =>
  new AppError("invalid", code, message, { field: "new_password" });
