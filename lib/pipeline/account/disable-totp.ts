import { endTotp } from "@/lib/db/account-store";
import { inTransaction } from "@/lib/db/transaction";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { requireStepUp } from "../step-up";
import { requireOwnAccount } from "./require-own-account";

/**
 * From now on the password is enough; secret and recovery codes are gone. Doing it twice is the same.
 *
 * @throws AppError forbidden `step_up_required`
 */
export async function disableTotp(ctx: Context): Promise<void> {
  const { account, subject } = await requireOwnAccount(ctx);
  requireStepUp(ctx, "switch one-time codes off");
  await inTransaction(ctx.db, async (tx) => {
    if (!(await endTotp(tx, account.userId))) return;
    await recordAudit(tx, ctx, { action: "incident_monitor.account.totp_disabled", subject });
  });
}
