import { insertDraftRevision } from "@/lib/db/draft-revision-store";
import { inTransaction } from "@/lib/db/transaction";
import { findTriageRun, lockTriageRun } from "@/lib/db/triage-store";
import { actorRef } from "@/lib/domain/actor";
import type { Draft } from "@/lib/domain/records";
import { diffSummaries } from "@/lib/domain/summary-diff";
import { liveRunStatuses, type TriageEdit, type TriageRun, withEdit } from "@/lib/domain/triage-run";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { judgeRun } from "./judge-run";
import type { JudgedTriage } from "./judge-triage";
import { readTriageAnswer, type TriageAnswer } from "./read-triage-answer";
import { type SavedBy, saveJudged } from "./save-judged";
import { settleApproval } from "./settle-approval";

export type DraftJudged = { run: TriageRun; judged: JudgedTriage; answer: TriageAnswer };

/**
 * Judges a draft's newest run again, with `edit` over what it found, and keeps what comes of it: summary, gate, issue draft, and
 * where somebody edited a revision that says what changed. An approval of other content is voided (D-06). An ended run keeps
 * its end; only the draft's facets move.
 *
 * @throws AppError forbidden; conflict `draft_moved` when the run changed under every attempt.
 */
export async function judgeDraft(ctx: Context, draft: Draft, edit: TriageEdit | null): Promise<DraftJudged> {
  await authorize(ctx, "triage", { kind: "draft", id: draft.draftId, projectId: draft.content.projectId });
  for (let attempt = 1; attempt <= 5; attempt++) {
    const seen = draft.triageRunId ? await findTriageRun(ctx.db, draft.triageRunId) : null;
    if (!seen) throw requiresRun(draft.draftId);
    const edits = edit ? withEdit(seen.edits ?? [], edit) : (seen.edits ?? []);
    const judged = await judgeRun(ctx, draft, seen, { edits });
    const run = await keep(ctx, draft, seen, judged, { edit, edits });
    if (!run) continue;
    await settleApproval(ctx, draft.draftId);
    return { run, judged, answer: await readTriageAnswer(ctx, draft, run) };
  }
  throw new AppError("conflict", "draft_moved", "The run changed meanwhile; look again", {
    draft_id: draft.draftId,
  });
}

/** null when the run changed since it was read. */
async function keep(
  ctx: Context,
  draft: Draft,
  seen: TriageRun,
  judged: JudgedTriage,
  { edit, edits }: { edit: TriageEdit | null; edits: readonly TriageEdit[] },
): Promise<TriageRun | null> {
  const { projectId } = draft.content;
  return inTransaction(ctx.db, async (tx) => {
    const locked = await lockTriageRun(tx, seen.runId);
    if (locked?.revision !== seen.revision) return null;
    const by = summaryBy(edits, seen);
    const { run } = await saveJudged(tx, ctx, { run: locked, draft, judged, by, edits });
    if (edit) {
      const changes = diffSummaries(seen.summary?.summary ?? null, judged.summary.summary);
      const revision = await insertDraftRevision(tx, {
        draftId: draft.draftId,
        actor: actorRef(ctx.actor),
        content: { run_id: seen.runId, summary: seen.summary, issue_draft: seen.issueDraft },
        changes,
        atMs: ctx.nowMs,
      });
      await recordAudit(tx, ctx, {
        action: "incident_monitor.triage_summary.written",
        subject: { kind: "draft", id: draft.draftId, projectId },
        detail: { run_id: seen.runId, revision, fields: changes.map((each) => each.field) },
      });
    }
    await recordAudit(tx, ctx, {
      action: judged.gate.passed
        ? "incident_monitor.issue_draft.written"
        : "incident_monitor.issue_draft.blocked",
      outcome: judged.gate.passed ? "done" : "failed",
      subject: { kind: "draft", id: draft.draftId, projectId },
      detail: {
        run_id: seen.runId,
        missing: judged.gate.missing,
        live: liveRunStatuses.includes(seen.status),
      },
    });
    return run;
  });
}

function summaryBy(edits: readonly TriageEdit[], run: TriageRun): SavedBy {
  const last = edits.at(-1);
  if (last) return last.writtenBy === "model" ? "agent" : "person";
  return run.phases.some((each) => each.state === "done") ? "enrichers" : "synthesis";
}

export const requiresRun = (draftId: string) =>
  new AppError("conflict", "triage_requires_run", "The draft has no triage run: create one first", {
    draft_id: draftId,
  });
