import { listInvitationRecords } from "@/lib/db/invitation-store";
import type { Invitation } from "@/lib/domain/access";
import type { ListPage } from "@/lib/domain/page";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { pageCursor } from "../page-cursor";

export type ListInvitationsInput = { filter: { search?: string }; page: ListPage };

/** Those neither accepted nor revoked, newest first. @throws AppError forbidden, invalid `cursor_invalid` */
export async function listInvitations(
  ctx: Context,
  { filter, page }: ListInvitationsInput,
): Promise<{ invitations: Invitation[]; total: number; nextCursor: string | null }> {
  await authorize(ctx, "readAccess", { kind: "invitation", id: "*" });
  const cursor = pageCursor("invitations", filter, page);
  const { invitations, total, more } = await listInvitationRecords(ctx.db, filter, cursor.page);
  const last = invitations.at(-1);
  const place = more && last ? { atMs: last.createdAtMs, id: last.invitationId } : null;
  return { invitations, total, nextCursor: cursor.next(place) };
}
