import type { Context } from "../context";
import { requireDraft } from "../drafts/require-draft";
import { notAvailable } from "../not-available";

/**
 * Takes a summary for a draft's triage run. No run can exist in this version, whatever the draft's state.
 *
 * @throws AppError not_found `draft_not_found`, forbidden, not_available.
 */
export async function createTriageSummary(ctx: Context, input: { draftId: string }): Promise<never> {
  const draft = await requireDraft(ctx, input.draftId, "triage");
  throw notAvailable("triage", { draft_id: draft.draftId });
}
