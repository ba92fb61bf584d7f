import { announceChange } from "@/lib/db/change-feed";
import { endSilenceHolds, putDeliveriesOn } from "@/lib/db/silence-hold-store";
import { endSilence, findSilence, type ListedSilence } from "@/lib/db/silence-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { silenceChanges } from "./describe-silence";
import { requireSilence, silenceSubject, silenceSubjects } from "./require-silence";

/**
 * Ends a silence now: what it held flows again. One that has ended already stays as it ended; asking again is the same.
 *
 * @throws AppError not_found `silence_not_found`, forbidden
 */
export async function expireSilence(ctx: Context, silenceId: string): Promise<ListedSilence> {
  const found = await requireSilence(ctx, silenceId);
  for (const subject of silenceSubjects(found.silence)) await authorize(ctx, "silence", subject);
  const at = new Date(ctx.nowMs);
  await inTransaction(ctx.db, async (tx) => {
    if (!(await endSilence(tx, silenceId, actorRef(ctx.actor), at))) return;
    const released = await endSilenceHolds(tx, silenceId, "expired", at);
    const deliveries = await putDeliveriesOn(tx, silenceId, at);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.silence.expired",
      subject: silenceSubject(found.silence),
      detail: { version: found.silence.version + 1, released, deliveries },
    });
    for (const change of silenceChanges(found.silence)) await announceChange(tx, change);
  });
  return (await findSilence(ctx.db, silenceId)) ?? found;
}
