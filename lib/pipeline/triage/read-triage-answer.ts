import { listTriageArtifacts } from "@/lib/db/triage-store";
import type { Draft } from "@/lib/domain/records";
import type { ProposalGate } from "@/lib/domain/triage-gates";
import { artifactRef, runFacts, type TriageArtifact, type TriageRun } from "@/lib/domain/triage-run";
import type { ArtifactRef, ArtifactType, TriageRunFacts } from "@/lib/domain/triage-run-facts";
import type { Context } from "../context";

/** What a run came to so far, each part null while there is none (contract 4.6, 4.9-4.12). */
export type TriageResults = Pick<TriageRun, "summary" | "issueDraft" | "duplicates"> & {
  summaryArtifact: ArtifactRef | null;
  issueDraftArtifact: ArtifactRef | null;
  duplicatesArtifact: ArtifactRef | null;
};

export type TriageAnswer = {
  run: TriageRunFacts | null;
  results: TriageResults;
  /** The gate that stopped the issue draft, and where it is kept; null where none did. */
  gate: ProposalGate | null;
  gateArtifact: ArtifactRef | null;
};

export const emptyTriageAnswer: TriageAnswer = {
  run: null,
  results: {
    ...{ summary: null, issueDraft: null, duplicates: null },
    ...{ summaryArtifact: null, issueDraftArtifact: null, duplicatesArtifact: null },
  },
  gate: null,
  gateArtifact: null,
};

/** What a run has to say now. Read-only; whoever calls has authorized for its draft. */
export async function readTriageAnswer(
  ctx: Pick<Context, "db">,
  draft: Draft,
  run: TriageRun,
): Promise<TriageAnswer> {
  return triageAnswer(draft, run, await listTriageArtifacts(ctx.db, run.runId));
}

/** The newest artifact of each kind; that of a part which is not there any more is not told. */
function triageAnswer(draft: Draft, run: TriageRun, artifacts: readonly TriageArtifact[]): TriageAnswer {
  const newest = (type: ArtifactType): ArtifactRef | null => {
    const found = artifacts.findLast((each) => each.type === type);
    return found ? artifactRef(found) : null;
  };
  const { summary, issueDraft, gate, duplicates } = run;
  const isStopped = gate !== null && !gate.passed;
  return {
    run: runFacts(run, draft, artifacts),
    results: {
      ...{ summary, issueDraft, duplicates },
      summaryArtifact: summary && newest("incident_monitor_triage_summary"),
      issueDraftArtifact: issueDraft && newest("incident_monitor_issue_draft"),
      duplicatesArtifact: newest("failure_duplicate_matches"),
    },
    gate: isStopped ? gate : null,
    gateArtifact: isStopped ? newest("incident_monitor_proposal_quality_gate") : null,
  };
}
