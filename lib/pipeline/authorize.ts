import { actorKey } from "@/lib/domain/actor";
import type { AuditSubject } from "@/lib/domain/audit";
import { decidePermission, type Permission, rolesHolding } from "@/lib/domain/permission";
import type { Context } from "./context";
import { AppError } from "./errors";
import { recordAudit } from "./record-audit";
import { countRefusal, refusalsMax } from "./refusal-limit";

/**
 * Every verb's first line. A refusal is audited with its actor before it is thrown.
 *
 * @throws AppError `forbidden`, reason from the permission decision, context `{ permission, roles }`; `limited` when
 * this actor was refused too often in the last minute.
 */
export async function authorize(ctx: Context, permission: Permission, subject: AuditSubject): Promise<void> {
  const decision = decidePermission(ctx.actor, permission, subject.projectId);
  if (decision.allowed) return;
  const limited = await recordDenial(ctx, permission, subject, decision.reason);
  if (limited) throw limited;
  const roles = rolesHolding(permission);
  throw new AppError(
    "forbidden",
    decision.reason,
    decision.reason === "scope_may_not"
      ? `This token was narrowed to its scopes, and ${permission} is none of them.`
      : `This needs the permission to ${permission}, held by: ${roles.join(", ") || "no role"}.`,
    {
      permission,
      roles,
    },
  );
}

/**
 * For a record found by its id. A person who may not even read it gets `missing`, as for an id that does not exist: ids
 * of other people's projects cannot be told from guesses. The refusal is audited all the same; over the limit it still
 * says `missing`, since an id that does not exist is never limited.
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

/**
 * For a rule that knows more than the table of permissions: its refusal is audited as those are, before it is thrown.
 *
 * @throws AppError `limited`
 */
export async function auditRefusal(
  ctx: Context,
  permission: Permission,
  subject: AuditSubject,
  reason: string,
): Promise<void> {
  const limited = await recordDenial(ctx, permission, subject, reason);
  if (limited) throw limited;
}

/** What to answer instead when the actor is over the limit; null while the refusal was written. */
async function recordDenial(
  ctx: Context,
  permission: Permission,
  subject: AuditSubject,
  reason: string,
): Promise<AppError | null> {
  const verdict = countRefusal(ctx.db, actorKey(ctx.actor), ctx.nowMs);
  if (!verdict.limited || verdict.first) {
    const action = verdict.limited ? "incident_monitor.access.throttled" : "incident_monitor.access.denied";
    await recordAudit(ctx.db, ctx, { action, subject, outcome: "denied", detail: { permission, reason } });
  }
  if (!verdict.limited) return null;
  const { retryAfterSeconds } = verdict;
  return new AppError(
    "limited",
    "too_many_refusals",
    `You were refused more than ${refusalsMax} times in a minute; wait ${retryAfterSeconds} s`,
    { retryable: true, retry_after_seconds: retryAfterSeconds },
  );
}
