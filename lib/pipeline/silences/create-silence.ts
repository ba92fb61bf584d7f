import { announceChange } from "@/lib/db/change-feed";
import { countOpenSilences, insertSilence, type ListedSilence } from "@/lib/db/silence-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import type { Silence } from "@/lib/domain/silence";
import {
  normaliseSilence,
  projectSilencesMax,
  type SilenceWish,
  silencesMax,
} from "@/lib/domain/silence-rules";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { refuseIssues, silenceChanges, silenceDetail } from "./describe-silence";
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
  await refuseTooMany(ctx, silence);
  await inTransaction(ctx.db, async (tx) => {
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

/** Each open silence is held against every draft about to leave. */
async function refuseTooMany(ctx: Context, { matcher }: Silence): Promise<void> {
  const projects = matcher.matchProjectIds;
  const limit = projects.length > 0 ? projectSilencesMax : silencesMax;
  const open = await Promise.all([
    countOpenSilences(ctx.db, ctx.nowMs, projects),
    countOpenSilences(ctx.db, ctx.nowMs),
  ]);
  if (open[0] < limit && open[1] < silencesMax) return;
  const message = "Too many silences have not ended yet; expire one first";
  throw new AppError("conflict", "silences_too_many", message, { limit });
}
