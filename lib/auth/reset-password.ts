import { hashPassword } from "@/lib/credentials/password";
import { savePasswordHash } from "@/lib/db/account-store";
import { insertAuditEntries } from "@/lib/db/audit-store";
import { announceChange } from "@/lib/db/change-feed";
import {
  type FoundPasswordReset,
  findPasswordResetByHash,
  markPasswordResetUsed,
} from "@/lib/db/password-reset-store";
import { revokeSessionsOf } from "@/lib/db/session-store";
import { countAttempt, dropEndedWindows, forgiveAttempt } from "@/lib/db/sign-in-throttle-store";
import { inTransaction } from "@/lib/db/transaction";
import { keyedHash } from "@/lib/digest";
import type { ActorRef } from "@/lib/domain/actor";
import { judgePassword } from "@/lib/domain/password-rules";
import type { Reason } from "@/lib/domain/reason";
import { newId } from "@/lib/ids";
import type { Process } from "./process";

/** `address`: whose attempts are counted together, see clientAddress. */
type Visit = { rawToken: string; address: string; requestId: string };

type Refusal = { ok: false; reason: "unknown" | "throttled" };
export type FindResetOutcome = { ok: true; reset: FoundPasswordReset } | Refusal;
export type UseResetOutcome =
  | { ok: true; email: string; endedIds: string[] }
  | Refusal
  | { ok: false; reason: "password"; because: Reason };

const windowMs = 15 * 60_000;
/** Wrong links that one address may try in a window, as of invitations. */
const failureCountMax = 50;

/** Whose password a link sets, once it is known to be good. Whether it was used, replaced or never made is not told. */
export async function findPasswordReset(process: Process, visit: Visit): Promise<FindResetOutcome> {
  const { db, services } = process;
  const nowMs = Date.now();
  await dropEndedWindows(db, nowMs);
  const key = `password-reset:${keyedHash(services.pepper, visit.address)}`;
  const count = await countAttempt(db, { key, windowMs, nowMs });
  if (count > failureCountMax + 1) return { ok: false, reason: "throttled" };
  const throttled = count > failureCountMax;
  const tokenHash = keyedHash(services.pepper, visit.rawToken);
  const reset = throttled ? null : await findPasswordResetByHash(db, tokenHash, nowMs);
  if (reset) {
    await forgiveAttempt(db, key);
    return { ok: true, reset };
  }
  return reject(process, visit, throttled ? "throttled" : "unknown");
}

async function reject({ db, services }: Process, visit: Visit, reason: Refusal["reason"]): Promise<Refusal> {
  const short = (text: string) => keyedHash(services.pepper, text).slice(0, 16);
  await insertAuditEntries(db, [
    {
      ...{ id: newId.audit(), at: new Date(), actor: door, requestId: visit.requestId },
      ...{ action: "incident_monitor.password_reset.rejected", outcome: "denied" },
      subject: { kind: "password_reset", id: short(visit.rawToken) },
      detail: { reason, address_hash: short(visit.address) },
    },
  ]);
  return { ok: false, reason };
}

/**
 * Sets the password of the link's person and ends all their sessions. It signs nobody in and touches no second factor: what a
 * sign-in asks for besides is asked for as before.
 */
export async function resetPassword(
  process: Process,
  given: Visit & { password: string },
): Promise<UseResetOutcome> {
  const found = await findPasswordReset(process, given);
  if (!found.ok) return found;
  const { reset } = found;
  const { email, name, passwordHash } = reset;
  if (passwordHash === null) return reject(process, given, "unknown");
  const verdict = judgePassword(given.password, { email, name });
  if (!verdict.ok) return { ok: false, reason: "password", because: verdict.reason };
  const to = await hashPassword(given.password);
  const endedIds = await saveReset(process, { ...reset, passwordHash }, to, given.requestId);
  return endedIds ? { ok: true, email, endedIds } : reject(process, given, "unknown");
}

/** null when the link was used, or the password changed, meanwhile: nothing is written then. */
async function saveReset(
  { db }: Process,
  { resetId, userId, name, passwordHash }: FoundPasswordReset & { passwordHash: string },
  to: string,
  requestId: string,
): Promise<string[] | null> {
  const nowMs = Date.now();
  return inTransaction(db, async (tx) => {
    if (!(await markPasswordResetUsed(tx, resetId, nowMs))) return null;
    if (!(await savePasswordHash(tx, userId, { from: passwordHash, to, nowMs }))) throw new MovedOn();
    const ids = await revokeSessionsOf(tx, userId, nowMs);
    await insertAuditEntries(tx, [
      {
        ...{ id: newId.audit(), at: new Date(nowMs), requestId },
        actor: { kind: "user", id: userId, name },
        ...{ action: "incident_monitor.password_reset.used", outcome: "done" },
        subject: { kind: "user", id: userId },
        detail: { password_reset_id: resetId, ended_sessions: ids.length },
      },
    ]);
    for (const id of ids) await announceChange(tx, { topic: "session", id });
    await announceChange(tx, { topic: "access", id: userId });
    return ids;
  }).catch((error: unknown) => {
    if (error instanceof MovedOn) return null;
    throw error;
  });
}

/** Takes the transaction back: the link stays good for another try. */
class MovedOn extends Error {}

/** Nobody has proven to be anybody yet, so the actor is the door. */
const door: ActorRef = { kind: "system", id: "password-reset", name: "password-reset" };
