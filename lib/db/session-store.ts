import type { Role } from "@/lib/domain/actor";
import type { Database } from "./client";
import type { Transaction } from "./transaction";

/** A session in force and whose it is. */
export type SessionRecord = {
  sessionId: string;
  userId: string;
  name: string;
  email: string;
  role: Role | null;
  projectRoles: Readonly<Record<string, Role>>;
  createdAtMs: number;
  expiresAtMs: number;
};

export type NewSession = {
  sessionId: string;
  userId: string;
  userAgent: string | null;
  createdAtMs: number;
  expiresAtMs: number;
};

export async function insertSession(tx: Transaction, session: NewSession): Promise<void> {
  const createdAt = new Date(session.createdAtMs);
  await tx.session.create({
    data: {
      id: session.sessionId,
      userId: session.userId,
      userAgent: session.userAgent?.slice(0, 400) ?? null,
      createdAt,
      lastSeenAt: createdAt,
      expiresAt: new Date(session.expiresAtMs),
    },
  });
}

/** null when it is unknown, revoked or over, or its user disabled. */
export async function findActiveSession(
  db: Database,
  sessionId: string,
  nowMs: number,
): Promise<SessionRecord | null> {
  const row = await db.prisma.session.findFirst({
    where: {
      id: sessionId,
      revokedAt: null,
      expiresAt: { gt: new Date(nowMs) },
      user: { disabledAt: null },
    },
    include: { user: { include: { projectRoles: true } } },
  });
  if (!row) return null;
  const { user } = row;
  return {
    sessionId: row.id,
    userId: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    projectRoles: Object.fromEntries(user.projectRoles.map(({ projectId, role }) => [projectId, role])),
    createdAtMs: row.createdAt.getTime(),
    expiresAtMs: row.expiresAt.getTime(),
  };
}

/** false when there was nothing left to end. */
export async function revokeSession(tx: Transaction, sessionId: string, nowMs: number): Promise<boolean> {
  const { count } = await tx.session.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { revokedAt: new Date(nowMs) },
  });
  return count === 1;
}

const touchEveryMs = 60_000;

/** Records that it is in use, at most once a minute whatever the number of processes. */
export async function touchSession(db: Database, sessionId: string, nowMs: number): Promise<void> {
  await db.pool.query("UPDATE sessions SET last_seen_at = $2 WHERE id = $1 AND last_seen_at <= $3", [
    sessionId,
    new Date(nowMs),
    new Date(nowMs - touchEveryMs),
  ]);
}
