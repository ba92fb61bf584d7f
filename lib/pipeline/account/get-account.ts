import type { Role } from "@/lib/domain/actor";
import { isSteppedUp, stepUpLifetimeMs } from "@/lib/domain/step-up";
import type { Context } from "../context";
import { requireOwnAccount } from "./require-own-account";

/** What a person is shown of their own account: which proofs there are, never what they are. */
export type Account = {
  userId: string;
  name: string;
  email: string;
  role: Role | null;
  projectRoles: Readonly<Record<string, Role>>;
  sessionId: string;
  hasPassword: boolean;
  totpEnabledAtMs: number | null;
  recoveryCodesLeft: number;
  issuers: readonly string[];
  /** Until when this session's last proof holds; null: it has to be given again. */
  stepUpUntilMs: number | null;
};

/** @throws AppError forbidden `person_required` */
export async function getAccount(ctx: Context): Promise<Account> {
  const { person, account } = await requireOwnAccount(ctx);
  const { stepUpAtMs, sessionId } = person;
  return {
    ...{ userId: account.userId, name: account.name, email: account.email, sessionId },
    ...{ role: account.role, projectRoles: account.projectRoles, issuers: account.issuers },
    hasPassword: account.passwordHash !== null,
    totpEnabledAtMs: account.totpEnabledAtMs,
    recoveryCodesLeft: account.totpSecret === null ? 0 : account.recoveryCodesLeft,
    stepUpUntilMs:
      stepUpAtMs !== null && isSteppedUp(stepUpAtMs, ctx.nowMs) ? stepUpAtMs + stepUpLifetimeMs : null,
  };
}
