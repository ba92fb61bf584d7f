import { type AccountRecord, takeRecoveryCode, takeTotpStep } from "@/lib/db/account-store";
import type { Database } from "@/lib/db/client";
import { recoveryCodeHash } from "./recovery-codes";
import { openSecret } from "./secret-box";
import { totpStepOf } from "./totp";

export type CodeKind = "code" | "recovery_code";

export type CodeUse = {
  db: Database;
  pepper: string;
  account: Pick<AccountRecord, "userId" | "totpSecret">;
  /** As typed: spaces and capitals say nothing. */
  code: string;
  nowMs: number;
};

/** A code that is right is used up by being right: whichever of two callers comes second gets null. */
export async function takeCode({ db, pepper, account, code, nowMs }: CodeUse): Promise<CodeKind | null> {
  const { userId, totpSecret } = account;
  if (totpSecret === null) return null;
  const typed = code.replaceAll(/\s/g, "");
  if (/^\d{6}$/.test(typed)) {
    const secret = openSecret(pepper, userId, totpSecret);
    const step = secret === null ? null : totpStepOf(secret, typed, nowMs);
    return step !== null && (await takeTotpStep(db, userId, step)) ? "code" : null;
  }
  const hash = recoveryCodeHash(pepper, userId, typed);
  return (await takeRecoveryCode(db, userId, hash, nowMs)) ? "recovery_code" : null;
}
