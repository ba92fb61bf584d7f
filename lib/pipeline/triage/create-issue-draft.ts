import { findDraft } from "@/lib/db/draft-store";
import type { Draft } from "@/lib/domain/records";
import type { Context } from "../context";
import { requireDraft } from "../drafts/require-draft";
import { AppError } from "../errors";
import { judgeDraft, requiresRun } from "./judge-draft";
import type { TriageAnswer } from "./read-triage-answer";

export type CreatedIssueDraft = { draft: Draft; answer: TriageAnswer };

/**
 * Makes the issue a draft would become, again from what its newest run has to say.
 *
 * @throws AppError not_found `draft_not_found`, forbidden, conflict `triage_requires_run`, not_ready `proposal_blocked` with
 * the gate's reason; the gate is kept and `getDraftTriage` has it.
 */
export async function createIssueDraft(ctx: Context, input: { draftId: string }): Promise<CreatedIssueDraft> {
  const draft = await requireDraft(ctx, input.draftId, "triage");
  if (!draft.triageRunId) throw requiresRun(draft.draftId);
  const { judged, answer } = await judgeDraft(ctx, draft, null);
  if (!judged.gate.passed) {
    const words = judged.gate.blockedReason ?? "The proposal gate stopped it";
    throw new AppError("not_ready", "proposal_blocked", words, { draft_id: draft.draftId });
  }
  return { draft: (await findDraft(ctx.db, draft.draftId)) ?? draft, answer };
}
