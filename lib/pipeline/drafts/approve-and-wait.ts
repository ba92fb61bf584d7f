import type { Draft } from "@/lib/domain/records";
import type { Context } from "../context";
import { AppError } from "../errors";
import { awaitPublished, type Published } from "../publishing/publish-and-wait";
import { type ApproveDraftInput, approveDraft } from "./approve-draft";
import { getDraft } from "./get-draft";

export type ApprovedAndSent = {
  draft: Draft;
  /** null unless the admin switched on `publish_on_approval` (D-05). */
  sent: { ok: true; published: Published } | { ok: false; error: string } | null;
};

/**
 * Approves, and where approving publishes waits for the ends as publish does. The approval stands whatever becomes of
 * that: a failed publish is told, not thrown (contract 4.8).
 *
 * @throws AppError as approveDraft does.
 */
export async function approveAndWait(ctx: Context, input: ApproveDraftInput): Promise<ApprovedAndSent> {
  const { draftId, publishes, queued, refused } = await approveDraft(ctx, input);
  if (!publishes) return { draft: await getDraft(ctx, draftId), sent: null };
  try {
    const published = await awaitPublished(ctx, draftId, { queued, refused });
    return { draft: published.draft, sent: { ok: true, published } };
  } catch (error) {
    if (!(error instanceof AppError) || error.reason !== "publish_failed") throw error;
    return { draft: await getDraft(ctx, draftId), sent: { ok: false, error: error.message } };
  }
}
