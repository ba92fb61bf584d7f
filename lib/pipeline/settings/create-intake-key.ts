import { announceChange } from "@/lib/db/change-feed";
import { insertIntakeKey, intakeKeyPrefix } from "@/lib/db/intake-key-store";
import { inTransaction } from "@/lib/db/transaction";
import { keyedHash } from "@/lib/digest";
import { actorRef } from "@/lib/domain/actor";
import type { MonitoredProject } from "@/lib/domain/config";
import { type IntakeKey, keyAuditDetail, reportScope } from "@/lib/domain/intake-key";
import { normaliseList, storable } from "@/lib/domain/text";
import { newId, newRawIntakeKey } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { requireProject } from "./require-project";

export type CreateIntakeKeyInput = {
  projectId: string;
  name: string;
  /** Empty: the report scope, which is the only one there is. */
  scopes?: readonly string[];
  /** Sources the key may name; empty: any of the project. */
  sourceIds?: readonly string[];
  expiresAtMs?: number | null;
  ratePerSecond?: number | null;
  burst?: number | null;
  /** Reports a UTC day at most; null: as many as its rate allows. */
  dailyQuota?: number | null;
};

/**
 * Makes a key for one project. The raw key is in this answer and nowhere else.
 *
 * @throws AppError invalid `intake_project_unknown`, `intake_key_name_required`, `intake_key_scope_unknown`,
 * `intake_source_unknown`, `intake_key_expired`.
 */
export async function createIntakeKey(
  ctx: Context,
  input: CreateIntakeKeyInput,
): Promise<{ key: IntakeKey; rawKey: string }> {
  const projectId = input.projectId.trim();
  const keyId = newId.intakeKey();
  const subject = { kind: "intake_key", id: keyId, projectId };
  await authorize(ctx, "manageKeys", subject);
  const project = await requireProject(ctx, projectId);
  const name = requireName(input.name);
  const scopes = requireScopes(input.scopes ?? []);
  const sourceIds = requireSources(project, input.sourceIds ?? []);
  const expiresAtMs = requireFuture(ctx, input.expiresAtMs ?? null);

  const rawKey = newRawIntakeKey();
  const key = await inTransaction(ctx.db, async (tx) => {
    const created = await insertIntakeKey(tx, {
      ...{ keyId, projectId, name, scopes, sourceIds, expiresAtMs },
      prefix: intakeKeyPrefix(rawKey),
      keyHash: keyedHash(ctx.services.pepper, rawKey),
      ratePerSecond: input.ratePerSecond ?? null,
      burst: input.burst ?? null,
      dailyQuota: input.dailyQuota ?? null,
      createdBy: actorRef(ctx.actor),
      createdAtMs: ctx.nowMs,
    });
    const detail = keyAuditDetail(created);
    await recordAudit(tx, ctx, { action: "incident_monitor.intake_key.created", subject, detail });
    await announceChange(tx, { topic: "key", id: keyId, projectId });
    return created;
  });
  return { key, rawKey };
}

function requireName(given: string): string {
  const name = storable(given).trim();
  if (name === "") throw new AppError("invalid", "intake_key_name_required", "A key needs a name.");
  return name;
}

function requireScopes(given: readonly string[]): string[] {
  const scopes = normaliseList(given);
  if (scopes.some((scope) => scope !== reportScope)) {
    const message = `scopes: the only scope there is, is ${reportScope}.`;
    throw new AppError("invalid", "intake_key_scope_unknown", message, { field: "scopes" });
  }
  return [reportScope];
}

/** A project without log sources takes reports under any source name, so there nothing can be unknown. */
function requireSources(project: MonitoredProject, given: readonly string[]): string[] {
  const sourceIds = normaliseList(given.map(storable));
  const known = project.logSources.map((source) => source.sourceId);
  const unknown = known.length === 0 ? undefined : sourceIds.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    const message = "source_ids: the project has no such log source.";
    throw new AppError("invalid", "intake_source_unknown", message, {
      field: "source_ids",
      source_id: unknown,
    });
  }
  return sourceIds;
}

/** @throws AppError invalid `intake_key_expired` */
export function requireFuture(ctx: Context, expiresAtMs: number | null): number | null {
  if (expiresAtMs !== null && expiresAtMs <= ctx.nowMs) {
    const message = "expires_at_ms: a key must expire in the future.";
    throw new AppError("invalid", "intake_key_expired", message, { field: "expires_at_ms" });
  }
  return expiresAtMs;
}
