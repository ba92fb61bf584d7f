import { verifyPassword } from "@/lib/credentials/password";
import { type CodeKind, takeCode } from "@/lib/credentials/take-code";
import { forgiveAttempt, takeAttempt } from "@/lib/db/sign-in-throttle-store";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import type { OwnAccount } from "./require-own-account";

export type Proof = { password: string } | { code: string };
export type ProofKind = "password" | CodeKind;

/** As at sign-in: ten wrong words of one person, then nothing is looked at until the window is over. */
const windowMs = 15 * 60_000;
const attemptCountMax = 10;

/**
 * Does it prove the person? Counted before it is looked at, so that attempts made at once cannot all slip through; what
 * is right is no failure and starts the count anew. Refusals are audited.
 *
 * @throws AppError limited `too_many_attempts` with `retry_after_seconds`; forbidden `proof_wrong` naming the field
 */
export async function checkProof(ctx: Context, own: OwnAccount, proof: Proof): Promise<ProofKind> {
  await authorize(ctx, "ownAccount", own.subject);
  await takeProofAttempt(ctx, own);
  const proved = await proofOf(ctx, own, proof);
  if (proved) {
    await forgiveProofAttempts(ctx, own);
    return proved;
  }
  const field = "code" in proof ? "code" : "password";
  await recordAudit(ctx.db, ctx, {
    action: "incident_monitor.account.proof_rejected",
    subject: own.subject,
    outcome: "denied",
    detail: { proof: field, session_id: own.person.sessionId },
  });
  const message =
    field === "code"
      ? "That is not a code that can be used now. Wait for the next one, or take a recovery code."
      : "That is not your password.";
  throw new AppError("forbidden", "proof_wrong", message, { field });
}

const throttleKey = ({ person }: OwnAccount) => `proof:${person.userId}`;

/** What was right is no failure: the count starts anew. */
export const forgiveProofAttempts = (ctx: Context, own: OwnAccount): Promise<void> =>
  forgiveAttempt(ctx.db, throttleKey(own), true);

/** Of whatever can be guessed about an account, all together. @throws AppError limited `too_many_attempts` */
export async function takeProofAttempt(ctx: Context, own: OwnAccount): Promise<void> {
  const window = { key: throttleKey(own), windowMs, nowMs: ctx.nowMs };
  const verdict = await takeAttempt(ctx.db, { ...window, countMax: attemptCountMax });
  if (verdict.allowed) return;
  if (verdict.first) {
    await recordAudit(ctx.db, ctx, {
      action: "incident_monitor.account.proof_rejected",
      subject: own.subject,
      outcome: "denied",
      detail: { reason: "throttled", session_id: own.person.sessionId },
    });
  }
  const seconds = Math.ceil(verdict.retryAfterMs / 1_000);
  throw new AppError(
    "limited",
    "too_many_attempts",
    `Too many attempts; wait ${seconds} s, then try once more.`,
    {
      retryable: true,
      retry_after_seconds: seconds,
    },
  );
}

async function proofOf(ctx: Context, { account }: OwnAccount, proof: Proof): Promise<ProofKind | null> {
  if ("password" in proof) {
    const { matches } = await verifyPassword(proof.password, account.passwordHash);
    return matches ? "password" : null;
  }
  const { db, nowMs, services } = ctx;
  return takeCode({ db, pepper: services.pepper, account, code: proof.code, nowMs });
}
