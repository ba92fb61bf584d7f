import { announceChange } from "@/lib/db/change-feed";
import { endSilenceHolds, putDeliveriesOn } from "@/lib/db/silence-hold-store";
import { type ListedSilence, moveSilence } from "@/lib/db/silence-store";
import { inTransaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import { decidePrecondition } from "@/lib/domain/precondition";
import { type Silence, silenceState } from "@/lib/domain/silence";
import { normaliseSilence, type SilenceWish } from "@/lib/domain/silence-rules";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { refuseIssues, silenceChanges, silenceDetail } from "./describe-silence";
import { refuseTooMany } from "./refuse-too-many";
import { requireSilence, silenceSubject, silenceSubjects } from "./require-silence";

export type UpdateSilenceInput = {
  silenceId: string;
  change: Partial<SilenceWish>;
  /** What the writer had seen; over anything newer it is refused. */
  version?: number | null;
  ifMatch?: string | null;
};

/**
 * Changes a silence that has not ended. What it held is let go and looked at again, so that whatever it no longer covers
 * flows at once.
 *
 * @throws AppError not_found, forbidden, conflict `silence_expired` | `silence_stale` | `silences_too_many`, invalid
 * `silence_invalid`
 */
export async function updateSilence(ctx: Context, input: UpdateSilenceInput): Promise<ListedSilence> {
  const { silence: stored, counts } = await requireSilence(ctx, input.silenceId);
  for (const subject of silenceSubjects(stored)) await authorize(ctx, "silence", subject);
  if (silenceState(stored, ctx.nowMs) === "expired") {
    const message = "This silence has ended; make a new one";
    throw new AppError("conflict", "silence_expired", message, { silence_id: stored.silenceId });
  }
  const seen = decidePrecondition({ ifMatch: input.ifMatch }, String(stored.version));
  if (!seen.ok || (input.version && input.version !== stored.version)) throw stale(stored);

  const wish = normaliseSilence({ ...stored, ...input.change });
  const changed: Silence = {
    ...stored,
    ...wish,
    version: stored.version + 1,
    updatedBy: actorRef(ctx.actor),
    updatedAtMs: ctx.nowMs,
  };
  for (const subject of silenceSubjects(changed)) await authorize(ctx, "silence", subject);
  refuseIssues(wish, ctx.nowMs);
  const at = new Date(ctx.nowMs);
  await inTransaction(ctx.db, async (tx) => {
    if (namesMoreProjects(changed, stored)) await refuseTooMany(tx, ctx, changed);
    if (!(await moveSilence(tx, changed, stored.version))) throw stale(stored);
    const released = await endSilenceHolds(tx, stored.silenceId, "changed", at);
    await putDeliveriesOn(tx, stored.silenceId, at);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.silence.updated",
      subject: silenceSubject(changed),
      detail: { ...silenceDetail(changed), released },
    });
    for (const change of silenceChanges(changed, stored)) await announceChange(tx, change);
  });
  return { silence: changed, counts: { ...counts, heldNow: 0 } };
}

const namesMoreProjects = (changed: Silence, stored: Silence): boolean =>
  changed.matcher.matchProjectIds.some((id) => !stored.matcher.matchProjectIds.includes(id));

function stale(stored: Silence): AppError {
  return new AppError("conflict", "silence_stale", "The silence has changed since you read it; look again", {
    silence_id: stored.silenceId,
    current_version: stored.version,
  });
}
