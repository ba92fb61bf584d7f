import type { Context } from "@/lib/pipeline/context";
import { AppError } from "@/lib/pipeline/errors";
import { getDraftTriage } from "@/lib/pipeline/triage/get-draft-triage";
import { publishFailureContext } from "@/lib/wire/publish";

/** A refused publish or recheck carries the draft and the triage keys besides the reason (contract 4.12, 4.13). */
export async function publishRefusal(ctx: Context, draftId: string, error: unknown): Promise<unknown> {
  if (!(error instanceof AppError) || error.kind === "forbidden") return error;
  const found = await getDraftTriage(ctx, draftId).catch(() => null);
  return new AppError(error.kind, error.reason, error.message, {
    ...publishFailureContext(found?.draft ?? null, found?.answer.results),
    ...error.context,
    draft_id: draftId,
  });
}
