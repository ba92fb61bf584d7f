import { announceChange } from "@/lib/db/change-feed";
import { findIntakeKey, markIntakeKeyDisabled } from "@/lib/db/intake-key-store";
import { inTransaction } from "@/lib/db/transaction";
import { type IntakeKey, keyAuditDetail } from "@/lib/domain/intake-key";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";

/**
 * Ends a key for good. Disabling it again answers the same and records nothing.
 *
 * @throws AppError not_found `intake_key_not_found`.
 */
export async function disableIntakeKey(ctx: Context, { keyId }: { keyId: string }): Promise<IntakeKey> {
  const key = await findIntakeKey(ctx.db, keyId);
  const subject = { kind: "intake_key", id: keyId, projectId: key?.projectId ?? null };
  await authorize(ctx, "manageKeys", subject);
  if (!key) {
    throw new AppError("not_found", "intake_key_not_found", "There is no such key.", { key_id: keyId });
  }
  const disabled = { ...key, enabled: false, disabledAtMs: key.disabledAtMs ?? ctx.nowMs };
  const changed = await inTransaction(ctx.db, async (tx) => {
    if (!(await markIntakeKeyDisabled(tx, keyId, ctx.nowMs))) return false;
    const detail = keyAuditDetail(disabled);
    await recordAudit(tx, ctx, { action: "incident_monitor.intake_key.disabled", subject, detail });
    await announceChange(tx, { topic: "key", id: keyId, projectId: key.projectId });
    return true;
  });
  return changed ? disabled : ((await findIntakeKey(ctx.db, keyId)) ?? disabled);
}
