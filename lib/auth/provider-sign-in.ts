import { insertAuditEntries } from "@/lib/db/audit-store";
import {
  findUserByIdentity,
  findUserToBind,
  type IdentifiedUser,
  insertIdentity,
  markIdentityUsed,
} from "@/lib/db/identity-store";
import { forgiveAttempt, takeAttempt } from "@/lib/db/sign-in-throttle-store";
import { isUniqueViolation, type Transaction } from "@/lib/db/transaction";
import { insertUser, normaliseEmail } from "@/lib/db/user-store";
import { keyedHash } from "@/lib/digest";
import { actorRef, type SystemActor } from "@/lib/domain/actor";
import { isFreshlyProven, judgeProviderSignIn, type OidcClaims, type OidcVerdict } from "@/lib/domain/oidc";
import { type Reason, reason } from "@/lib/domain/reason";
import { newId } from "@/lib/ids";
import { openSession } from "./open-session";
import type { Process } from "./process";

export type ProviderSignIn = { address: string; userAgent: string | null };

export type ProviderOutcome =
  | { ok: true; userId: string; name: string; email: string; sessionId: string }
  | { ok: false; reason: Reason };

const windowMs = 15 * 60_000;
/** Each try makes us ask the provider: a stranger with made-up codes must not make us ask for long. */
const attemptCountMax = 30;
const door: SystemActor = { kind: "system", name: "sign-in" };

const attemptKey = ({ services }: Process, address: string) =>
  `provider:${keyedHash(services.pepper, address)}`;

/**
 * Takes one of this address's tries, before the provider is asked; who gets in is forgiven. null: go on. Beyond the limit
 * the audit is told once a window.
 */
export async function throttleProvider(
  process: Process,
  { address }: ProviderSignIn,
): Promise<Reason | null> {
  const window = { key: attemptKey(process, address), windowMs, nowMs: Date.now() };
  const verdict = await takeAttempt(process.db, { ...window, countMax: attemptCountMax });
  return verdict.allowed
    ? null
    : reason("provider_throttled", "Too many attempts.", { first: verdict.first });
}

/**
 * Opens a session for whom the provider vouches: the person bound to the subject, or by a verified address whom nobody is
 * bound to yet, or somebody new where the host says as what. Whatever is refused is audited with its reason.
 */
export async function signInByProvider(
  process: Process,
  verdict: OidcVerdict,
  from: ProviderSignIn,
): Promise<ProviderOutcome> {
  if (!verdict.ok) {
    const { code, fields } = verdict.reason;
    if (code === "provider_throttled" && !fields?.first) return { ok: false, reason: verdict.reason };
    return refuse(process, verdict.reason, from);
  }
  try {
    return await enter(process, verdict.claims, from);
  } catch (error) {
    // Two windows at once: whoever was first has bound the subject, and this one finds it.
    if (isUniqueViolation(error)) return enter(process, verdict.claims, from);
    throw error;
  }
}

async function enter(process: Process, claims: OidcClaims, from: ProviderSignIn): Promise<ProviderOutcome> {
  const { db, oidc } = process;
  const nowMs = Date.now();
  const { issuer, subject } = claims;
  const bound = await findUserByIdentity(db, issuer, subject);
  const address = claims.email === null ? null : normaliseEmail(claims.email);
  const byEmail = address === null ? null : await findUserToBind(db, address, issuer);
  const decision = judgeProviderSignIn({
    ...{ claims, bound, newUserRole: oidc?.settings.newUserRole ?? null },
    byEmail: byEmail && { ...byEmail, boundElsewhere: byEmail.bound },
  });
  if (decision.kind === "refuse") return refuse(process, decision.reason, from, bound ?? byEmail);

  const made = {
    userId: newId.user(),
    name: decision.kind === "create" ? decision.name : "",
    email: address ?? "",
  };
  const user = bound ?? byEmail ?? made;
  const { userId, name, email } = user;
  const identity = { issuer, subject, userId, nowMs };
  const opening = { userId, name, userAgent: from.userAgent, signedInBy: "provider", nowMs } as const;
  const steppedUp = isFreshlyProven(claims, nowMs);
  const sessionId = await openSession(process, { ...opening, steppedUp }, async (tx) => {
    if (decision.kind === "create") {
      const { role } = decision;
      await insertUser(tx, { userId, name, email, role, passwordHash: null, createdAtMs: nowMs });
    }
    if (decision.kind === "enter") await markIdentityUsed(tx, identity);
    else await bind(tx, identity, decision.kind === "create" ? decision.role : null);
  });
  await forgiveAttempt(db, attemptKey(process, from.address));
  return { ok: true, userId, name, email, sessionId };
}

/** `role`: the person was made for it. */
async function bind(
  tx: Transaction,
  identity: Parameters<typeof insertIdentity>[1],
  role: string | null,
): Promise<void> {
  await insertIdentity(tx, identity);
  const { issuer, subject, userId, nowMs } = identity;
  await insertAuditEntries(tx, [
    {
      ...{ id: newId.audit(), at: new Date(nowMs), actor: actorRef(door), requestId: null },
      action: "incident_monitor.account.identity_linked",
      outcome: "done",
      subject: { kind: "user", id: userId },
      detail: { issuer, subject, created_as: role },
    },
  ]);
}

async function refuse(
  { db, services }: Process,
  why: Reason,
  { address }: ProviderSignIn,
  user: IdentifiedUser | null = null,
): Promise<ProviderOutcome> {
  const addressHash = keyedHash(services.pepper, address).slice(0, 16);
  await insertAuditEntries(db, [
    {
      ...{ id: newId.audit(), at: new Date(), actor: actorRef(door), requestId: null },
      action: "incident_monitor.session.rejected",
      outcome: "denied",
      subject: user ? { kind: "user", id: user.userId } : { kind: "sign_in", id: "provider" },
      detail: { by: "provider", reason: why.code, ...why.fields, address_hash: addressHash },
    },
  ]);
  return { ok: false, reason: why };
}
