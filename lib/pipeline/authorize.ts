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
  await recordAudit(ctx.db, ctx, {
    action: "incident_monitor.access.denied",
    subject,
    outcome: "denied",
    detail: { permission, reason: decision.reason },
  });
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
