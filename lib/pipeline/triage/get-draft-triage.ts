import { findTriageRun } from "@/lib/db/triage-store";
import type { Draft } from "@/lib/domain/records";
import type { Context } from "../context";
import { requireDraft } from "../drafts/require-draft";
import { emptyTriageAnswer, readTriageAnswer, type TriageAnswer } from "./read-triage-answer";

/**
 * A draft with what its newest run has to say; empty without one. Read-only.
 *
 * @throws AppError not_found `draft_not_found`, forbidden.
 */
export async function getDraftTriage(
  ctx: Context,
  draftId: string,
): Promise<{ draft: Draft; answer: TriageAnswer }> {
  const draft = await requireDraft(ctx, draftId, "read");
  const run = draft.triageRunId ? await findTriageRun(ctx.db, draft.triageRunId) : null;
  return { draft, answer: run ? await readTriageAnswer(ctx, draft, run) : emptyTriageAnswer };
}
