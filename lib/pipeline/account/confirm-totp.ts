import { newRecoveryCodes, recoveryCodeHash } from "@/lib/credentials/recovery-codes";
import { openSecret } from "@/lib/credentials/secret-box";
import { totpStepOf } from "@/lib/credentials/totp";
import { putTotp, replaceRecoveryCodes } from "@/lib/db/account-store";
import { inTransaction } from "@/lib/db/transaction";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { forgiveProofAttempts, takeProofAttempt } from "./check-proof";
import { requireOwnAccount } from "./require-own-account";

/**
 * The app shows what it should: from now on signing in asks for a code. The recovery codes are in this answer and nowhere
 * else, and are proofs: a stranger with the session, who cannot begin, could otherwise guess his way to them.
 *
 * @throws AppError conflict `totp_not_begun`; invalid `totp_code_wrong` naming `code`; limited `too_many_attempts`
 */
export async function confirmTotp(
  ctx: Context,
  { code }: { code: string },
): Promise<{ recoveryCodes: string[] }> {
  const own = await requireOwnAccount(ctx);
  const { account, subject } = own;
  const { userId, totpPending: sealed } = account;
  const { pepper } = ctx.services;
  const secret = sealed === null ? null : openSecret(pepper, userId, sealed);
  if (sealed === null || secret === null) throw notBegun();
  await takeProofAttempt(ctx, own);
  const step = totpStepOf(secret, code.replaceAll(/\s/g, ""), ctx.nowMs);
  if (step === null) {
    const message =
      "That is not the code of this secret now. Look at the app again; its clock has to be right.";
    throw new AppError("invalid", "totp_code_wrong", message, { field: "code" });
  }
  await forgiveProofAttempts(ctx, own);
  const recoveryCodes = newRecoveryCodes();
  const hashes = recoveryCodes.map((each) => recoveryCodeHash(pepper, userId, each));
  await inTransaction(ctx.db, async (tx) => {
    if (!(await putTotp(tx, userId, { sealed, step, nowMs: ctx.nowMs }))) throw notBegun();
    await replaceRecoveryCodes(tx, userId, hashes, ctx.nowMs);
    await recordAudit(tx, ctx, { action: "incident_monitor.account.totp_enabled", subject });
  });
  return { recoveryCodes };
}

function notBegun(): AppError {
  return new AppError("conflict", "totp_not_begun", "There is no secret to confirm; begin again.");
}
