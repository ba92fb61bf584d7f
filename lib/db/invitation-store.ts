import type { Invitation, ProjectRoles } from "@/lib/domain/access";
import type { ActorRef } from "@/lib/domain/actor";
import type { PageRequest } from "@/lib/domain/page";
import type { Database } from "./client";
import type { Invitation as InvitationRow } from "./generated/client";
import { alsoContains, type ListFilter, readPage } from "./list-query";
import { json, ms, type Row, text, textOrNull } from "./rows";
import type { Transaction } from "./transaction";
import { normaliseEmail } from "./user-store";

export type NewInvitation = Invitation & { tokenHash: string };

/** @throws a unique violation when the address has an open one */
export async function insertInvitation(tx: Transaction, invitation: NewInvitation): Promise<void> {
  await tx.invitation.create({
    data: {
      id: invitation.invitationId,
      email: normaliseEmail(invitation.email),
      role: invitation.role,
      projectRoles: { ...invitation.projectRoles },
      tokenHash: invitation.tokenHash,
      invitedBy: invitation.invitedBy,
      createdAt: new Date(invitation.createdAtMs),
      expiresAt: new Date(invitation.expiresAtMs),
    },
  });
}

/** Neither accepted nor revoked, expired ones too, newest first. */
export async function listInvitationRecords(
  db: Database,
  filter: { search?: string },
  page: PageRequest,
): Promise<{ invitations: Invitation[]; total: number; more: boolean }> {
  const query: ListFilter = { where: ["i.accepted_at IS NULL", "i.revoked_at IS NULL"], values: [] };
  if (filter.search) alsoContains(query, ["i.email", "i.id"], filter.search);
  const shape = {
    select: "i.id, i.email, i.role, i.project_roles, i.invited_by, i.created_at, i.expires_at",
    ...{ from: "invitations i", at: "i.created_at", id: "i.id" },
  };
  const { rows, total, more } = await readPage(db, shape, query, page);
  return { invitations: rows.map(invitationFromColumns), total, more };
}

const open = { acceptedAt: null, revokedAt: null };

/** null when it was accepted or revoked. */
export async function findOpenInvitation(db: Database, invitationId: string): Promise<Invitation | null> {
  const row = await db.prisma.invitation.findFirst({ where: { id: invitationId, ...open } });
  return row && invitationFromRow(row);
}

/** null when nobody was sent this link, or it was accepted, revoked or has expired. */
export async function findInvitationByHash(
  on: Database | Transaction,
  tokenHash: string,
  nowMs: number,
): Promise<Invitation | null> {
  const client = "prisma" in on ? on.prisma : on;
  const where = { tokenHash, ...open, expiresAt: { gt: new Date(nowMs) } };
  const row = await client.invitation.findFirst({ where });
  return row && invitationFromRow(row);
}

/** Another link, from now on; the one before opens nothing any more. false when it is not open. */
export async function moveInvitation(
  tx: Transaction,
  invitationId: string,
  { tokenHash, expiresAtMs }: { tokenHash: string; expiresAtMs: number },
): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({
    where: { id: invitationId, ...open },
    data: { tokenHash, expiresAt: new Date(expiresAtMs) },
  });
  return count === 1;
}

/** false when it was not open: each link makes one user. */
export async function markInvitationAccepted(
  tx: Transaction,
  invitationId: string,
  userId: string,
  nowMs: number,
): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({
    where: { id: invitationId, ...open, expiresAt: { gt: new Date(nowMs) } },
    data: { acceptedAt: new Date(nowMs), userId },
  });
  return count === 1;
}

export async function revokeInvitationRecord(
  tx: Transaction,
  invitationId: string,
  nowMs: number,
): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({
    where: { id: invitationId, ...open },
    data: { revokedAt: new Date(nowMs) },
  });
  return count === 1;
}

/** An expired one stands in nobody's way: it makes room for another to the same address. */
export async function revokeExpiredInvitations(tx: Transaction, email: string, nowMs: number): Promise<void> {
  await tx.invitation.updateMany({
    where: { email: normaliseEmail(email), ...open, expiresAt: { lte: new Date(nowMs) } },
    data: { revokedAt: new Date(nowMs) },
  });
}

function invitationFromRow(row: InvitationRow): Invitation {
  return {
    invitationId: row.id,
    email: row.email,
    role: row.role,
    projectRoles: row.projectRoles as ProjectRoles,
    invitedBy: row.invitedBy as ActorRef,
    createdAtMs: row.createdAt.getTime(),
    expiresAtMs: row.expiresAt.getTime(),
  };
}

function invitationFromColumns(row: Row): Invitation {
  return {
    invitationId: text(row.id),
    email: text(row.email),
    role: textOrNull(row.role) as Invitation["role"],
    projectRoles: json<ProjectRoles>(row.project_roles),
    invitedBy: json<ActorRef>(row.invited_by),
    createdAtMs: ms(row.created_at),
    expiresAtMs: ms(row.expires_at),
  };
}
