import { announceChange } from "@/lib/db/change-feed";
import { moveInvitation } from "@/lib/db/invitation-store";
import { inTransaction } from "@/lib/db/transaction";
import { keyedHash } from "@/lib/digest";
import { invitationLifetimeMs } from "@/lib/domain/access";
import { decideGrant, grantedBy } from "@/lib/domain/access-rules";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { accessToken } from "../notifications/link-token";
import { queueAccessMail } from "../notifications/queue-access-mail";
import { recordAudit } from "../record-audit";
import type { MadeInvitation } from "./invite-user";
import { invitationSubject, requireAllowed } from "./require-access";
import { missingInvitation, requireInvitation } from "./require-invitation";

/**
 * A new link for an invitation that is open or has expired, good for seven days and mailed as the first; the one before opens nothing any more.
 *
 * @throws AppError forbidden (`grants_more_than_held`), not_found `invitation_not_found`
 */
export async function renewInvitation(ctx: Context, invitationId: string): Promise<MadeInvitation> {
  const subject = invitationSubject(invitationId);
  await authorize(ctx, "manageAccess", subject);
  const stored = await requireInvitation(ctx, invitationId);
  await requireAllowed(ctx, decideGrant(ctx.actor, grantedBy(stored)), subject);
  const linkId = newId.accessLink();
  const rawToken = accessToken(ctx.services.pepper, "invitation", linkId);
  const expiresAtMs = ctx.nowMs + invitationLifetimeMs;
  const mailed = await inTransaction(ctx.db, async (tx) => {
    const tokenHash = keyedHash(ctx.services.pepper, rawToken);
    if (!(await moveInvitation(tx, invitationId, { tokenHash, expiresAtMs }))) {
      throw missingInvitation(invitationId);
    }
    await recordAudit(tx, ctx, {
      ...{ action: "incident_monitor.invitation.renewed", subject },
      detail: { expires_at_ms: expiresAtMs },
    });
    await announceChange(tx, { topic: "access", id: invitationId });
    const { email } = stored;
    return queueAccessMail(tx, ctx, {
      ...{ about: "invitation", linkId, expiresAtMs, email, recipient: { invitationId } },
    });
  });
  return { invitation: { ...stored, expiresAtMs }, rawToken, mailed };
}
