import { findDeletable, markDeleted } from "@/lib/db/deletion-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import type { DeletableNoun } from "@/lib/domain/deletion";
import { auditRefusal, authorizeRecord } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { refuseHeld } from "./refuse-held";
import { announceDeletion, cancelledEntries, deletionReason } from "./settle-deletion";

export type DeleteRecordInput = { noun: DeletableNoun; id: string; reason?: string | null };

/**
 * Hides one incident, draft or post (D-21). Nothing cascades: a deleted draft leaves its incident, whose next sighting is
 * drafted anew, and its posts; what of it still waited to be sent is cancelled, what is being sent ends as it ends.
 *
 * @throws AppError not_found `incident_not_found` | `draft_not_found` | `post_not_found`, also for one the actor may not
 * read; forbidden; conflict `retention_held` with the hold that covers it.
 */
export async function deleteRecord(ctx: Context, input: DeleteRecordInput): Promise<{ deleted: 1 }> {
  const { noun, id } = input;
  const missing = new AppError("not_found", `${noun}_not_found`, `There is no such ${noun}`, {
    [`${noun}_id`]: id,
  });
  const record = await findDeletable(ctx.db, noun, id);
  if (!record) throw missing;
  const subject = { kind: noun, id, projectId: record.projectId };
  await authorizeRecord(ctx, "delete", subject, missing);
  const why = deletionReason(input.reason);
  const tombstone = { actor: actorRef(ctx.actor), reason: why, atMs: ctx.nowMs };
  await inTransaction(ctx.db, async (tx) => {
    await refuseHeld(tx, noun, { ids: [id], projects: null });
    const deletion = await markDeleted(tx, noun, [id], null, tombstone);
    // Somebody else was first: for this caller it is gone, as it would be a moment later.
    if (deletion.deleted.length === 0) throw missing;
    await recordAudit(
      tx,
      ctx,
      {
        action: `incident_monitor.${noun}.deleted`,
        subject,
        detail: { reason_given: why !== null, deliveries_cancelled: deletion.cancelled.length },
      },
      ...cancelledEntries(noun, deletion),
    );
    await announceDeletion(tx, noun, deletion);
  }).catch(async (error: unknown) => {
    if (error instanceof AppError && error.reason === "retention_held") {
      await auditRefusal(ctx, "delete", subject, error.reason);
    }
    throw error;
  });
  return { deleted: 1 };
}
