import type { Database } from "./client";
import type { Transaction } from "./transaction";

/** A person as a provider's word finds them. */
export type IdentifiedUser = { userId: string; name: string; email: string; disabled: boolean };

const shown = { select: { id: true, name: true, email: true, disabledAt: true } } as const;
type ShownRow = { id: string; name: string; email: string; disabledAt: Date | null };
const userOf = ({ id, name, email, disabledAt }: ShownRow): IdentifiedUser => ({
  ...{ userId: id, name, email },
  disabled: disabledAt !== null,
});

export async function findUserByIdentity(
  db: Database,
  issuer: string,
  subject: string,
): Promise<IdentifiedUser | null> {
  const row = await db.prisma.userIdentity.findUnique({
    where: { issuer_subject: { issuer, subject } },
    select: { user: shown },
  });
  return row && userOf(row.user);
}

/** `bound`: some subject of this issuer is this person already. */
export async function findUserToBind(
  db: Database,
  email: string,
  issuer: string,
): Promise<(IdentifiedUser & { bound: boolean }) | null> {
  const row = await db.prisma.user.findUnique({
    where: { email },
    select: { ...shown.select, identities: { where: { issuer }, select: { subject: true } } },
  });
  return row && { ...userOf(row), bound: row.identities.length > 0 };
}

export type Identity = { issuer: string; subject: string; userId: string; nowMs: number };

/** @throws a unique violation when the subject, or the person, is bound already. */
export async function insertIdentity(tx: Transaction, { nowMs, ...identity }: Identity): Promise<void> {
  const now = new Date(nowMs);
  await tx.userIdentity.create({ data: { ...identity, createdAt: now, lastUsedAt: now } });
}

export async function markIdentityUsed(tx: Transaction, { issuer, subject, nowMs }: Identity): Promise<void> {
  await tx.userIdentity.updateMany({ where: { issuer, subject }, data: { lastUsedAt: new Date(nowMs) } });
}
