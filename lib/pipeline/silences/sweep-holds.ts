import { announceChange } from "@/lib/db/change-feed";
import { loadConfig } from "@/lib/db/config-store";
import { type RoutedDraft, readOpenDraftsAfter } from "@/lib/db/routed-record-store";
import {
  endSettledHolds,
  endSilenceHolds,
  findHoldingSilenceIds,
  putDeliveriesOn,
  recordSilenceHolds,
} from "@/lib/db/silence-hold-store";
import { findBegunSilences } from "@/lib/db/silence-store";
import { inTransaction } from "@/lib/db/transaction";
import type { MonitorConfig } from "@/lib/domain/config";
import { type ActiveSilence, activeSilences, type Silence, silencesOf } from "@/lib/domain/silence";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { silenceChanges } from "./describe-silence";
import { silenceSubject } from "./require-silence";

/** Up to when drafts have been looked at, by silence in its present version and window. A process remembers its own. */
export type SweptSilences = ReadonlyMap<string, number>;

const pageSize = 500;
/** A draft's commit may come this much later than its time: a statement is given 20 s. */
const overlapMs = 25_000;

/**
 * Brings the record up to what holds now: which drafts each silence holds, and what it has let go. Nothing hangs on it being
 * quick: publishing and sending look at the silences themselves.
 */
export async function sweepHolds(ctx: Context, swept: SweptSilences): Promise<SweptSilences> {
  await authorize(ctx, "work", { kind: "silences", id: "holds" });
  const [begun, holding] = await Promise.all([
    findBegunSilences(ctx.db, ctx.nowMs),
    findHoldingSilenceIds(ctx.db),
  ]);
  const active = activeSilences(begun, ctx.nowMs);
  const over = holding.filter((id) => !active.some(({ silence }) => silence.silenceId === id));
  for (const silenceId of over)
    await release(ctx, silenceId, begun.find((each) => each.silenceId === silenceId) ?? null);
  if (holding.length > 0) await settle(ctx);
  return active.length > 0 ? hold(ctx, active, swept) : new Map();
}

/** `silence` when it is only outside its windows. */
async function release(ctx: Context, silenceId: string, silence: Silence | null): Promise<void> {
  const at = new Date(ctx.nowMs);
  const why = silence ? "window_over" : "expired";
  await inTransaction(ctx.db, async (tx) => {
    const drafts = await endSilenceHolds(tx, silenceId, why, at);
    const deliveries = await putDeliveriesOn(tx, silenceId, at);
    if (drafts + deliveries === 0) return;
    await recordAudit(tx, ctx, {
      action: "incident_monitor.silence.released",
      subject: silence ? silenceSubject(silence) : { kind: "silence", id: silenceId },
      detail: { drafts, deliveries, why },
    });
    await announceChange(tx, { topic: "silence", id: silenceId });
  });
}

async function settle(ctx: Context): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const drafts = await endSettledHolds(tx, new Date(ctx.nowMs));
    if (drafts === 0) return;
    await recordAudit(tx, ctx, {
      action: "incident_monitor.silence.released",
      subject: { kind: "silence", id: "*" },
      detail: { drafts, why: "settled" },
    });
  });
}

async function hold(
  ctx: Context,
  active: readonly ActiveSilence[],
  swept: SweptSilences,
): Promise<SweptSilences> {
  const config = await loadConfig(ctx.db);
  const keys = active.map((each) => keyOf(each, config));
  const since = Math.min(...keys.map((key) => swept.get(key) ?? 0));
  let after = { createdAtMs: Math.max(0, since - overlapMs), draftId: "" };
  for (;;) {
    const drafts = await readOpenDraftsAfter(ctx.db, after, pageSize);
    await recordPage(ctx, drafts, active, config);
    const last = drafts.at(-1);
    if (!last || drafts.length < pageSize || ctx.services.stopping?.aborted) break;
    after = { createdAtMs: last.createdAtMs, draftId: last.draftId };
  }
  const through = ctx.services.stopping?.aborted ? since : ctx.nowMs;
  return new Map(keys.map((key) => [key, through]));
}

/** A new window, a change of the silence or of the configuration may cover other drafts than before. */
const keyOf = ({ silence, untilMs }: ActiveSilence, config: MonitorConfig) =>
  [silence.silenceId, silence.version, untilMs, config.version].join(" ");

async function recordPage(
  ctx: Context,
  drafts: readonly RoutedDraft[],
  active: readonly ActiveSilence[],
  config: MonitorConfig,
): Promise<void> {
  const held = new Map<Silence, RoutedDraft[]>();
  for (const draft of drafts) {
    for (const { silence } of silencesOf(draft.content, active, config))
      held.set(silence, [...(held.get(silence) ?? []), draft]);
  }
  if (held.size === 0) return;
  await inTransaction(ctx.db, async (tx) => {
    for (const [silence, own] of held) {
      const holds = own.map((draft) => ({
        holdId: newId.silenceHold(),
        silenceId: silence.silenceId,
        draftId: draft.draftId,
        incidentId: draft.incidentId,
        projectId: draft.content.projectId,
      }));
      const fresh = await recordSilenceHolds(tx, holds, new Date(ctx.nowMs));
      if (fresh === 0) continue;
      await recordAudit(tx, ctx, {
        action: "incident_monitor.silence.held",
        subject: silenceSubject(silence),
        detail: { drafts: fresh },
      });
      for (const change of silenceChanges(silence)) await announceChange(tx, change);
    }
  });
}
