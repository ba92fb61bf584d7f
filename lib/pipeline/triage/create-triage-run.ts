import type { Context } from "../context";
import { requireDraft } from "../drafts/require-draft";
import { AppError } from "../errors";
import { type EnsuredRun, ensureTriageRun } from "./ensure-triage-run";
import { readTriageAnswer, type TriageAnswer } from "./read-triage-answer";

export type CreatedTriageRun = EnsuredRun & { answer: TriageAnswer };

/**
 * Puts a draft under triage, once: while a run is live it is that run (`deduped`). A draft that waits for approval may be
 * triaged, and waits on (D-04); paused, the run waits in its queue (D-15).
 *
 * @throws AppError not_found `draft_not_found`, forbidden, conflict `draft_denied`.
 */
export async function createTriageRun(
  ctx: Context,
  input: { draftId: string; executor?: "worker" | "agent" },
): Promise<CreatedTriageRun> {
  const draft = await requireDraft(ctx, input.draftId, "triage");
  if (draft.approval === "denied") {
    throw new AppError("conflict", "draft_denied", "The draft was denied", { draft_id: draft.draftId });
  }
  const ensured = await ensureTriageRun(ctx, draft, { trigger: "manual", executor: input.executor });
  return { ...ensured, answer: await readTriageAnswer(ctx, ensured.draft, ensured.run) };
}
