import { announceChange } from "@/lib/db/change-feed";
import { loadConfig } from "@/lib/db/config-store";
import { findDraft } from "@/lib/db/draft-store";
import { inTransaction } from "@/lib/db/transaction";
import {
  findLiveTriageRun,
  insertTriageArtifacts,
  insertTriageRun,
  listTriageRuns,
  putDraftUnderTriage,
} from "@/lib/db/triage-store";
import { actorRef } from "@/lib/domain/actor";
import type { Draft } from "@/lib/domain/records";
import {
  agentWaitMs,
  freshPhases,
  type TriageRun,
  type TriageTrigger,
  triageBudget,
} from "@/lib/domain/triage-run";
import { newId } from "@/lib/ids";
import { authorize } from "../authorize";
import type { Context } from "../context";
import { AppError } from "../errors";
import { recordAudit } from "../record-audit";
import { duplicatesArtifact, knownDuplicates, readKnown } from "./read-duplicates";

export type TriageWanted = {
  trigger: TriageTrigger;
  /** An external agent is to take it: workers leave it alone for a while. */
  executor?: "worker" | "agent";
};
export type EnsuredRun = { draft: Draft; run: TriageRun; deduped: boolean };

/**
 * The draft's live run, or a new one in its queue. The draft's approval stays what it is (D-04, W-27). Two callers at once
 * get one run: the unique index says which of them made it.
 *
 * @throws AppError forbidden, conflict `draft_denied` when the draft was denied or deleted meanwhile.
 */
export async function ensureTriageRun(ctx: Context, draft: Draft, wanted: TriageWanted): Promise<EnsuredRun> {
  await authorize(ctx, "triage", { kind: "draft", id: draft.draftId, projectId: draft.content.projectId });
  for (let attempt = 1; ; attempt++) {
    const live = await findLiveTriageRun(ctx.db, draft.draftId);
    if (live) return { draft, run: live, deduped: true };
    const made = await insertRun(ctx, draft, wanted);
    if (made) return { draft: (await findDraft(ctx.db, draft.draftId)) ?? draft, run: made, deduped: false };
    // Somebody else's run was there and has ended since: once more, for a bounded while.
    if (attempt >= 5)
      throw new AppError("conflict", "draft_moved", "The draft changed meanwhile; look again");
  }
}

async function insertRun(ctx: Context, draft: Draft, wanted: TriageWanted): Promise<TriageRun | null> {
  const { draftId, content } = draft;
  const config = await loadConfig(ctx.db);
  const run = {
    runId: newId.triageRun(),
    draftId,
    trigger: wanted.trigger,
    requestedBy: actorRef(ctx.actor),
    phases: freshPhases(),
    budget: triageBudget(config.triageTimeoutMs),
    nextAttemptAtMs: ctx.nowMs + (wanted.executor === "agent" ? agentWaitMs : 0),
    createdAtMs: ctx.nowMs,
  };
  const [known, [earlier]] = await Promise.all([readKnown(ctx, draft), listTriageRuns(ctx.db, draftId)]);
  const duplicates = knownDuplicates(draft, known);
  // What people wrote over an earlier run's findings wins over this one's too.
  const edits = earlier?.edits ?? null;
  const artifacts = await duplicatesArtifact(config, draft, run, duplicates, ctx.nowMs);
  return inTransaction(ctx.db, async (tx) => {
    const made = await insertTriageRun(tx, { ...run, duplicates, edits });
    if (!made) return null;
    if (!(await putDraftUnderTriage(tx, draftId, run.runId, new Date(ctx.nowMs)))) throw denied(draftId);
    await insertTriageArtifacts(tx, artifacts);
    await recordAudit(tx, ctx, {
      action: "incident_monitor.triage_run.created",
      subject: { kind: "triage_run", id: run.runId, projectId: content.projectId },
      detail: { draft_id: draftId, trigger: wanted.trigger, executor: wanted.executor ?? "worker" },
    });
    await announceChange(tx, { topic: "triage", id: run.runId, projectId: content.projectId });
    await announceChange(tx, { topic: "draft", id: draftId, projectId: content.projectId });
    return made;
  });
}

const denied = (draftId: string) =>
  new AppError("conflict", "draft_denied", "The draft was denied or deleted", { draft_id: draftId });
