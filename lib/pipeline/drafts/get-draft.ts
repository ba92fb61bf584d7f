import { withLiveClaims } from "@/lib/domain/draft-claim";
import type { Draft } from "@/lib/domain/records";
import type { Context } from "../context";
import { markSilencedDrafts } from "../silences/mark-silenced";
import { requireDraft } from "./require-draft";

/** @throws AppError not_found `draft_not_found`, forbidden */
export async function getDraft(ctx: Context, draftId: string): Promise<Draft> {
  const draft = await requireDraft(ctx, draftId, "read");
  return withLiveClaims(await markSilencedDrafts(ctx, [draft]), ctx.nowMs)[0] ?? draft;
}
