import { insertAuditEntries } from "@/lib/db/audit-store";
import { insertSession } from "@/lib/db/session-store";
import { countAttempt, dropEndedWindows, forgiveAttempt } from "@/lib/db/sign-in-throttle-store";
import { inTransaction } from "@/lib/db/transaction";
import { findUserByEmail, normaliseEmail, replacePasswordHash, type UserRecord } from "@/lib/db/user-store";
import { keyedHash } from "@/lib/digest";
import type { ActorRef } from "@/lib/domain/actor";
import { newId } from "@/lib/ids";
import { hashPassword, verifyPassword } from "./password";
import type { Process } from "./process";

export type SignInAttempt = {
  email: string;
  password: string;
  /** Whose attempts are counted together, see clientAddress. */
  address: string;
  userAgent: string | null;
};

export type SignInOutcome =
  | { ok: true; userId: string; name: string; email: string; sessionId: string }
  | { ok: false; reason: "wrong" | "throttled" };

/** A working day: after it people sign in again, however busy they were. */
export const sessionLifetimeMs = 12 * 3_600_000;

const windowMs = 15 * 60_000;
/**
 * Failures a window allows. Ten of one name from one address; the name alone bears a hundred, so that guessing from many
 * places ends too and a stranger cannot lock somebody out with ten wrong words.
 */
const failureCountMax = { address: 50, email: 100, pair: 10 };
const emailLengthMax = 320;

type Refusal = "unknown" | "password" | "disabled" | "throttled";

/** Checks a password and opens a session. Whether the address is known, or its user disabled, is never told. */
export async function signIn(process: Process, attempt: SignInAttempt): Promise<SignInOutcome> {
  const { db, services } = process;
  const nowMs = Date.now();
  const email = normaliseEmail(attempt.email).slice(0, emailLengthMax);
  const keys = {
    email: `email:${keyedHash(services.pepper, email)}`,
    address: `address:${keyedHash(services.pepper, attempt.address)}`,
    pair: `pair:${keyedHash(services.pepper, `${attempt.address}\n${email}`)}`,
  };
  const refuse = async (refusal: Refusal, user: UserRecord | null): Promise<SignInOutcome> => {
    await recordRefusal(process, { refusal, user, keys, nowMs });
    return { ok: false, reason: refusal === "throttled" ? "throttled" : "wrong" };
  };

  await dropEndedWindows(db, nowMs);
  for (const by of ["address", "email", "pair"] as const) {
    const count = await countAttempt(db, { key: keys[by], windowMs, nowMs });
    if (count <= failureCountMax[by]) continue;
    // Told to the audit once a window: whoever hammers on cannot flood it.
    if (count === failureCountMax[by] + 1) return refuse("throttled", null);
    return { ok: false, reason: "throttled" };
  }

  const user = await findUserByEmail(db, email);
  const verdict = await verifyPassword(attempt.password, user?.passwordHash ?? null);
  if (!user || !verdict.matches) return refuse(user ? "password" : "unknown", user);
  if (user.disabledAtMs !== null) return refuse("disabled", user);

  await forgiveAttempt(db, keys.pair, true);
  await forgiveAttempt(db, keys.email);
  await forgiveAttempt(db, keys.address);
  const rehashed = verdict.needsRehash ? await hashPassword(attempt.password) : null;
  const sessionId = await openSession(process, user, { userAgent: attempt.userAgent, rehashed, nowMs });
  return { ok: true, userId: user.userId, name: user.name, email: user.email, sessionId };
}

async function openSession(
  { db }: Process,
  user: UserRecord,
  opening: { userAgent: string | null; rehashed: string | null; nowMs: number },
): Promise<string> {
  const { userAgent, rehashed, nowMs } = opening;
  const { userId } = user;
  const sessionId = newId.session();
  await inTransaction(db, async (tx) => {
    if (rehashed && user.passwordHash) await replacePasswordHash(tx, userId, user.passwordHash, rehashed);
    const expiresAtMs = nowMs + sessionLifetimeMs;
    await insertSession(tx, { sessionId, userId, userAgent, createdAtMs: nowMs, expiresAtMs });
    await insertAuditEntries(tx, [
      {
        ...{ id: newId.audit(), at: new Date(nowMs), requestId: null },
        actor: { kind: "user", id: userId, name: user.name },
        action: "incident_monitor.session.signed_in",
        outcome: "done",
        subject: { kind: "session", id: sessionId },
        detail: { user_id: userId },
      },
    ]);
  });
  return sessionId;
}

/** Nobody has proven to be anybody yet, so the actor is the door; a known user is what the entry is about. */
const door: ActorRef = { kind: "system", id: "sign-in", name: "sign-in" };

async function recordRefusal(
  { db }: Process,
  about: {
    refusal: Refusal;
    user: UserRecord | null;
    keys: { email: string; address: string };
    nowMs: number;
  },
): Promise<void> {
  const { refusal, user, keys, nowMs } = about;
  const [emailHash, addressHash] = [keys.email, keys.address].map((key) => key.split(":")[1]?.slice(0, 16));
  await insertAuditEntries(db, [
    {
      ...{ id: newId.audit(), at: new Date(nowMs), actor: door, requestId: null },
      action: "incident_monitor.session.rejected",
      outcome: "denied",
      subject: user ? { kind: "user", id: user.userId } : { kind: "sign_in", id: emailHash ?? "" },
      detail: { reason: refusal, email_hash: emailHash, address_hash: addressHash },
    },
  ]);
}
