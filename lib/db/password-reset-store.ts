import type { PasswordReset } from "@/lib/domain/access";
import type { Actor } from "@/lib/domain/actor";
import { actorRef } from "@/lib/domain/actor";
import type { Database } from "./client";
import type { Transaction } from "./transaction";

export type NewPasswordReset = PasswordReset & { tokenHash: string; madeBy: Actor };

const open = { usedAt: null, revokedAt: null };

/** Whatever link the person had before opens nothing any more. @throws a unique violation when another is made at once */
export async function replacePasswordReset(tx: Transaction, reset: NewPasswordReset): Promise<void> {
  const createdAt = new Date(reset.createdAtMs);
  await revokePasswordResets(tx, reset.userId, reset.createdAtMs);
  await tx.passwordReset.create({
    data: {
      ...{ id: reset.resetId, userId: reset.userId, tokenHash: reset.tokenHash, createdAt },
      ...{ madeBy: actorRef(reset.madeBy), expiresAt: new Date(reset.expiresAtMs) },
    },
  });
}

export async function revokePasswordResets(tx: Transaction, userId: string, nowMs: number): Promise<void> {
  await tx.passwordReset.updateMany({ where: { userId, ...open }, data: { revokedAt: new Date(nowMs) } });
}

export type FoundPasswordReset = PasswordReset & {
  email: string;
  name: string;
  /** Null: the person signs in through a provider alone. */
  passwordHash: string | null;
};

/** null when nobody was sent this link, it was used, replaced or has expired, or its person may not sign in. */
export async function findPasswordResetByHash(
  db: Database,
  tokenHash: string,
  nowMs: number,
): Promise<FoundPasswordReset | null> {
  const row = await db.prisma.passwordReset.findFirst({
    where: { tokenHash, ...open, expiresAt: { gt: new Date(nowMs) }, user: { disabledAt: null } },
    include: { user: { select: { email: true, name: true, passwordHash: true } } },
  });
  if (!row) return null;
  const { id: resetId, userId, user } = row;
  return {
    ...{ resetId, userId, ...user },
    createdAtMs: row.createdAt.getTime(),
    expiresAtMs: row.expiresAt.getTime(),
  };
}

/** false when it is not open: each link sets one password. */
export async function markPasswordResetUsed(
  tx: Transaction,
  resetId: string,
  nowMs: number,
): Promise<boolean> {
  const { count } = await tx.passwordReset.updateMany({
    where: { id: resetId, ...open, expiresAt: { gt: new Date(nowMs) }, user: { disabledAt: null } },
    data: { usedAt: new Date(nowMs) },
  });
  return count === 1;
}
