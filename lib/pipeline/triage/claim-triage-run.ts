import { inTransaction } from "@/lib/db/transaction";
import { claimTriageRunForAgent, type HeldRun } from "@/lib/db/triage-claim-store";
import { findTriageRun } from "@/lib/db/triage-store";
import { actorKey } from "@/lib/domain/actor";
import { claimableByAgent, type TriageRun } from "@/lib/domain/triage-run";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { type RunOfDraft, requireTriageRun } from "./require-triage-run";

export type ClaimTriageRunInput = { runId: string; leaseMs: number };

/**
 * An external agent takes a live run: one that waits, one that a worker is at, or one that another agent fell silent on. The
 * claim's id is the agent's proof in every further call; a worker that was at it writes nothing more. What the phases left so
 * far stays. Unless the agent reports within the lease the run goes back to the queue.
 *
 * @throws AppError not_found `triage_run_not_found`, forbidden, conflict `run_ended` | `run_claimed`.
 */
export async function claimTriageRun(ctx: Context, input: ClaimTriageRunInput): Promise<RunOfDraft> {
  const { run, draft } = await requireTriageRun(ctx, input.runId, "triage");
  const refusal = claimableByAgent(run, ctx.nowMs);
  if (refusal) throw refused(run.runId, refusal.code, refusal.message);
  const agent = actorKey(ctx.actor);
  const claimed = await inTransaction(ctx.db, async (tx) => {
    const taken = await claimTriageRunForAgent(tx, { ...input, agent, nowMs: ctx.nowMs });
    if (!taken) return null;
    await recordAudit(tx, ctx, {
      action: "incident_monitor.triage_run.claimed",
      subject: { kind: "triage_run", id: run.runId, projectId: draft.content.projectId },
      detail: { draft_id: draft.draftId, from: run.claim?.by ?? null, lease_ms: input.leaseMs },
    });
    return taken;
  });
  if (claimed) return { run: claimed, draft };
  const now = await findTriageRun(ctx.db, run.runId);
  const why = (now && claimableByAgent(now, ctx.nowMs)) ?? {
    code: "run_claimed",
    message: "Somebody else was first",
  };
  throw refused(run.runId, why.code, why.message);
}

const refused = (runId: string, code: string, words: string) =>
  new AppError("conflict", code, words, { triage_run_id: runId });

/** The run, while this very claim holds it. @throws AppError conflict `claim_lost` */
export function requireClaim(run: TriageRun, claimId: string, nowMs: number): HeldRun {
  const isTheirs = run.status === "running" && run.claim?.claimId === claimId;
  if (isTheirs && run.claim && run.claim.leaseUntilMs > nowMs) return { runId: run.runId, claimId };
  throw claimLost(run.runId);
}

export const claimLost = (runId: string) =>
  new AppError("conflict", "claim_lost", "The claim is over: the run ended, or somebody else has it", {
    triage_run_id: runId,
  });
