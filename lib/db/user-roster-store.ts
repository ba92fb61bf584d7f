import type { ProjectRoles, Roles, User } from "@/lib/domain/access";
import type { Role } from "@/lib/domain/actor";
import type { PageRequest } from "@/lib/domain/page";
import type { Database } from "./client";
import { also, alsoContains, type ListFilter, readPage } from "./list-query";
import { count, json, ms, msOrNull, type Row, text, textOrNull } from "./rows";
import { type Transaction, takeTurn } from "./transaction";

export type UserFilter = {
  /** Part of the name, the address or the id. */
  search?: string;
  role?: Role;
  /** Who has a role on this project; a role over everything is none on it. */
  projectId?: string;
  disabled?: boolean;
};

const rolesOf = `COALESCE((SELECT jsonb_object_agg(r.project_id, r.role) FROM user_project_roles r
  WHERE r.user_id = u.id), '{}') AS project_roles`;
const seenOf = `(SELECT max(s.last_seen_at) FROM sessions s WHERE s.user_id = u.id) AS last_seen_at`;
const columns = (now: string) => `u.id, u.email, u.name, u.role, u.version, u.created_at, u.disabled_at,
  ${rolesOf}, ${seenOf}, (SELECT count(*)::int FROM sessions s
    WHERE s.user_id = u.id AND s.revoked_at IS NULL AND s.expires_at > ${now}) AS session_count`;

/** Newest first. */
export async function listUserRecords(
  db: Database,
  filter: UserFilter,
  page: PageRequest,
): Promise<{ users: User[]; total: number; more: boolean }> {
  const query: ListFilter = { where: [], values: [] };
  if (filter.search) alsoContains(query, ["u.name", "u.email", "u.id"], filter.search);
  if (filter.role) also(query, "u.role = $?::role", filter.role);
  if (filter.projectId) {
    const condition =
      "EXISTS (SELECT FROM user_project_roles r WHERE r.user_id = u.id AND r.project_id = $?)";
    also(query, condition, filter.projectId);
  }
  if (filter.disabled !== undefined) also(query, "(u.disabled_at IS NOT NULL) = $?", filter.disabled);
  const shape = { select: columns("now()"), from: "users u", at: "u.created_at", id: "u.id" };
  const { rows, total, more } = await readPage(db, shape, query, page);
  return { users: rows.map(userFromRow), total, more };
}

export async function findUser(db: Database, userId: string, nowMs: number): Promise<User | null> {
  const { rows } = await db.pool.query(`SELECT ${columns("$2")} FROM users u WHERE u.id = $1`, [
    userId,
    new Date(nowMs),
  ]);
  return rows[0] ? userFromRow(rows[0]) : null;
}

/** The same as it is inside a transaction that changes who has access. */
export async function findUserForChange(
  tx: Transaction,
  userId: string,
): Promise<Pick<User, keyof Roles | "userId" | "name" | "disabledAtMs" | "version"> | null> {
  const row = await tx.user.findUnique({ where: { id: userId }, include: { projectRoles: true } });
  if (!row) return null;
  return {
    ...{ userId: row.id, name: row.name, role: row.role, version: row.version },
    projectRoles: Object.fromEntries(row.projectRoles.map(({ projectId, role }) => [projectId, role])),
    disabledAtMs: row.disabledAt?.getTime() ?? null,
  };
}

/** Changes of who has access take turns, so that two of them cannot each leave the other's admin as the last one. */
export async function takeAccessTurn(tx: Transaction): Promise<void> {
  await takeTurn(tx, "access");
}

/** Admins who can sign in, besides this user. */
export async function countOtherAdmins(tx: Transaction, userId: string): Promise<number> {
  return tx.user.count({ where: { role: "admin", disabledAt: null, id: { not: userId } } });
}

export type UserWrite = { name: string; role: Role | null; projectRoles: ProjectRoles };

/** Over exactly the version that was read. false: somebody was first. */
export async function moveUser(
  tx: Transaction,
  userId: string,
  fromVersion: number,
  { name, role, projectRoles }: UserWrite,
  nowMs: number,
): Promise<boolean> {
  const { count: moved } = await tx.user.updateMany({
    where: { id: userId, version: fromVersion },
    data: { name, role, version: fromVersion + 1, updatedAt: new Date(nowMs) },
  });
  if (moved !== 1) return false;
  await replaceProjectRoles(tx, userId, projectRoles);
  return true;
}

export async function replaceProjectRoles(
  tx: Transaction,
  userId: string,
  projectRoles: ProjectRoles,
): Promise<void> {
  await tx.userProjectRole.deleteMany({ where: { userId } });
  const rows = Object.entries(projectRoles).map(([projectId, role]) => ({ userId, projectId, role }));
  if (rows.length > 0) await tx.userProjectRole.createMany({ data: rows });
}

/** false when the user stood so already. `disabledAtMs` null: may sign in again. */
export async function markUserDisabled(
  tx: Transaction,
  userId: string,
  disabledAtMs: number | null,
  nowMs: number,
): Promise<boolean> {
  const { count: marked } = await tx.user.updateMany({
    where: { id: userId, disabledAt: disabledAtMs === null ? { not: null } : null },
    data: {
      disabledAt: disabledAtMs === null ? null : new Date(disabledAtMs),
      version: { increment: 1 },
      updatedAt: new Date(nowMs),
    },
  });
  return marked === 1;
}

/** With the project roles and sessions. What the person did keeps their id and name. */
export async function endUser(tx: Transaction, userId: string): Promise<void> {
  await tx.user.deleteMany({ where: { id: userId } });
}

function userFromRow(row: Row): User {
  return {
    userId: text(row.id),
    email: text(row.email),
    name: text(row.name),
    role: textOrNull(row.role) as Role | null,
    projectRoles: json<ProjectRoles>(row.project_roles),
    version: count(row.version),
    createdAtMs: ms(row.created_at),
    disabledAtMs: msOrNull(row.disabled_at),
    lastSeenAtMs: msOrNull(row.last_seen_at),
    sessionCount: count(row.session_count),
  };
}
