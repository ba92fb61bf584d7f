import { announceChange } from "@/lib/db/change-feed";
import { loadConfig } from "@/lib/db/config-store";
import type { ClaimedDelivery } from "@/lib/db/delivery-store";
import { findRoutedDrafts } from "@/lib/db/routed-record-store";
import { type DeliveryToHold, putDeliveriesOff, recordSilenceHolds } from "@/lib/db/silence-hold-store";
import { lockUnchangedSilences } from "@/lib/db/silence-store";
import { inTransaction } from "@/lib/db/transaction";
import { type ActiveSilence, silencedReason, silencesOf } from "@/lib/domain/silence";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { silenceChanges } from "./describe-silence";
import { readActiveSilences } from "./mark-silenced";
import { silenceSubject } from "./require-silence";

export type HoldDeliveriesInput = { deliveries: readonly ClaimedDelivery[]; worker: string };

type Held = { delivery: ClaimedDelivery; by: ActiveSilence };

/**
 * Of claimed deliveries, those that may leave. What a silence covers is given back unsent until that one lets go, and is on
 * record. A silence that ends meanwhile holds nothing: its row is locked while its holds are written, so the two cannot pass
 * each other and leave something waiting for a silence that is over.
 */
export async function holdDeliveries(
  ctx: Context,
  { deliveries, worker }: HoldDeliveriesInput,
): Promise<ClaimedDelivery[]> {
  const active = await readActiveSilences(ctx);
  if (active.length === 0 || deliveries.length === 0) return [...deliveries];
  await authorize(ctx, "work", { kind: "deliveries", id: worker });
  const { free, held } = await sorted(ctx, deliveries, active);
  const moved = await putOff(ctx, held, worker);
  if (moved.length === 0) return free;
  // Silences were changed or expired since they were read: what they would have held is looked at again.
  return [...free, ...(await holdDeliveries(ctx, { deliveries: moved, worker }))];
}

async function sorted(
  ctx: Context,
  deliveries: readonly ClaimedDelivery[],
  active: readonly ActiveSilence[],
) {
  const config = await loadConfig(ctx.db);
  const drafts = await findRoutedDrafts(ctx.db, [...new Set(deliveries.map((each) => each.draftId))]);
  const contents = new Map(drafts.map((draft) => [draft.draftId, draft.content]));
  const free: ClaimedDelivery[] = [];
  const held: Held[] = [];
  for (const delivery of deliveries) {
    const content = contents.get(delivery.draftId);
    const [by] = content ? silencesOf(content, active, config) : [];
    // A denied or deleted draft has an end to write, and sends nothing.
    if (by && delivery.draftApproval !== "denied" && !delivery.deleted) held.push({ delivery, by });
    else free.push(delivery);
  }
  return { free, held };
}

/** Returns those whose silence is no longer as it was read; they are still claimed. */
async function putOff(ctx: Context, held: readonly Held[], worker: string): Promise<ClaimedDelivery[]> {
  if (held.length === 0) return [];
  const at = new Date(ctx.nowMs);
  return inTransaction(ctx.db, async (tx) => {
    const silences = [...new Set(held.map((each) => each.by.silence))];
    const unchanged = await lockUnchangedSilences(tx, silences);
    const standing = held.filter(({ by }) => unchanged.has(by.silence.silenceId));
    const put = new Set(await putDeliveriesOff(tx, worker, standing.map(toHold), at));
    for (const silence of silences) {
      const own = standing.filter(
        ({ by, delivery }) => by.silence === silence && put.has(delivery.deliveryId),
      );
      if (own.length === 0) continue;
      await recordSilenceHolds(tx, own.map(holdOf), at);
      await recordAudit(tx, ctx, {
        action: "incident_monitor.delivery.held",
        subject: silenceSubject(silence),
        detail: { deliveries: own.map(({ delivery }) => delivery.deliveryId) },
      });
      for (const change of silenceChanges(silence)) await announceChange(tx, change);
    }
    return held.filter(({ by }) => !unchanged.has(by.silence.silenceId)).map(({ delivery }) => delivery);
  });
}

function toHold({ delivery, by: { silence, untilMs } }: Held): DeliveryToHold {
  const why = silencedReason({ silenceId: silence.silenceId, reason: silence.reason, untilMs });
  return { deliveryId: delivery.deliveryId, silenceId: silence.silenceId, untilMs, why };
}

const holdOf = ({ delivery, by }: Held) => ({
  holdId: newId.silenceHold(),
  silenceId: by.silence.silenceId,
  draftId: delivery.draftId,
  incidentId: delivery.incidentId,
  projectId: delivery.projectId,
});
