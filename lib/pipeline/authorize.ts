import type { AuditSubject } from "@/lib/domain/audit";
import { decidePermission, type Permission, rolesHolding } from "@/lib/domain/permission";
import type { Context } from "./context";
import { AppError } from "./errors";
import { recordAudit } from "./record-audit";

/**
 * Every verb's first line. A refusal is audited with its actor before it is thrown.
 *
 * @throws AppError `forbidden`, reason from the permission decision, context `{ permission, roles }`.
 */
export async function authorize(ctx: Context, permission: Permission, subject: AuditSubject): Promise<void> {
  const decision = decidePermission(ctx.actor, permission, subject.projectId);
  if (decision.allowed) return;
  await recordDenial(ctx, permission, subject, decision.reason);
  const roles = rolesHolding(permission);
  throw new AppError(
    "forbidden",
    decision.reason,
    `This needs the permission to ${permission}, held by: ${roles.join(", ") || "no role"}.`,
    {
      permission,
      roles,
    },
  );
}

/**
 * For a record found by its id. A person who may not even read it gets `missing`, as for an id that does not exist: ids
 * of other people's projects cannot be told from guesses. The refusal is audited all the same.
 */
export async function authorizeRecord(
  ctx: Context,
  permission: Permission,
  subject: AuditSubject,
  missing: AppError,
): Promise<void> {
  const mayRead = decidePermission(ctx.actor, "read", subject.projectId);
  if (mayRead.allowed || ctx.actor.kind !== "user") return authorize(ctx, permission, subject);
  await recordDenial(ctx, permission, subject, mayRead.reason);
  throw missing;
}

async function recordDenial(
  ctx: Context,
  permission: Permission,
  subject: AuditSubject,
  reason: string,
): Promise<void> {
  await recordAudit(ctx.db, ctx, {
    action: "incident_monitor.access.denied",
    subject,
    outcome: "denied",
    detail: { permission, reason },
  });
}
