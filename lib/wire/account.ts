import type { AccountWire, OwnSessionWire, StepUpWire } from "@/lib/contracts/account";
import type { UserSession } from "@/lib/domain/access";
import type { Role } from "@/lib/domain/actor";

type Account = {
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
  stepUpUntilMs: number | null;
};

/** `provider`: the one that this host is configured with. */
export function accountToWire(
  account: Account,
  provider: { name: string; issuer: string } | undefined,
): AccountWire {
  const proof = account.totpEnabledAtMs !== null ? "code" : account.hasPassword ? "password" : "provider";
  return {
    user_id: account.userId,
    name: account.name,
    email: account.email,
    ...(account.role && { role: account.role }),
    project_roles: { ...account.projectRoles },
    session_id: account.sessionId,
    has_password: account.hasPassword,
    ...(account.totpEnabledAtMs !== null && { totp_enabled_at_ms: account.totpEnabledAtMs }),
    recovery_codes_left: account.recoveryCodesLeft,
    ...(provider && { provider: { name: provider.name, linked: account.issuers.includes(provider.issuer) } }),
    proof,
    ...(account.stepUpUntilMs !== null && { step_up_until_ms: account.stepUpUntilMs }),
  };
}

export const stepUpFromWire = ({ password, code }: StepUpWire) => ({
  ...(password && { password }),
  ...(code && { code }),
});

export const ownSessionToWire = (session: UserSession & { current: boolean }): OwnSessionWire => ({
  session_id: session.sessionId,
  current: session.current,
  created_at_ms: session.createdAtMs,
  last_seen_at_ms: session.lastSeenAtMs,
  expires_at_ms: session.expiresAtMs,
  signed_in_by: session.signedInBy === "provider" ? "provider" : "password",
  ...(session.userAgent && { user_agent: session.userAgent }),
});
