import { hashPassword, verifyPassword } from "@/lib/credentials/password";
import { type CodeKind, takeCode } from "@/lib/credentials/take-code";
import { findAccount } from "@/lib/db/account-store";
import { insertAuditEntries } from "@/lib/db/audit-store";
import { countAttempt, dropEndedWindows, forgiveAttempt, takeAttempt } from "@/lib/db/sign-in-throttle-store";
import type { Transaction } from "@/lib/db/transaction";
import {
  findUserByEmail,
  lockEnabledUser,
  normaliseEmail,
  replacePasswordHash,
  type UserRecord,
} from "@/lib/db/user-store";
import { keyedHash } from "@/lib/digest";
import type { ActorRef } from "@/lib/domain/actor";
import { newId } from "@/lib/ids";
import { openSession } from "./open-session";
import type { Process } from "./process";

export type SignInAttempt = {
  email: string;
  password: string;
  /** One-time or recovery code; null where none was given yet. */
  code?: string | null;
  /** Whose attempts are counted together, see clientAddress. */
  address: string;
  userAgent: string | null;
};

export type SignInOutcome =
  | { ok: true; userId: string; name: string; email: string; sessionId: string }
  | { ok: false; reason: "wrong" | "code_required" | "code_wrong" | "throttled" };

const windowMs = 15 * 60_000;
/**
 * Failures a window allows. Ten of one name from one address; the name alone bears a hundred, so that guessing from many
 * places ends too and a stranger cannot lock somebody out with ten wrong words.
 */
const failureCountMax = { address: 50, email: 100, pair: 10 };
const emailLengthMax = 320;

/** Of codes, for whoever knows the password: a million codes are few. */
const codeFailuresMax = 10;

type Refusal = "unknown" | "password" | "disabled" | "code" | "throttled";
const told = { throttled: "throttled", code: "code_wrong" } as const;

/**
 * Checks a password, then a code where the person has them, and opens a session. Whether the address is known, or its user
 * disabled, is never told; once attempts are closed nothing is looked at, so that their end says nothing either.
 */
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
    return { ok: false, reason: refusal === "throttled" || refusal === "code" ? told[refusal] : "wrong" };
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

  const second = await checkCode(process, user.userId, { code: attempt.code ?? null, nowMs });
  if ("refused" in second && second.refused !== "code_required") {
    if (second.refused === "throttled" && !second.first) return { ok: false, reason: "throttled" };
    return refuse(second.refused, user);
  }
  // What was right so far is no failure; only who is in starts anew, or guesses at codes would never add up.
  const isIn = "passed" in second;
  await forgiveAttempt(db, keys.pair, isIn);
  await forgiveAttempt(db, keys.email);
  await forgiveAttempt(db, keys.address);
  if (!isIn) return { ok: false, reason: "code_required" };
  const { userId, name } = user;
  const rehashed = verdict.needsRehash ? await hashPassword(attempt.password) : null;
  const opening = { userId, name, userAgent: attempt.userAgent, signedInBy: "password", nowMs } as const;
  const secondFactor = second.passed ?? undefined;
  try {
    const sessionId = await openSession(process, { ...opening, secondFactor }, async (tx) => {
      await requireSamePassword(tx, user, attempt.password);
      if (rehashed && user.passwordHash) await replacePasswordHash(tx, userId, user.passwordHash, rehashed);
    });
    return { ok: true, userId, name, email: user.email, sessionId };
  } catch (error) {
    if (error instanceof MovedOn) return refuse("password", user);
    throw error;
  }
}

/**
 * Checking takes its time, and whoever changes a password ends the sessions there are: one that is opened with the old
 * password afterwards would outlive it. @throws MovedOn
 */
async function requireSamePassword(tx: Transaction, checked: UserRecord, password: string): Promise<void> {
  const now = await lockEnabledUser(tx, checked.userId);
  if (!now) throw new MovedOn();
  if (now.passwordHash === checked.passwordHash) return;
  // Another sign-in may have hashed the same one anew.
  if (!(await verifyPassword(password, now.passwordHash)).matches) throw new MovedOn();
}

/** Takes the transaction back: no session, no entry that somebody signed in. */
class MovedOn extends Error {}

type Code = { code: string | null; nowMs: number };

/** Who knows the password may try ten codes a window, from wherever; then none is looked at. */
async function checkCode(
  { db, services }: Process,
  userId: string,
  { code, nowMs }: Code,
): Promise<
  { passed: CodeKind | null } | { refused: "code_required" | "code" | "throttled"; first?: boolean }
> {
  const account = await findAccount(db, userId);
  if (!account?.totpSecret) return { passed: null };
  if (!code) return { refused: "code_required" };
  const key = `code:${userId}`;
  const verdict = await takeAttempt(db, { key, windowMs, nowMs, countMax: codeFailuresMax });
  if (!verdict.allowed) return { refused: "throttled", first: verdict.first };
  const kind = await takeCode({ db, pepper: services.pepper, account, code, nowMs });
  if (!kind) return { refused: "code" };
  await forgiveAttempt(db, key, true);
  return { passed: kind };
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
