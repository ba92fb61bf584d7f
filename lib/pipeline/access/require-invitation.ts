import { findOpenInvitation } from "@/lib/db/invitation-store";
import type { Invitation } from "@/lib/domain/access";
import type { Context } from "../context";
import { AppError } from "../errors";

/** One that is open or has expired. @throws AppError not_found `invitation_not_found` */
export async function requireInvitation(ctx: Context, invitationId: string): Promise<Invitation> {
  const found = await findOpenInvitation(ctx.db, invitationId);
  if (!found) throw missingInvitation(invitationId);
  return found;
}

export function missingInvitation(invitationId: string): AppError {
  const message = "There is no such invitation, or it was accepted or revoked.";
  return new AppError("not_found", "invitation_not_found", message, { invitation_id: invitationId });
}
