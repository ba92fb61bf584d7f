import { findBreakGlassUse, judgeBreakGlassUse } from "@/lib/db/break-glass-store";
import { announceChange } from "@/lib/db/change-feed";
import { inTransaction } from "@/lib/db/transaction";
import {
  type BreakGlassUse,
  type BreakGlassVerdict,
  breakGlassReviewRefusal,
} from "@/lib/domain/break-glass";
import { authorizeRecord } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";

export type ReviewBreakGlassInput = { breakGlassId: string; verdict: BreakGlassVerdict; note: string };

/**
 * Somebody else judges afterwards whether breaking the glass was right. The verdict is on record and undoes nothing.
 *
 * @throws AppError not_found `break_glass_not_found`; forbidden `person_required` | `own_break_glass`; conflict `already_reviewed`.
 */
export async function reviewBreakGlass(ctx: Context, input: ReviewBreakGlassInput): Promise<BreakGlassUse> {
  const missing = new AppError("not_found", "break_glass_not_found", "There is no such use", {
    break_glass_id: input.breakGlassId,
  });
  const use = await findBreakGlassUse(ctx.db, input.breakGlassId);
  if (!use) throw missing;
  const subject = { kind: "break_glass", id: use.breakGlassId, projectId: use.projectId };
  await authorizeRecord(ctx, "reviewBreakGlass", subject, missing);
  const why = breakGlassReviewRefusal(ctx.actor, use);
  if (why) {
    await recordAudit(ctx.db, ctx, {
      action: "incident_monitor.break_glass.refused",
      outcome: "denied",
      subject,
      detail: { reason: why.code, of: "review" },
    });
    const kind = why.code === "already_reviewed" ? "conflict" : "forbidden";
    throw new AppError(kind, why.code, why.message, { break_glass_id: use.breakGlassId });
  }
  await inTransaction(ctx.db, async (tx) => {
    const judgement = {
      verdict: input.verdict,
      note: input.note.trim(),
      by: ctx.actor,
      at: new Date(ctx.nowMs),
    };
    if (!(await judgeBreakGlassUse(tx, use.breakGlassId, judgement))) {
      throw new AppError("conflict", "already_reviewed", "This was reviewed already", {
        break_glass_id: use.breakGlassId,
      });
    }
    await recordAudit(tx, ctx, {
      action: "incident_monitor.break_glass.reviewed",
      subject,
      detail: { verdict: input.verdict, draft_id: use.draftId, approval_id: use.approvalId },
    });
    await announceChange(tx, { topic: "break_glass", id: use.breakGlassId, projectId: use.projectId });
  });
  return (await findBreakGlassUse(ctx.db, use.breakGlassId)) ?? use;
}
