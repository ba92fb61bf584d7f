import { announceChange } from "@/lib/db/change-feed";
import {
  findIntakeKey,
  insertIntakeKey,
  intakeKeyPrefix,
  moveIntakeKeyExpiry,
} from "@/lib/db/intake-key-store";
import { inTransaction } from "@/lib/db/transaction";
import { keyedHash } from "@/lib/digest";
import { actorRef } from "@/lib/domain/actor";
import { type IntakeKey, keyAuditDetail, overlapDefaultMs, planRotation } from "@/lib/domain/intake-key";
import { newId, newRawIntakeKey } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { requireFuture } from "./create-intake-key";

export type RotateIntakeKeyInput = {
  keyId: string;
  /** How long the old key still works; 7 days when absent, 0 ends it now. */
  overlapMs?: number;
  /** Of the successor. Absent: as long as the old one was made for; null: it does not expire. */
  expiresAtMs?: number | null;
};

export type RotatedIntakeKey = { key: IntakeKey; rawKey: string; previous: IntakeKey };

/**
 * Makes a successor of a key, with its project, scope, sources and limits, and lets the old one end after an overlap. The
 * raw key is in this answer and nowhere else.
 *
 * @throws AppError not_found `intake_key_not_found`, conflict `intake_key_not_active` | `intake_key_changed`, invalid
 * `intake_key_expired`
 */
export async function rotateIntakeKey(ctx: Context, input: RotateIntakeKeyInput): Promise<RotatedIntakeKey> {
  const { keyId, overlapMs = overlapDefaultMs } = input;
  const old = await findIntakeKey(ctx.db, keyId);
  const subject = { kind: "intake_key", id: keyId, projectId: old?.projectId ?? null };
  await authorize(ctx, "manageKeys", subject);
  if (!old)
    throw new AppError("not_found", "intake_key_not_found", "There is no such key.", { key_id: keyId });
  const wanted = input.expiresAtMs === undefined ? undefined : requireFuture(ctx, input.expiresAtMs);
  const plan = planRotation(old, { overlapMs, expiresAtMs: wanted, nowMs: ctx.nowMs });
  if (!plan.ok) {
    const message = `${plan.reason.message} Make a new key instead.`;
    throw new AppError("conflict", "intake_key_not_active", message, { key_id: keyId });
  }

  const rawKey = newRawIntakeKey();
  const previous = { ...old, expiresAtMs: plan.previousExpiresAtMs };
  const key = await inTransaction(ctx.db, async (tx) => {
    if (!(await moveIntakeKeyExpiry(tx, old, plan.previousExpiresAtMs))) throw changed(keyId);
    const { projectId, name, scopes, sourceIds, ratePerSecond, burst, dailyQuota } = old;
    const made = await insertIntakeKey(tx, {
      ...{ keyId: newId.intakeKey(), projectId, name, scopes, sourceIds, ratePerSecond, burst, dailyQuota },
      prefix: intakeKeyPrefix(rawKey),
      keyHash: keyedHash(ctx.services.pepper, rawKey),
      expiresAtMs: plan.successorExpiresAtMs,
      rotatedFromId: keyId,
      createdBy: actorRef(ctx.actor),
      createdAtMs: ctx.nowMs,
    });
    const detail = { ...keyAuditDetail(previous), successor_key_id: made.keyId };
    await recordAudit(tx, ctx, { action: "incident_monitor.intake_key.rotated", subject, detail });
    await announceChange(tx, { topic: "key", id: made.keyId, projectId });
    return made;
  });
  return { key, rawKey, previous };
}

function changed(keyId: string): AppError {
  const message = "The key was changed or disabled at the same moment. Look at it again.";
  return new AppError("conflict", "intake_key_changed", message, { key_id: keyId });
}
