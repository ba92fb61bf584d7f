import { announceNow } from "@/lib/db/change-feed";
import { extendTriageLease } from "@/lib/db/triage-claim-store";
import type { Context } from "../context";
import { claimLost } from "./claim-triage-run";
import { type RunOfDraft, requireTriageRun } from "./require-triage-run";

export type HeartbeatInput = { runId: string; claimId: string; leaseMs: number };

/**
 * The agent is still at it: its lease counts from now.
 *
 * @throws AppError not_found `triage_run_not_found`, forbidden, conflict `claim_lost`.
 */
export async function heartbeatTriageRun(ctx: Context, input: HeartbeatInput): Promise<RunOfDraft> {
  const { draft } = await requireTriageRun(ctx, input.runId, "triage");
  if ((await extendTriageLease(ctx.db, { ...input, nowMs: ctx.nowMs })) === null)
    throw claimLost(input.runId);
  // Until when it is held is on somebody's screen.
  await announceNow(ctx.db, { topic: "triage", id: input.runId, projectId: draft.content.projectId });
  return requireTriageRun(ctx, input.runId, "triage");
}
