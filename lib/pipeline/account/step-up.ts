import { announceChange } from "@/lib/db/change-feed";
import { markSteppedUp } from "@/lib/db/session-store";
import { inTransaction } from "@/lib/db/transaction";
import { stepUpLifetimeMs } from "@/lib/domain/step-up";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { checkProof, type Proof } from "./check-proof";
import { type OwnAccount, requireOwnAccount } from "./require-own-account";

export type StepUpInput = { password?: string; code?: string };

/**
 * The person of this session proves to be there: by a one-time or recovery code where codes are asked of them, by their
 * password otherwise. It holds for ten minutes and for this session alone; every process hears of it.
 *
 * @throws AppError invalid `password_required`, `code_required`; forbidden `proof_wrong`; conflict `proof_impossible` for
 * who only signs in through a provider; limited `too_many_attempts`; unauthenticated when the session has ended
 */
export async function stepUp(ctx: Context, input: StepUpInput): Promise<{ stepUpUntilMs: number }> {
  const own = await requireOwnAccount(ctx);
  const proof = requireProof(own, input);
  const by = await checkProof(ctx, own, proof);
  const { sessionId } = own.person;
  await inTransaction(ctx.db, async (tx) => {
    if (!(await markSteppedUp(tx, sessionId, ctx.nowMs)))
      throw new AppError("unauthenticated", "session_ended", "Your session has ended; sign in again.");
    await recordAudit(tx, ctx, {
      action: "incident_monitor.session.stepped_up",
      subject: { kind: "session", id: sessionId },
      detail: { user_id: own.person.userId, by },
    });
    await announceChange(tx, { topic: "session", id: sessionId });
  });
  return { stepUpUntilMs: ctx.nowMs + stepUpLifetimeMs };
}

/** A second factor that a password alone could replace would be none. */
function requireProof({ account }: OwnAccount, { password, code }: StepUpInput): Proof {
  if (account.totpSecret !== null) {
    if (code) return { code };
    throw new AppError(
      "invalid",
      "code_required",
      "Give a code of your authenticator app, or a recovery code.",
      {
        field: "code",
      },
    );
  }
  if (account.passwordHash !== null) {
    if (password) return { password };
    throw new AppError("invalid", "password_required", "Give your password.", { field: "password" });
  }
  const message =
    "This account has neither password nor one-time codes: sign in again through your provider.";
  throw new AppError("conflict", "proof_impossible", message);
}
