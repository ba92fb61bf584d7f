import type { Context } from "../context";
import { requireDraft } from "../drafts/require-draft";
import { AppError } from "../errors";
import { notAvailable } from "../not-available";

/**
 * Starts triage of a draft. There is no triage in this version: what can be refused today is refused for its own
 * reason, everything else as not available. A draft that waits for approval may be triaged (D-04).
 *
 * @throws AppError not_found `draft_not_found`, forbidden, conflict `draft_denied`, not_available.
 */
export async function createTriageRun(ctx: Context, input: { draftId: string }): Promise<never> {
  const draft = await requireDraft(ctx, input.draftId, "triage");
  if (draft.approval === "denied") {
    throw new AppError("conflict", "draft_denied", "The draft was denied", { draft_id: draft.draftId });
  }
  throw notAvailable("triage", { draft_id: draft.draftId });
}
