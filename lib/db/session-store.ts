import type { UserSession } from "@/lib/domain/access";
import type { Role } from "@/lib/domain/actor";
import type { Database } from "./client";
import type { Session as SessionRow } from "./generated/client";
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
  stepUpAtMs: number | null;
};

export type NewSession = {
  sessionId: string;
  userId: string;
  userAgent: string | null;
  /** Left out: by password. */
  signedInBy?: "password" | "provider";
  createdAtMs: number;
  expiresAtMs: number;
  /** Left out: it has proven nothing since it was opened. */
  stepUpAtMs?: number | null;
};

export async function insertSession(tx: Transaction, session: NewSession): Promise<void> {
  const createdAt = new Date(session.createdAtMs);
  await tx.session.create({
    data: {
      id: session.sessionId,
      userId: session.userId,
      userAgent: session.userAgent?.slice(0, 400) ?? null,
      signedInBy: session.signedInBy ?? "password",
      stepUpAt: session.stepUpAtMs ? new Date(session.stepUpAtMs) : null,
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
    stepUpAtMs: row.stepUpAt?.getTime() ?? null,
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

/** false when the person has no such session in force. */
export async function revokeOwnSession(
  tx: Transaction,
  userId: string,
  sessionId: string,
  nowMs: number,
): Promise<boolean> {
  const now = new Date(nowMs);
  const { count } = await tx.session.updateMany({
    where: { id: sessionId, userId, revokedAt: null, expiresAt: { gt: now } },
    data: { revokedAt: now },
  });
  return count === 1;
}

/** The ids of a user's sessions that there were to end. `besides`: the one that stays. */
export async function revokeSessionsOf(
  tx: Transaction,
  userId: string,
  nowMs: number,
  besides?: string,
): Promise<string[]> {
  const now = new Date(nowMs);
  const ended = await tx.session.updateManyAndReturn({
    where: {
      ...{ userId, revokedAt: null, expiresAt: { gt: now } },
      ...(besides !== undefined && { id: { not: besides } }),
    },
    data: { revokedAt: now },
    select: { id: true },
  });
  return ended.map(({ id }) => id);
}

/** A user's sessions in force, the one used last first. */
export async function listSessionsOf(db: Database, userId: string, nowMs: number): Promise<UserSession[]> {
  const rows = await db.prisma.session.findMany({
    where: { userId, revokedAt: null, expiresAt: { gt: new Date(nowMs) } },
    orderBy: [{ lastSeenAt: "desc" }, { id: "asc" }],
  });
  return rows.map(userSessionFromRow);
}

/** Also one that has ended: ending it again is no mistake. */
export async function findSession(db: Database, sessionId: string): Promise<UserSession | null> {
  const row = await db.prisma.session.findUnique({ where: { id: sessionId } });
  return row && userSessionFromRow(row);
}

function userSessionFromRow(row: SessionRow): UserSession {
  return {
    sessionId: row.id,
    userId: row.userId,
    userAgent: row.userAgent,
    createdAtMs: row.createdAt.getTime(),
    lastSeenAtMs: row.lastSeenAt.getTime(),
    expiresAtMs: row.expiresAt.getTime(),
    signedInBy: row.signedInBy,
  };
}

/** Its person has proven to be there. false when it has ended meanwhile. */
export async function markSteppedUp(tx: Transaction, sessionId: string, nowMs: number): Promise<boolean> {
  const { count } = await tx.session.updateMany({
    where: { id: sessionId, revokedAt: null },
    data: { stepUpAt: new Date(nowMs) },
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
