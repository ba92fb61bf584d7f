import { findTriageRun } from "@/lib/db/triage-store";
import { liveRunStatuses, type TriageRun } from "@/lib/domain/triage-run";
import type { Context } from "../context";

const pollMs = 25;
const pollMsMax = 250;
/** A run that nobody took in this time waits for somebody who may never come. */
const untakenMs = 2_000;

/**
 * The run once it has ended, or as it is after `waitMs`; at the process's stop at once. The worker may be another process, so
 * the row is what is watched. One that is kept for an external agent, or that no worker takes, is not waited for. Reads only.
 */
export async function awaitTriage(ctx: Context, runId: string, waitMs: number): Promise<TriageRun | null> {
  const startedAt = performance.now();
  let pause = pollMs;
  for (;;) {
    const run = await findTriageRun(ctx.db, runId);
    if (!run || !liveRunStatuses.includes(run.status)) return run;
    const waited = performance.now() - startedAt;
    const isUntaken = run.status === "queued" && waited >= Math.min(waitMs, untakenMs);
    const isAgents = run.claim?.kind === "agent" || run.nextAttemptAtMs > ctx.nowMs + waitMs;
    if (isUntaken || isAgents || waited + pause >= waitMs || ctx.services.stopping?.aborted) return run;
    await new Promise((resolve) => setTimeout(resolve, pause));
    pause = Math.min(pollMsMax, pause * 1.5);
  }
}
