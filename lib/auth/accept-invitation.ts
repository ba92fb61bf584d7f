import { hashPassword } from "@/lib/credentials/password";
import { insertAuditEntries } from "@/lib/db/audit-store";
import { announceChange } from "@/lib/db/change-feed";
import { findInvitationByHash, markInvitationAccepted } from "@/lib/db/invitation-store";
import { countAttempt, dropEndedWindows, forgiveAttempt } from "@/lib/db/sign-in-throttle-store";
import { inTransaction, isUniqueViolation } from "@/lib/db/transaction";
import { replaceProjectRoles } from "@/lib/db/user-roster-store";
import { insertUser } from "@/lib/db/user-store";
import { keyedHash } from "@/lib/digest";
import type { Invitation } from "@/lib/domain/access";
import type { ActorRef } from "@/lib/domain/actor";
import { judgePassword } from "@/lib/domain/password-rules";
import type { Reason } from "@/lib/domain/reason";
import { storable } from "@/lib/domain/text";
import { newId } from "@/lib/ids";
import type { Process } from "./process";

/** `address`: whose attempts are counted together, see clientAddress. */
type Visit = { rawToken: string; address: string; requestId: string };
export type Acceptance = Visit & { name: string; password: string };

export type InvitationRefusal = { ok: false; reason: "unknown" | "throttled" | "taken" | "nameless" };
export type FindOutcome = { ok: true; invitation: Invitation } | InvitationRefusal;
export type AcceptOutcome =
  | { ok: true; userId: string; email: string }
  | InvitationRefusal
  | { ok: false; reason: "password"; because: Reason };

const windowMs = 15 * 60_000;
/** Wrong links that one address may try in a window. Guessing one is hopeless; asking for it is not free either. */
const failureCountMax = 50;

/** Whom a link is for, once it is known to be good. Whether it was accepted, revoked or never made is not told. */
export async function findInvitation(process: Process, visit: Visit): Promise<FindOutcome> {
  const { db, services } = process;
  const nowMs = Date.now();
  await dropEndedWindows(db, nowMs);
  const addressHash = keyedHash(services.pepper, visit.address);
  const key = `invitation:${addressHash}`;
  const count = await countAttempt(db, { key, windowMs, nowMs });
  if (count > failureCountMax + 1) return { ok: false, reason: "throttled" };
  const throttled = count > failureCountMax;
  const tokenHash = keyedHash(services.pepper, visit.rawToken);
  const invitation = throttled ? null : await findInvitationByHash(db, tokenHash, nowMs);
  if (invitation) {
    await forgiveAttempt(db, key);
    return { ok: true, invitation };
  }
  const reason = throttled ? "throttled" : "unknown";
  await insertAuditEntries(db, [
    {
      ...{ id: newId.audit(), at: new Date(nowMs), actor: door, requestId: visit.requestId },
      ...{ action: "incident_monitor.invitation.rejected", outcome: "denied" },
      subject: { kind: "invitation", id: tokenHash.slice(0, 16) },
      detail: { reason, address_hash: addressHash.slice(0, 16) },
    },
  ]);
  return { ok: false, reason };
}

/** Makes the user that a link invites. A link makes one user, however often it is tried at once. */
export async function acceptInvitation(process: Process, given: Acceptance): Promise<AcceptOutcome> {
  const found = await findInvitation(process, given);
  if (!found.ok) return found;
  const { invitation } = found;
  const { email } = invitation;
  const name = storable(given.name).trim();
  if (name === "") return { ok: false, reason: "nameless" };
  const verdict = judgePassword(given.password, { email, name });
  if (!verdict.ok) return { ok: false, reason: "password", because: verdict.reason };
  const passwordHash = await hashPassword(given.password);
  try {
    const userId = await insertInvited(process, invitation, {
      name,
      passwordHash,
      requestId: given.requestId,
    });
    return userId === null ? { ok: false, reason: "unknown" } : { ok: true, userId, email };
  } catch (error) {
    if (isUniqueViolation(error)) return { ok: false, reason: "taken" };
    throw error;
  }
}

/** null when the invitation was accepted or revoked meanwhile. @throws a unique violation when the address has an account */
async function insertInvited(
  { db }: Process,
  { invitationId, email, role, projectRoles }: Invitation,
  { name, passwordHash, requestId }: { name: string; passwordHash: string; requestId: string },
): Promise<string | null> {
  const userId = newId.user();
  const nowMs = Date.now();
  const made = await inTransaction(db, async (tx) => {
    if (!(await markInvitationAccepted(tx, invitationId, userId, nowMs))) return false;
    await insertUser(tx, { userId, email, name, role, passwordHash, createdAtMs: nowMs });
    await replaceProjectRoles(tx, userId, projectRoles);
    await insertAuditEntries(tx, [
      {
        ...{ id: newId.audit(), at: new Date(nowMs), requestId },
        actor: { kind: "user", id: userId, name },
        ...{ action: "incident_monitor.user.joined", outcome: "done" },
        subject: { kind: "user", id: userId },
        detail: { invitation_id: invitationId, role, project_roles: projectRoles },
      },
    ]);
    await announceChange(tx, { topic: "access", id: userId });
    return true;
  });
  return made ? userId : null;
}

/** Nobody has proven to be anybody yet, so the actor is the door. */
const door: ActorRef = { kind: "system", id: "invitation", name: "invitation" };
