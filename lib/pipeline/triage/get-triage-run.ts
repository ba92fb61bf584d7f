import { type DraftRevision, listDraftRevisions } from "@/lib/db/draft-revision-store";
import { listTriageArtifacts } from "@/lib/db/triage-store";
import type { TriageArtifact } from "@/lib/domain/triage-run";
import type { Context } from "../context";
import { type RunOfDraft, requireTriageRun } from "./require-triage-run";

export type ShownTriageRun = RunOfDraft & { artifacts: TriageArtifact[]; revisions: DraftRevision[] };

/**
 * A run with everything it left, and the edits of its draft. Read-only: it recovers nothing (W-50).
 *
 * @throws AppError not_found `triage_run_not_found`, forbidden.
 */
export async function getTriageRun(ctx: Context, { runId }: { runId: string }): Promise<ShownTriageRun> {
  const { run, draft } = await requireTriageRun(ctx, runId, "read");
  const [artifacts, revisions] = await Promise.all([
    listTriageArtifacts(ctx.db, runId),
    listDraftRevisions(ctx.db, draft.draftId),
  ]);
  return { run, draft, artifacts, revisions };
}
