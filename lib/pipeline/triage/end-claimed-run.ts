import { announceChange } from "@/lib/db/change-feed";
import { findDraft } from "@/lib/db/draft-store";
import { inTransaction } from "@/lib/db/transaction";
import { endTriageRun, findTriageRun, lockTriageRun, moveTriageFacets } from "@/lib/db/triage-store";
import type { Reason } from "@/lib/domain/reason";
import type { Draft } from "@/lib/domain/records";
import type { TriageRun } from "@/lib/domain/triage-run";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { judgeRun } from "./judge-run";
import { saveJudged } from "./save-judged";
import { settleApproval } from "./settle-approval";

export type RunEnd = { status: "judged" } | { status: "failed" | "timed_out"; reason: Reason };

/**
 * Ends a claimed run: judged by the proposal gate, or given up with a reason. What the phases found stays either way, and
 * nothing is published by it (D-31). An approval of what the draft said before is voided when its issue draft changed (D-06).
 *
 * @throws AppError forbidden.
 */
export async function endClaimedRun(ctx: Context, run: TriageRun, end: RunEnd): Promise<"ended" | "lost"> {
  const draft = await findDraft(ctx.db, run.draftId);
  const permission = ctx.actor.kind === "system" ? "work" : "triage";
  const projectId = draft?.content.projectId ?? null;
  await authorize(ctx, permission, { kind: "triage_run", id: run.runId, projectId });
  if (!draft) return "lost";
  const ended =
    end.status === "judged" ? await endJudged(ctx, run, draft) : await giveUp(ctx, run, draft, end);
  if (ended && end.status === "judged") await settleApproval(ctx, draft.draftId);
  return ended ? "ended" : "lost";
}

/** Judged outside the transaction and written if nothing came meanwhile: no edit of a person is lost to what was found. */
async function endJudged(ctx: Context, run: TriageRun, draft: Draft): Promise<boolean> {
  const held = { runId: run.runId, claimId: run.claim?.claimId ?? "" };
  for (;;) {
    const seen = await findTriageRun(ctx.db, run.runId);
    if (seen?.claim?.claimId !== held.claimId) return false;
    const judged = await judgeRun(ctx, draft, seen);
    const outcome = await inTransaction(ctx.db, async (tx) => {
      const locked = await lockTriageRun(tx, run.runId);
      if (locked?.claim?.claimId !== held.claimId) return "lost";
      if (locked.revision !== seen.revision) return "changed";
      const status = judged.gate.passed ? "ready" : "blocked";
      if (!(await endTriageRun(tx, held, { status, nowMs: ctx.nowMs }))) return "lost";
      const by = (locked.edits ?? []).length > 0 ? (locked.summaryBy ?? "person") : ranBy(locked);
      await saveJudged(tx, ctx, { run: locked, draft, judged, by });
      await recordEnd(tx, ctx, locked, draft, { status, missing: judged.gate.missing });
      return "ended";
    });
    if (outcome !== "changed") return outcome === "ended";
  }
}

const ranBy = (run: TriageRun): "agent" | "enrichers" =>
  run.phases.some((each) => each.by === "agent") ? "agent" : "enrichers";

async function giveUp(
  ctx: Context,
  run: TriageRun,
  draft: Draft,
  { status, reason }: Extract<RunEnd, { reason: Reason }>,
): Promise<boolean> {
  const held = { runId: run.runId, claimId: run.claim?.claimId ?? "" };
  return inTransaction(ctx.db, async (tx) => {
    const end = { status, reason, phases: run.phases, nowMs: ctx.nowMs };
    if (!(await endTriageRun(tx, held, end))) return false;
    await moveTriageFacets(tx, run, { triage: status }, new Date(ctx.nowMs));
    await recordEnd(tx, ctx, run, draft, { status, reason: reason.code });
    await announceChange(tx, { topic: "triage", id: run.runId, projectId: draft.content.projectId });
    await announceChange(tx, { topic: "draft", id: draft.draftId, projectId: draft.content.projectId });
    return true;
  });
}

function recordEnd(
  tx: Parameters<typeof recordAudit>[0],
  ctx: Context,
  run: TriageRun,
  draft: Draft,
  detail: Record<string, unknown> & { status: string },
): Promise<void> {
  return recordAudit(tx, ctx, {
    action: "incident_monitor.triage_run.ended",
    outcome: detail.status === "failed" || detail.status === "timed_out" ? "failed" : "done",
    subject: { kind: "triage_run", id: run.runId, projectId: draft.content.projectId },
    detail: {
      draft_id: draft.draftId,
      ...detail,
      phases: run.phases.map(({ phase, state, attempts, by, artifactId }) => ({
        ...{ phase, state, attempts, by, artifact_id: artifactId },
      })),
    },
  });
}
