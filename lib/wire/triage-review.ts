import type { TriagePhasesWire, TriageReviewWire } from "@/lib/contracts/triage-review";
import type { Draft } from "@/lib/domain/records";
import { type TriagePhase, triagePhases } from "@/lib/domain/triage";
import type { TriageActions } from "@/lib/domain/triage-actions";
import { runFacts, type TriageArtifact, type TriageRun } from "@/lib/domain/triage-run";
import { present } from "./record-parts";
import { issueDraftToWire, proposalGateToWire, triageSummaryToWire } from "./triage";
import {
  type StoredRevision,
  triageArtifactToWire,
  triageRevisionToWire,
  triageStandingToWire,
} from "./triage-agent";
import { triageRunToWire } from "./triage-run";

type Review = {
  draft: Draft;
  run: TriageRun | null;
  artifacts: readonly TriageArtifact[];
  revisions: readonly StoredRevision[];
  earlierRuns: readonly TriageRun[];
  actions: TriageActions;
};

/** Of a draft that no run has looked into. */
const noStanding = {
  ...{ trigger: null, requested_by: null, summary_by: null, claim: null, deadline_at_ms: null },
  ...{ next_attempt_at_ms: null, cancelled_by: null, reason: null },
} satisfies Partial<TriageReviewWire>;

export function triageReviewToWire(review: Review): TriageReviewWire {
  const { draft, run, artifacts, actions } = review;
  return {
    draft_id: draft.draftId,
    run: run && triageRunToWire(runFacts(run, draft, artifacts)),
    ...(run ? triageStandingToWire(run) : noStanding),
    phases: phasesToWire(run, artifacts),
    triage_summary: run?.summary ? triageSummaryToWire(run.summary) : null,
    proposal_quality_gate: run?.gate ? proposalGateToWire(run.gate) : null,
    issue_draft: run?.issueDraft ? issueDraftToWire(run.issueDraft) : null,
    revisions: review.revisions.map(triageRevisionToWire),
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
