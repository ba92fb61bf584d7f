import { type BulkOutcome, bulkMax } from "@/lib/domain/bulk";
import type { Context } from "../context";
import { createTriageRun } from "../triage/create-triage-run";
import { authorizeSomewhere, done, eachDraft, unchanged } from "./each-draft";

/**
 * Puts many drafts under triage, each with its own outcome; one that is under triage stays so.
 *
 * @throws AppError forbidden for who may triage nowhere.
 */
export async function triageDrafts(ctx: Context, draftIds: readonly string[]): Promise<BulkOutcome[]> {
  await authorizeSomewhere(ctx, "triage");
  const items = draftIds.slice(0, bulkMax).map((draftId) => ({ draftId }));
  return eachDraft(items, async ({ draftId }) => {
    const { deduped } = await createTriageRun(ctx, { draftId });
    return deduped ? unchanged(draftId, "It is under triage already.") : done(draftId, "Triage is queued.");
  });
}
