import { announceChange } from "@/lib/db/change-feed";
import { loadConfig } from "@/lib/db/config-store";
import { insertDraftRevision } from "@/lib/db/draft-revision-store";
import { inTransaction } from "@/lib/db/transaction";
import { saveTriageProgress } from "@/lib/db/triage-claim-store";
import { insertTriageArtifacts, lockTriageRun } from "@/lib/db/triage-store";
import { actorRef } from "@/lib/domain/actor";
import type { PhaseArtifacts, TriagePhase } from "@/lib/domain/triage";
import { type TriageArtifact, withPhase } from "@/lib/domain/triage-run";
import { triageNodes } from "@/lib/domain/triage-run-facts";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { claimLost, requireClaim } from "./claim-triage-run";
import { makeArtifact, redactingOf, redactValue } from "./make-artifact";
import { type RunOfDraft, requireTriageRun } from "./require-triage-run";

export type SubmitArtifactInput = {
  [Phase in TriagePhase]: { runId: string; claimId: string; phase: Phase; artifact: PhaseArtifacts[Phase] };
}[TriagePhase];

/**
 * An agent hands in what it found in a phase, once or again: the last one counts. Redacted before it is stored, and marked:
 * every statement of it is a model's, never a fact of ours (D-22). Of a signed-in person it is an edit besides, with a revision: what
 * the issue will say is theirs, and they are its author.
 *
 * @throws AppError not_found `triage_run_not_found`, forbidden, conflict `claim_lost`.
 */
export async function submitTriageArtifact(
  ctx: Context,
  input: SubmitArtifactInput,
): Promise<RunOfDraft & { artifact: TriageArtifact }> {
  const { run, draft } = await requireTriageRun(ctx, input.runId, "triage");
  requireClaim(run, input.claimId, ctx.nowMs);
  const facts = triageNodes[input.phase];
  const redacted = await redactValue(
    asModelText(input.artifact),
    redactingOf(await loadConfig(ctx.db), draft),
  );
  const artifact = makeArtifact({ run, draft, nowMs: ctx.nowMs }, facts.artifactType, redacted, {
    stepId: facts.nodeId,
    madeBy: "agent",
  });
  const saved = await inTransaction(ctx.db, async (tx) => {
    const locked = await lockTriageRun(tx, run.runId);
    if (!locked) throw claimLost(run.runId);
    const held = requireClaim(locked, input.claimId, ctx.nowMs);
    const phases = withPhase(locked.phases, input.phase, {
      ...{ state: "done", by: "agent", artifactId: artifact.artifactId, reason: null, endedAtMs: ctx.nowMs },
      startedAtMs: locked.phases.find((each) => each.phase === input.phase)?.startedAtMs ?? ctx.nowMs,
    } as const);
    await insertTriageArtifacts(tx, [artifact]);
    const kept = await saveTriageProgress(tx, { ...held, phases, nowMs: ctx.nowMs });
    if (!kept) throw claimLost(run.runId);
    if (ctx.actor.kind === "user") {
      await insertDraftRevision(tx, {
        ...{ draftId: draft.draftId, actor: actorRef(ctx.actor), changes: [], atMs: ctx.nowMs },
        content: { run_id: run.runId, summary: locked.summary, issue_draft: locked.issueDraft },
      });
    }
    await recordAudit(tx, ctx, {
      action: "incident_monitor.triage_artifact.submitted",
      subject: { kind: "triage_run", id: run.runId, projectId: draft.content.projectId },
      detail: {
        draft_id: draft.draftId,
        phase: input.phase,
        artifact_id: artifact.artifactId,
        sha256: artifact.sha256,
      },
    });
    await announceChange(tx, { topic: "triage", id: run.runId, projectId: draft.content.projectId });
    return kept;
  });
  return { run: saved, draft, artifact };
}

/** Findings and claims, wherever they are in it. */
function asModelText<T>(value: T): T {
  if (Array.isArray(value)) return value.map(asModelText) as T;
  if (value === null || typeof value !== "object") return value;
  const members = Object.entries(value).map(([key, member]) => [
    key,
    key === "certainty" ? "model" : asModelText(member),
  ]);
  return Object.fromEntries(members) as T;
}
