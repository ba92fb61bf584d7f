import { sealSecret } from "@/lib/credentials/secret-box";
import { newTotpSecret, totpUri } from "@/lib/credentials/totp";
import { savePendingTotp } from "@/lib/db/account-store";
import { inTransaction } from "@/lib/db/transaction";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { requireStepUp } from "../step-up";
import { requireOwnAccount } from "./require-own-account";

/** How the product is called in the list of an authenticator app. */
const issuer = "Incident Monitor";

/**
 * A secret to put into an authenticator app. Nothing is asked of the person until a code has confirmed it; beginning again
 * makes another.
 *
 * @throws AppError forbidden `step_up_required`; conflict `totp_enabled`
 */
export async function beginTotp(ctx: Context): Promise<{ secret: string; uri: string }> {
  const { account, subject } = await requireOwnAccount(ctx);
  if (account.totpSecret !== null) throw totpEnabled();
  requireStepUp(ctx, "set up one-time codes");
  const secret = newTotpSecret();
  const sealed = sealSecret(ctx.services.pepper, account.userId, secret);
  await inTransaction(ctx.db, async (tx) => {
    if (!(await savePendingTotp(tx, account.userId, sealed))) throw totpEnabled();
    await recordAudit(tx, ctx, { action: "incident_monitor.account.totp_begun", subject });
  });
  return { secret, uri: totpUri(secret, account.email, issuer) };
}

function totpEnabled(): AppError {
  const message = "One-time codes are on already; switch them off first to use another app.";
  return new AppError("conflict", "totp_enabled", message);
}
