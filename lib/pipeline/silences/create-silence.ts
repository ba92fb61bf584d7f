import { announceChange } from "@/lib/db/change-feed";
import { insertSilence, type ListedSilence } from "@/lib/db/silence-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import type { Silence } from "@/lib/domain/silence";
import { normaliseSilence, type SilenceWish } from "@/lib/domain/silence-rules";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { refuseIssues, silenceChanges, silenceDetail } from "./describe-silence";
import { refuseTooMany } from "./refuse-too-many";
import { silenceSubject, silenceSubjects } from "./require-silence";

/** `startsAtMs` null: at once. */
export type CreateSilenceInput = Omit<SilenceWish, "startsAtMs"> & { startsAtMs: number | null };

/**
 * Holds what it matches from its start on: no draft of it is published and nothing queued of it leaves, until it ends.
 *
 * @throws AppError forbidden, invalid `silence_invalid` with `issues`, conflict `silences_too_many`
 */
export async function createSilence(ctx: Context, input: CreateSilenceInput): Promise<ListedSilence> {
  const wish = normaliseSilence({ ...input, startsAtMs: input.startsAtMs ?? ctx.nowMs });
  const silence: Silence = {
    ...wish,
    silenceId: newId.silence(),
    version: 1,
    createdBy: actorRef(ctx.actor),
    updatedBy: null,
    endedBy: null,
    endedAtMs: null,
    createdAtMs: ctx.nowMs,
    updatedAtMs: ctx.nowMs,
  };
  for (const subject of silenceSubjects(silence)) await authorize(ctx, "silence", subject);
  refuseIssues(wish, ctx.nowMs);
  await inTransaction(ctx.db, async (tx) => {
    await refuseTooMany(tx, ctx, silence);
    await insertSilence(tx, silence);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.silence.created",
      subject: silenceSubject(silence),
      detail: silenceDetail(silence),
    });
    for (const change of silenceChanges(silence)) await announceChange(tx, change);
  });
  return { silence, counts: { heldNow: 0, heldEver: 0 } };
}
