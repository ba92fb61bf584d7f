import type { TriagePhasesWire, TriageReviewWire } from "@/lib/contracts/triage-review";
import type { ActorRef } from "@/lib/domain/actor";
import type { Draft } from "@/lib/domain/records";
import type { SummaryChange } from "@/lib/domain/summary-diff";
import { type TriagePhase, triagePhases } from "@/lib/domain/triage";
import type { TriageActions } from "@/lib/domain/triage-actions";
import { runFacts, type TriageArtifact, type TriageRun } from "@/lib/domain/triage-run";
import { present } from "./record-parts";
import { issueDraftToWire, proposalGateToWire, summaryChangeToWire, triageSummaryToWire } from "./triage";
import { triageArtifactToWire } from "./triage-agent";
import { triageRunToWire } from "./triage-run";

type Revision = { revision: number; actor: ActorRef; changes: unknown[]; createdAtMs: number };
type Review = {
  draft: Draft;
  run: TriageRun | null;
  artifacts: readonly TriageArtifact[];
  revisions: readonly Revision[];
  earlierRuns: readonly TriageRun[];
  actions: TriageActions;
};

export function triageReviewToWire(review: Review): TriageReviewWire {
  const { draft, run, artifacts, actions } = review;
  const claim = run?.claim ?? null;
  return {
    draft_id: draft.draftId,
    run: run && triageRunToWire(runFacts(run, draft, artifacts)),
    trigger: run?.trigger ?? null,
    requested_by: run?.requestedBy ?? null,
    summary_by: run?.summaryBy ?? null,
    claim: claim && {
      ...{ kind: claim.kind, by: claim.by },
      ...{ claimed_at_ms: claim.claimedAtMs, lease_until_ms: claim.leaseUntilMs },
    },
    deadline_at_ms: run?.deadlineAtMs ?? null,
    next_attempt_at_ms: run?.status === "queued" ? run.nextAttemptAtMs : null,
    cancelled_by: run?.cancelledBy ?? null,
    reason: run?.lastError ?? null,
    phases: phasesToWire(run, artifacts),
    triage_summary: run?.summary ? triageSummaryToWire(run.summary) : null,
    proposal_quality_gate: run?.gate ? proposalGateToWire(run.gate) : null,
    issue_draft: run?.issueDraft ? issueDraftToWire(run.issueDraft) : null,
    revisions: review.revisions.map((each) => ({
      revision: each.revision,
      actor: each.actor,
      created_at_ms: each.createdAtMs,
      changes: each.changes.map((change) => summaryChangeToWire(change as SummaryChange)),
    })),
    earlier_runs: review.earlierRuns.map((each) => ({
      run_id: each.runId,
      state: each.status,
      created_at_ms: each.createdAtMs,
      ...present({ ended_at_ms: each.endedAtMs }),
    })),
    actions: {
      start: actions.start,
      cancel: actions.cancel,
      take_back: actions.takeBack,
      edit: actions.edit,
    },
  };
}

function phasesToWire(run: TriageRun | null, artifacts: readonly TriageArtifact[]): TriagePhasesWire {
  const kept = new Map(artifacts.map((each) => [each.artifactId, each]));
  const resultOf = (phase: TriagePhase) => {
    const id = run?.phases.find((each) => each.phase === phase)?.artifactId;
    const artifact = id ? kept.get(id) : undefined;
    if (!artifact) return null;
    const { id: artifactId, made_by, ts_ms, redactions, content } = triageArtifactToWire(artifact);
    return { artifact_id: artifactId, made_by, at_ms: ts_ms, redactions, content };
  };
  return Object.fromEntries(triagePhases.map((phase) => [phase, resultOf(phase)])) as TriagePhasesWire;
}
