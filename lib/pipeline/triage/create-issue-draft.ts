import type { Context } from "../context";
import { requireDraft } from "../drafts/require-draft";
import { notAvailable } from "../not-available";

/**
 * Writes the issue a draft would become, from its triage summary; in this version there is none to write it from.
 *
 * @throws AppError not_found `draft_not_found`, forbidden, not_available.
 */
export async function createIssueDraft(ctx: Context, input: { draftId: string }): Promise<never> {
  const draft = await requireDraft(ctx, input.draftId, "triage");
  throw notAvailable("triage", { draft_id: draft.draftId });
}
