import type { Draft } from "@/lib/domain/records";
import type { Context } from "../context";
import { AppError } from "../errors";
import { publishWaitMs } from "../publishing/await-deliveries";
import { awaitPublished, type Published } from "../publishing/publish-and-wait";
import { type ApproveDraftInput, type ApprovedDraft, approveDraft } from "./approve-draft";
import { type BreakGlassInput, breakGlass } from "./break-glass";
import { getDraft } from "./get-draft";

export type ApprovedAndSent = {
  draft: Draft;
  /** How many more people must approve; 0 when the gate is open. */
  missing: number;
  needed: number;
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
  return waitForSent(ctx, await approveDraft(ctx, input));
}

/** The same for breaking the glass. @throws AppError as breakGlass does. */
export async function breakGlassAndWait(ctx: Context, input: BreakGlassInput): Promise<ApprovedAndSent> {
  return waitForSent(ctx, await breakGlass(ctx, input));
}

async function waitForSent(ctx: Context, approved: ApprovedDraft): Promise<ApprovedAndSent> {
  const { draftId, missing, needed, publishes, queued, refused, graceMs } = approved;
  const counted = { missing, needed };
  if (!publishes) return { draft: await getDraft(ctx, draftId), ...counted, sent: null };
  try {
    const waitMs = graceMs > 0 ? 0 : publishWaitMs;
    const published = await awaitPublished(ctx, draftId, { queued, refused }, waitMs);
    return { draft: published.draft, ...counted, sent: { ok: true, published } };
  } catch (error) {
    if (!(error instanceof AppError) || error.reason !== "publish_failed") throw error;
    return { draft: await getDraft(ctx, draftId), ...counted, sent: { ok: false, error: error.message } };
  }
}
