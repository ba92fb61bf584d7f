import type { Role } from "@/lib/domain/actor";
import type { Database } from "./client";
import { type Row, textOrNull } from "./rows";
import type { Transaction } from "./transaction";

/** A person as sign-in needs them. The hash stays in `db` and `auth`. */
export type UserRecord = {
  userId: string;
  email: string;
  name: string;
  role: Role | null;
  passwordHash: string | null;
  disabledAtMs: number | null;
};

export type NewUser = {
  userId: string;
  email: string;
  name: string;
  role: Role | null;
  /** null: they sign in through a provider. */
  passwordHash: string | null;
  createdAtMs: number;
};

/** E-mail addresses are stored and looked up in one spelling. */
export const normaliseEmail = (email: string): string => email.trim().toLowerCase();

export async function findUserByEmail(db: Database, email: string): Promise<UserRecord | null> {
  const row = await db.prisma.user.findUnique({ where: { email: normaliseEmail(email) } });
  if (!row) return null;
  return {
    userId: row.id,
    email: row.email,
    name: row.name,
    role: row.role,
    passwordHash: row.passwordHash,
    disabledAtMs: row.disabledAt?.getTime() ?? null,
  };
}

/** As they are now and stay until this transaction ends; null when they are gone or disabled. */
export async function lockEnabledUser(
  tx: Transaction,
  userId: string,
): Promise<Pick<UserRecord, "passwordHash"> | null> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT password_hash FROM users WHERE id = ${userId} AND disabled_at IS NULL FOR NO KEY UPDATE`;
  return rows[0] ? { passwordHash: textOrNull(rows[0].password_hash) } : null;
}

export async function hasUsers(on: Database | Transaction): Promise<boolean> {
  const client = "prisma" in on ? on.prisma : on;
  return (await client.user.findFirst({ select: { id: true } })) !== null;
}

/** @throws a unique violation when the address is taken. */
export async function insertUser(tx: Transaction, user: NewUser): Promise<void> {
  const createdAt = new Date(user.createdAtMs);
  await tx.user.create({
    data: {
      id: user.userId,
      email: normaliseEmail(user.email),
      name: user.name,
      role: user.role,
      passwordHash: user.passwordHash,
      createdAt,
      updatedAt: createdAt,
    },
  });
}

/** The same password hashed with today's cost. Nothing happens when the hash is no longer `from`'s. */
export async function replacePasswordHash(
  tx: Transaction,
  userId: string,
  from: string,
  to: string,
): Promise<void> {
  await tx.user.updateMany({ where: { id: userId, passwordHash: from }, data: { passwordHash: to } });
}
