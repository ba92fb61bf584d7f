import { loadConfig } from "@/lib/db/config-store";
import { findDraft } from "@/lib/db/draft-store";
import { actorRef } from "@/lib/domain/actor";
import type { Draft } from "@/lib/domain/records";
import { readSummary } from "@/lib/domain/triage-summary";
import type { TriageSummaryInput } from "@/lib/domain/triage-summary-fields";
import type { Context } from "../context";
import { requireDraft } from "../drafts/require-draft";
import { awaitTriage } from "./await-triage";
import { judgeDraft, requiresRun } from "./judge-draft";
import { redactingOf, redactValue } from "./make-artifact";
import type { TriageAnswer } from "./read-triage-answer";
import { type Remembered, rememberFailure } from "./remember-failure";

/** How long the phases of a run under way are waited for, so that a script may send a summary right after its run. */
export const summaryWaitMs = 10_000;

export type WrittenSummary = {
  draft: Draft;
  answer: TriageAnswer;
  pattern: Remembered | null;
  regression: Remembered | null;
};

/**
 * Takes a summary for a draft's newest run: what is said in it wins over what the phases found, which stays where nothing is
 * said. Without substance the summary is what was found alone. It is judged, the issue draft is made again, and both are kept with
 * a revision; a gate that stops the issue draft leaves the summary saved (`answer.gate` says what is missing then).
 *
 * @throws AppError not_found `draft_not_found`, forbidden, conflict `triage_requires_run` | `draft_moved`.
 */
export async function createTriageSummary(
  ctx: Context,
  input: { draftId: string; summary: TriageSummaryInput; waitMs?: number },
): Promise<WrittenSummary> {
  const draft = await requireDraft(ctx, input.draftId, "triage");
  if (!draft.triageRunId) throw requiresRun(draft.draftId);
  await awaitTriage(ctx, draft.triageRunId, input.waitMs ?? summaryWaitMs);
  const { value: fields } = await redactValue(input.summary, redactingOf(await loadConfig(ctx.db), draft));
  const writtenBy = ctx.actor.kind === "agent" ? ("model" as const) : ("person" as const);
  // A wish (coder-ready, scopes) is kept with or without substance; an empty body edits nothing.
  const unsays = fields.coderReady === null || fields.permissionsAvailable === null;
  const says =
    unsays ||
    readSummary(fields).substance ||
    Object.values(fields).some((each) => each !== undefined && each !== null);
  const edit = says ? { writtenBy, actor: actorRef(ctx.actor), atMs: ctx.nowMs, fields } : null;
  const { run, answer } = await judgeDraft(ctx, draft, edit);
  const remembered = await rememberFailure(ctx, draft, run);
  return { draft: (await findDraft(ctx.db, draft.draftId)) ?? draft, answer, ...remembered };
}
