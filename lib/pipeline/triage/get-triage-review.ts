import { type DraftRevision, listDraftRevisions } from "@/lib/db/draft-revision-store";
import { findTriageArtifacts, findTriageRun, listTriageRuns } from "@/lib/db/triage-store";
import { decidePermission, rolesHolding } from "@/lib/domain/permission";
import type { Draft } from "@/lib/domain/records";
import type { ReviewAction } from "@/lib/domain/review";
import { type TriageActions, triageActions } from "@/lib/domain/triage-actions";
import type { TriageArtifact, TriageRun } from "@/lib/domain/triage-run";
import type { Context } from "../context";
import { requireDraft } from "../drafts/require-draft";

export type TriageReview = {
  draft: Draft;
  run: TriageRun | null;
  /** Of the run's phases: what each left last. */
  artifacts: TriageArtifact[];
  revisions: DraftRevision[];
  earlierRuns: TriageRun[];
  actions: TriageActions;
};

/**
 * A draft's newest run with what its phases left, what it came to, the edits, and what this actor may do. Reads only: it
 * recovers nothing (W-50).
 *
 * @throws AppError not_found `draft_not_found`, forbidden.
 */
export async function getTriageReview(ctx: Context, draftId: string): Promise<TriageReview> {
  const draft = await requireDraft(ctx, draftId, "read");
  const [run, runs, revisions] = await Promise.all([
    draft.triageRunId ? findTriageRun(ctx.db, draft.triageRunId) : null,
    listTriageRuns(ctx.db, draftId),
    listDraftRevisions(ctx.db, draftId),
  ]);
  const ids = (run?.phases ?? []).flatMap(({ artifactId }) => artifactId ?? []);
  return {
    draft,
    run,
    artifacts: await findTriageArtifacts(ctx.db, ids),
    revisions,
    earlierRuns: runs.filter((each) => each.runId !== run?.runId),
    actions: triageActions(draft, run, permittedTo(ctx, draft), ctx.nowMs),
  };
}

function permittedTo(ctx: Context, draft: Draft): ReviewAction {
  if (decidePermission(ctx.actor, "triage", draft.content.projectId).allowed) return { allowed: true };
  const roles = rolesHolding("triage").join(" or ");
  return { allowed: false, reason: `Your role may not triage; ${roles} may` };
}
