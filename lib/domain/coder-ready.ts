import { type GateReport, gate, gateReport } from "./gate-report";
import { riskRank } from "./severity";
import { isReal } from "./triage-gates";
import { isSaid, type TriageSummary } from "./triage-summary-fields";

/** The contract's gate (c), stage `proposal_to_coder_ready`: may a coding agent take it? It never blocks publishing. */
export type CoderReadyGate = GateReport<"proposal_to_coder_ready"> & {
  /** What was asked for; null when nobody asked. */
  requestedCoderReady: boolean | null;
};

export type CoderReadyFacts = {
  /** The draft's own risk: a summary may find more of it, never less (D-08). */
  draftRiskLevel: string | null;
  /** An open issue about the same failure is known. */
  isDuplicate: boolean;
};

/** Asked for (or not refused) and eligible. A summary that nobody wrote and no phase found is eligible for nothing. */
export function judgeCoderReady(
  summary: TriageSummary,
  { draftRiskLevel, isDuplicate }: CoderReadyFacts,
): { gate: CoderReadyGate; coderReady: boolean } {
  const confident = summary.rootCauseConfidence !== "low" && isSaid(summary, "rootCauseConfidence");
  const scoped = isReal(summary, "likelyFilesToEdit") || isReal(summary, "affectedComponents");
  const accepted = isReal(summary, "acceptanceCriteria");
  const verified = isReal(summary, "verificationSteps");
  const rank = Math.max(riskRank(summary.riskLevel), riskRank(draftRiskLevel));
  const lowRisk = rank > 0 && rank < riskRank("high");
  const toolsMissing = summary.missingToolScopes.length > 0;
  const refused = summary.permissionsAvailable === false;
  const riskWords =
    riskRank(summary.riskLevel) < rank
      ? `the draft's risk is ${draftRiskLevel}`
      : `it is ${summary.riskLevel}`;
  const report = gateReport(
    "proposal_to_coder_ready",
    [
      gate(
        "confidence",
        "The cause is known well enough",
        confident,
        confident ? undefined : "the confidence must be high or medium",
      ),
      gate("scope_identified", "The scope is named", scoped, scoped ? undefined : "name files or components"),
      gate(
        "acceptance_criteria",
        "Acceptance criteria are given",
        accepted,
        accepted ? undefined : "give acceptance criteria",
      ),
      gate(
        "verification_steps",
        "Verification is described",
        verified,
        verified ? undefined : "give verification steps",
      ),
      gate("risk_level", "The risk is low or medium", lowRisk, riskDetail()),
      gate(
        "duplicate_clear",
        "It is no duplicate",
        !isDuplicate,
        isDuplicate ? "an open issue is about the same failure" : undefined,
      ),
      gate(
        "tool_scope_available",
        "The tools it needs are available",
        !toolsMissing && !refused,
        toolsMissing
          ? `missing: ${summary.missingToolScopes.join(", ").slice(0, 400)}`
          : refused
            ? "permissions are not available"
            : undefined,
      ),
    ],
    "Not ready for a coding agent",
  );
  return {
    gate: { ...report, requestedCoderReady: summary.coderReady },
    coderReady: (summary.coderReady ?? report.passed) && report.passed,
  };

  function riskDetail(): string | undefined {
    if (!lowRisk) return riskWords;
    return summary.origins.riskLevel === undefined ? `assumed ${summary.riskLevel}` : undefined;
  }
}
