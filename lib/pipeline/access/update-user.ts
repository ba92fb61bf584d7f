import { announceChange } from "@/lib/db/change-feed";
import { inTransaction } from "@/lib/db/transaction";
import { moveUser } from "@/lib/db/user-roster-store";
import type { ProjectRoles, User } from "@/lib/domain/access";
import type { Role } from "@/lib/domain/actor";
import { decidePrecondition } from "@/lib/domain/precondition";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import {
  judgeUserChange,
  requireAllowed,
  requireName,
  requireRoles,
  requireUser,
  rolesDetail,
  userSubject,
} from "./require-access";

export type UpdateUserInput = {
  userId: string;
  /** What is absent stays; `projectRoles` replaces all there were. */
  change: { name?: string; role?: Role | null; projectRoles?: ProjectRoles };
  /** What the writer had seen; over anything newer it is refused. */
  version?: number | null;
  ifMatch?: string | null;
};

/**
 * Changes a person's name or roles. Their sessions go on, with the new roles from the next request on.
 *
 * @throws AppError forbidden (`own_role_raised`, `grants_more_than_held`), not_found `user_not_found`, conflict `user_stale`
 * | `last_admin`, invalid `roles_required` | `project_unknown` | `name_required`
 */
export async function updateUser(ctx: Context, input: UpdateUserInput): Promise<User> {
  const { userId, change } = input;
  const subject = userSubject(userId);
  await authorize(ctx, "manageAccess", subject);
  const stored = await requireUser(ctx, userId);
  const seen = decidePrecondition({ ifMatch: input.ifMatch }, String(stored.version));
  if (!seen.ok || (input.version && input.version !== stored.version)) throw stale(stored);
  const wanted = {
    name: change.name === undefined ? stored.name : requireName(change.name),
    role: change.role === undefined ? stored.role : change.role,
    projectRoles: change.projectRoles ?? stored.projectRoles,
  };
  await requireRoles(ctx, wanted, stored);

  const decision = await inTransaction(ctx.db, async (tx) => {
    const judged = await judgeUserChange(tx, ctx, userId, (user) => ({ ...user, ...wanted }));
    if (!judged.decision.ok) return judged.decision;
    if (!(await moveUser(tx, userId, stored.version, wanted, ctx.nowMs))) throw stale(stored);
    await recordAudit(tx, ctx, {
      ...{ action: "incident_monitor.user.updated", subject },
      detail: {
        from: rolesDetail(judged.user),
        to: rolesDetail(wanted),
        renamed: wanted.name !== stored.name,
      },
    });
    await announceChange(tx, { topic: "access", id: userId });
    return judged.decision;
  });
  await requireAllowed(ctx, decision, subject);
  return requireUser(ctx, userId);
}

function stale({ userId, version }: User): AppError {
  const message = "This user has changed since you read them; look again.";
  return new AppError("conflict", "user_stale", message, { user_id: userId, current_version: version });
}
