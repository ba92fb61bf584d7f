import { announceChange } from "@/lib/db/change-feed";
import { revokeInvitationRecord } from "@/lib/db/invitation-store";
import { inTransaction } from "@/lib/db/transaction";
import type { Invitation } from "@/lib/domain/access";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { invitationSubject } from "./require-access";
import { missingInvitation, requireInvitation } from "./require-invitation";

/** Its link opens nothing any more. @throws AppError forbidden, not_found `invitation_not_found` */
export async function revokeInvitation(ctx: Context, invitationId: string): Promise<Invitation> {
  const subject = invitationSubject(invitationId);
  await authorize(ctx, "manageAccess", subject);
  const stored = await requireInvitation(ctx, invitationId);
  await inTransaction(ctx.db, async (tx) => {
    if (!(await revokeInvitationRecord(tx, invitationId, ctx.nowMs))) throw missingInvitation(invitationId);
    await recordAudit(tx, ctx, { action: "incident_monitor.invitation.revoked", subject });
    await announceChange(tx, { topic: "access", id: invitationId });
  });
  return stored;
}
