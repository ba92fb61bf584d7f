import type { Draft } from "@/lib/domain/records";
import type { Context } from "../context";
import { requireDraft } from "./require-draft";

/** @throws AppError not_found `draft_not_found`, forbidden */
export async function getDraft(ctx: Context, draftId: string): Promise<Draft> {
  return requireDraft(ctx, draftId, "read");
}
