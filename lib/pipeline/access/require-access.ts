import { loadConfig } from "@/lib/db/config-store";
import type { Transaction } from "@/lib/db/transaction";
import { countOtherAdmins, findUser, findUserForChange, takeAccessTurn } from "@/lib/db/user-roster-store";
import type { Roles, User } from "@/lib/domain/access";
import { type AccessDecision, decideUserChange } from "@/lib/domain/access-rules";
import type { AuditSubject } from "@/lib/domain/audit";
import { findProject } from "@/lib/domain/source-binding";
import { storable } from "@/lib/domain/text";
import { auditRefusal } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";

export const userSubject = (userId: string): AuditSubject => ({ kind: "user", id: userId });
export const tokenSubject = (tokenId: string): AuditSubject => ({ kind: "token", id: tokenId });
export const invitationSubject = (id: string): AuditSubject => ({ kind: "invitation", id });

/** @throws AppError not_found `user_not_found` */
export async function requireUser(ctx: Context, userId: string): Promise<User> {
  return (await findUser(ctx.db, userId, ctx.nowMs)) ?? missingUser(userId);
}

function missingUser(userId: string): never {
  throw new AppError("not_found", "user_not_found", "There is no such user.", { user_id: userId });
}

type ChangedUser = NonNullable<Awaited<ReturnType<typeof findUserForChange>>>;
type Standing = Pick<User, "role" | "projectRoles" | "disabledAtMs">;

/** The user as nobody else is changing them now, and whether they may become `after`. @throws AppError not_found */
export async function judgeUserChange(
  tx: Transaction,
  ctx: Context,
  userId: string,
  after: (user: ChangedUser) => Standing | null,
): Promise<{ user: ChangedUser; decision: AccessDecision }> {
  await takeAccessTurn(tx);
  const user = (await findUserForChange(tx, userId)) ?? missingUser(userId);
  const otherAdmins = await countOtherAdmins(tx, userId);
  return { user, decision: decideUserChange({ actor: ctx.actor, user, after: after(user), otherAdmins }) };
}

const kinds: Readonly<Record<string, "forbidden" | "invalid">> = {
  own_role_raised: "forbidden",
  grants_more_than_held: "forbidden",
  token_scope_beyond_kind: "invalid",
};

/**
 * A refusal is audited with its actor before it is thrown, as one of `authorize` is.
 *
 * @throws AppError forbidden `own_role_raised` | `grants_more_than_held`, invalid `token_scope_beyond_kind`, conflict
 * `last_admin` | `own_account` | `token_is_hosts`
 */
export async function requireAllowed(
  ctx: Context,
  decision: AccessDecision,
  subject: AuditSubject,
): Promise<void> {
  if (decision.ok) return;
  const { code, message, fields } = decision.reason;
  await auditRefusal(ctx, "manageAccess", subject, code);
  throw new AppError(kinds[code] ?? "conflict", code, message, fields);
}

/** @throws AppError invalid `roles_required` | `project_unknown`, naming the field */
export async function requireRoles(ctx: Context, roles: Roles, before?: Roles): Promise<void> {
  const projectIds = Object.keys(roles.projectRoles);
  if (roles.role === null && projectIds.length === 0) {
    const message = "role: give a role over everything or on a project; to keep somebody out, disable them.";
    throw new AppError("invalid", "roles_required", message, { field: "role" });
  }
  // One that is there already may stay although its project has gone.
  const added = projectIds.filter((id) => !before || !Object.hasOwn(before.projectRoles, id));
  if (added.length === 0) return;
  const config = await loadConfig(ctx.db);
  const unknown = added.find((id) => !findProject(config, id));
  if (unknown === undefined) return;
  const message = "project_roles: no monitored project has this id.";
  throw new AppError("invalid", "project_unknown", message, { field: "project_roles", project_id: unknown });
}

/** @throws AppError invalid `name_required` */
export function requireName(given: string): string {
  const name = storable(given).trim();
  if (name === "") {
    throw new AppError("invalid", "name_required", "name: give a name.", { field: "name" });
  }
  return name;
}

/** What the audit keeps of roles. */
export const rolesDetail = ({ role, projectRoles }: Roles) => ({ role, project_roles: projectRoles });
