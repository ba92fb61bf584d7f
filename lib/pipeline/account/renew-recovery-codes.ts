import { newRecoveryCodes, recoveryCodeHash } from "@/lib/credentials/recovery-codes";
import { hasTotp, replaceRecoveryCodes } from "@/lib/db/account-store";
import { inTransaction } from "@/lib/db/transaction";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { requireStepUp } from "../step-up";
import { requireOwnAccount } from "./require-own-account";

/**
 * Ten new codes, shown in this answer alone; the old ones end.
 *
 * @throws AppError forbidden `step_up_required`; conflict `totp_disabled`
 */
export async function renewRecoveryCodes(ctx: Context): Promise<{ recoveryCodes: string[] }> {
  const { account, subject } = await requireOwnAccount(ctx);
  requireStepUp(ctx, "make new recovery codes");
  const { userId } = account;
  const recoveryCodes = newRecoveryCodes();
  const hashes = recoveryCodes.map((each) => recoveryCodeHash(ctx.services.pepper, userId, each));
  await inTransaction(ctx.db, async (tx) => {
    if (!(await hasTotp(tx, userId)))
      throw new AppError("conflict", "totp_disabled", "One-time codes are off: there is nothing to recover.");
    await replaceRecoveryCodes(tx, userId, hashes, ctx.nowMs);
    await recordAudit(tx, ctx, { action: "incident_monitor.account.recovery_codes_renewed", subject });
  });
  return { recoveryCodes };
}
