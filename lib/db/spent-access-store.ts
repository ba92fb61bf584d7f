import type { Database } from "./client";
import type { Transaction } from "./transaction";

/** What let somebody in and no longer can, by table. Messages take their one-time links with them. */
export const spentAccess = ["sessions", "passwordResets", "invitations", "messages"] as const;
export type SpentAccess = (typeof spentAccess)[number];

const over: Record<SpentAccess, { table: string; when: string; at: string }> = {
  // The newest of each person stays, however old: it says when they were here last.
  sessions: {
    table: "sessions",
    at: "LEAST(r.expires_at, r.revoked_at)",
    when: `EXISTS (SELECT 1 FROM sessions n WHERE n.user_id = r.user_id AND (n.last_seen_at, n.id) > (r.last_seen_at, r.id))`,
  },
  passwordResets: {
    table: "password_resets",
    at: "LEAST(r.expires_at, r.used_at, r.revoked_at)",
    when: "true",
  },
  invitations: {
    table: "invitations",
    at: "LEAST(r.expires_at, r.accepted_at, r.revoked_at)",
    when: "true",
  },
  // Every message ends, so what began later than that need not be looked at.
  messages: { table: "notifications", at: "r.ended_at", when: "r.created_at < $1" },
};

/** What a legal hold covers that covers everything. */
const notHeld = "NOT EXISTS (SELECT 1 FROM retention_holds WHERE scope = 'all' AND released_at IS NULL)";

function spent(kind: SpentAccess): { table: string; rows: string; at: string } {
  const { table, at, when } = over[kind];
  return { table, at, rows: `FROM ${table} r WHERE ${at} < $1 AND ${when} AND ${notHeld}` };
}

/** Is there any? Asked first, so that a turn that finds nothing opens no transaction. */
export async function hasSpentAccess(db: Database, kind: SpentAccess, beforeMs: number): Promise<boolean> {
  const { rows } = await db.pool.query(`SELECT EXISTS (SELECT 1 ${spent(kind).rows}) AS any`, [
    new Date(beforeMs),
  ]);
  return rows[0]?.any === true;
}

/** Deletes at most `limit` of what was over before, the oldest first; what somebody has locked is for another turn. */
export async function deleteSpentAccess(
  tx: Transaction,
  kind: SpentAccess,
  { beforeMs, limit }: { beforeMs: number; limit: number },
): Promise<number> {
  const { table, rows, at } = spent(kind);
  return tx.$executeRawUnsafe(
    `DELETE FROM ${table} WHERE id IN (SELECT r.id ${rows} ORDER BY ${at} LIMIT $2 FOR UPDATE OF r SKIP LOCKED)`,
    new Date(beforeMs),
    limit,
  );
}
