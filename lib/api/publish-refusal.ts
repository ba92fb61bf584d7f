import type { Context } from "@/lib/pipeline/context";
import { getDraft } from "@/lib/pipeline/drafts/get-draft";
import { AppError } from "@/lib/pipeline/errors";
import { publishFailureContext } from "@/lib/wire/publish";

/** A refused publish or recheck carries the draft and the triage keys besides the reason (contract 4.12, 4.13). */
export async function publishRefusal(ctx: Context, draftId: string, error: unknown): Promise<unknown> {
  if (!(error instanceof AppError) || error.kind === "forbidden") return error;
  const draft = await getDraft(ctx, draftId).catch(() => null);
  return new AppError(error.kind, error.reason, error.message, {
    ...publishFailureContext(draft),
    ...error.context,
    draft_id: draftId,
  });
}
