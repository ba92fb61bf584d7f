import { announceChange } from "@/lib/db/change-feed";
import { insertInvitation, revokeExpiredInvitations } from "@/lib/db/invitation-store";
import { inTransaction, isUniqueViolation } from "@/lib/db/transaction";
import { findUserByEmail, normaliseEmail } from "@/lib/db/user-store";
import { keyedHash } from "@/lib/digest";
import { type Invitation, invitationLifetimeMs, type Roles } from "@/lib/domain/access";
import { decideGrant, grantedBy } from "@/lib/domain/access-rules";
import { actorRef } from "@/lib/domain/actor";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { accessToken } from "../notifications/link-token";
import { queueAccessMail } from "../notifications/queue-access-mail";
import { recordAudit } from "../record-audit";
import { invitationSubject, requireAllowed, requireRoles, rolesDetail } from "./require-access";

export type InviteUserInput = Roles & { email: string };
/** `rawToken` is what the link carries: in this answer and, where it is `mailed`, on its way to the address. */
export type MadeInvitation = { invitation: Invitation; rawToken: string; mailed: boolean };

/**
 * Invites an address to become a user with these roles. Whoever opens the link within seven days sets name and password. Where
 * this host has a mail server, the link is mailed too.
 *
 * @throws AppError forbidden (`grants_more_than_held`), invalid `roles_required` | `project_unknown`, conflict `user_exists`
 * | `invitation_open`
 */
export async function inviteUser(ctx: Context, input: InviteUserInput): Promise<MadeInvitation> {
  const invitationId = newId.invitation();
  const subject = invitationSubject(invitationId);
  await authorize(ctx, "manageAccess", subject);
  await requireRoles(ctx, input);
  await requireAllowed(ctx, decideGrant(ctx.actor, grantedBy(input)), subject);
  const email = normaliseEmail(input.email);
  if (await findUserByEmail(ctx.db, email)) {
    const message = "email: this address has an account already.";
    throw new AppError("conflict", "user_exists", message, { field: "email" });
  }
  const { pepper } = ctx.services;
  const linkId = newId.accessLink();
  const rawToken = accessToken(pepper, "invitation", linkId);
  const invitation: Invitation = {
    ...{ invitationId, email, role: input.role, projectRoles: input.projectRoles },
    invitedBy: actorRef(ctx.actor),
    createdAtMs: ctx.nowMs,
    expiresAtMs: ctx.nowMs + invitationLifetimeMs,
  };
  const mailed = await inTransaction(ctx.db, async (tx) => {
    await revokeExpiredInvitations(tx, email, ctx.nowMs);
    await insertInvitation(tx, { ...invitation, tokenHash: keyedHash(pepper, rawToken) });
    const emailHash = keyedHash(pepper, email).slice(0, 16);
    await recordAudit(tx, ctx, {
      ...{ action: "incident_monitor.user.invited", subject },
      detail: { ...rolesDetail(input), email_hash: emailHash, expires_at_ms: invitation.expiresAtMs },
    });
    await announceChange(tx, { topic: "access", id: invitationId });
    const { expiresAtMs } = invitation;
    return queueAccessMail(tx, ctx, {
      ...{ about: "invitation", linkId, expiresAtMs, email, recipient: { invitationId } },
    });
  }).catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error;
    const message = "email: this address is invited already; make a new link for that invitation.";
    throw new AppError("conflict", "invitation_open", message, { field: "email" });
  });
  return { invitation, rawToken, mailed };
}
