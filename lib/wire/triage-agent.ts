import type {
  ChangedTriageRunWire,
  ClaimedTriageRunWire,
  SubmitTriageArtifactWire,
  TriageArtifactWire,
  TriageRunDetailWire,
} from "@/lib/contracts/triage-agent";
import type { ActorRef } from "@/lib/domain/actor";
import type { Draft } from "@/lib/domain/records";
import type { SummaryChange } from "@/lib/domain/summary-diff";
import type { PhaseArtifacts, TriagePhase } from "@/lib/domain/triage";
import { artifactRef, runFacts, type TriageArtifact, type TriageRun } from "@/lib/domain/triage-run";
import { camelKeys, snakeKeys } from "./casing";
import { draftToWire } from "./draft";
import { artifactRefToWire, summaryChangeToWire } from "./triage";
import { triageRunToWire } from "./triage-run";

/** Phases and matches are kept by the domain's names; everything else is kept as it is shown. */
export function triageArtifactToWire(artifact: TriageArtifact): TriageArtifactWire {
  const { value, made_by } = artifact.content;
  const isDomain = artifact.stepId !== null || artifact.type === "failure_duplicate_matches";
  return {
    ...artifactRefToWire(artifactRef(artifact)),
    made_by: typeof made_by === "string" ? made_by : "enrichers",
    sha256: artifact.sha256,
    redactions: { ...artifact.redactions },
    content: isDomain ? snakeKeys(value) : value,
  };
}

/** One edit of a run's summary, as it is stored. */
export type StoredRevision = { revision: number; actor: ActorRef; changes: unknown[]; createdAtMs: number };

export const triageRevisionToWire = (stored: StoredRevision) => ({
  revision: stored.revision,
  actor: stored.actor,
  created_at_ms: stored.createdAtMs,
  changes: stored.changes.map((change) => summaryChangeToWire(change as SummaryChange)),
});

/** Where a run stands, beyond what its own row in a list says: who began it, who has it, until when, and why it ended. */
export const triageStandingToWire = ({ claim, ...run }: TriageRun) => ({
  trigger: run.trigger,
  requested_by: run.requestedBy,
  summary_by: run.summaryBy,
  claim: claim && {
    ...{ kind: claim.kind, by: claim.by },
    ...{ claimed_at_ms: claim.claimedAtMs, lease_until_ms: claim.leaseUntilMs },
  },
  deadline_at_ms: run.deadlineAtMs,
  next_attempt_at_ms: run.status === "queued" ? run.nextAttemptAtMs : null,
  cancelled_by: run.cancelledBy,
  reason: run.lastError,
});

export function triageRunDetailToWire(shown: {
  run: TriageRun;
  draft: Draft;
  artifacts: readonly TriageArtifact[];
  revisions: readonly StoredRevision[];
}): TriageRunDetailWire {
  const { run, draft, artifacts } = shown;
  return {
    run: triageRunToWire(runFacts(run, draft, artifacts)),
    draft: draftToWire(draft),
    ...triageStandingToWire(run),
    claim_count: run.claimCount,
    recovery_count: run.recoveryCount,
    artifacts: artifacts.map(triageArtifactToWire),
    revisions: shown.revisions.map(triageRevisionToWire),
  };
}

type OfDraft = { run: TriageRun; draft: Draft };

/** The claim's id goes to its holder, and to nobody else. */
export const claimedTriageRunToWire = ({ run, draft }: OfDraft): ClaimedTriageRunWire => ({
  ...changedTriageRunToWire({ run, draft }),
  claim_id: run.claim?.claimId ?? "",
  lease_until_ms: run.claim?.leaseUntilMs ?? 0,
});

export const changedTriageRunToWire = ({ run, draft }: OfDraft): ChangedTriageRunWire => ({
  ok: true,
  run: triageRunToWire(runFacts(run, draft, [])),
  draft: draftToWire(draft),
});

type Submission = {
  [Phase in TriagePhase]: { claimId: string; phase: Phase; artifact: PhaseArtifacts[Phase] };
}[TriagePhase];

export function submitArtifactFromWire({ claim_id, ...rest }: SubmitTriageArtifactWire): Submission {
  return { claimId: claim_id, ...camelKeys(rest) } as Submission;
}
