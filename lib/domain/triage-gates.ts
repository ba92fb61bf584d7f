import { type Gate, type GateReport, gate, gateReport } from "./gate-report";
import { isPhaseDone, isWords } from "./phase-output";
import { type TriagePhase, triagePhases } from "./triage";
import { isSaid, type SummaryField, substanceFields, type TriageSummary } from "./triage-summary-fields";

/** The contract's gate (b), stage `draft_to_proposal`: may an issue be proposed? */
export type ProposalGate = GateReport<"draft_to_proposal">;

/** What the phases left, as stored: our own artifacts, or an external agent's JSON in whatever wrapping it came. */
export type PhaseOutputs = Partial<Record<TriagePhase, unknown>>;

/** Phases that left something of substance; a summary never stands in for one (W-48). */
export const donePhases = (outputs: PhaseOutputs): TriagePhase[] =>
  triagePhases.filter((phase) => isPhaseDone(phase, outputs[phase]));

/**
 * Judges whether what triage found may be proposed as an issue (contract 5.12 b, reference 5.4). Only what somebody gave or a
 * phase found counts. A confidence that nobody gave was assumed to be low, which overstates nothing: that is enough beside
 * a summary that says something.
 */
export function judgeProposal(summary: TriageSummary | null, outputs: PhaseOutputs): ProposalGate {
  const hasSummary = summary !== null && substanceFields.some((field) => isReal(summary, field));
  const missing = triagePhases.filter((phase) => !donePhases(outputs).includes(phase));
  const gates: Gate[] = [
    gate(
      "triage_summary",
      "Triage summary is written",
      hasSummary,
      hasSummary ? undefined : summary ? "it only says the report again" : "there is none",
    ),
    gate(
      "durable_artifacts",
      "Every phase left its result",
      missing.length === 0,
      missing.length === 0 ? undefined : `nothing of ${missing.join(", ")}`,
    ),
    research(summary),
    anyOf(
      summary,
      "validation_scope",
      "Scope is validated",
      ["stepsToReproduce", "logs"],
      "give steps or logs",
    ),
    uncertainty(summary, hasSummary),
    action(summary),
    anyOf(
      summary,
      "verification_steps",
      "Verification is described",
      ["verificationSteps"],
      "give a step that shows the fix works",
    ),
  ];
  return gateReport("draft_to_proposal", gates, "Not enough to propose an issue");
}

function research(summary: TriageSummary | null): Gate {
  const lists: SummaryField[] = ["researchSources", "relatedExistingIssues", "relatedFailurePatterns"];
  const listed = summary !== null && lists.some((field) => isReal(summary, field));
  const cause = summary !== null && isReal(summary, "whyItLikelyHappened");
  // The reference's own word for a cause that nobody looked for yet.
  const isPending = cause && /pending/i.test(summary.whyItLikelyHappened ?? "");
  const passed = listed || (cause && !isPending);
  const why = isPending
    ? "the cause is still called pending"
    : whyMissing(summary, [...lists, "whyItLikelyHappened"], "give a cause, a source or a related issue");
  return gate("research_performed", "Research was done", passed, passed ? undefined : why);
}

function uncertainty(summary: TriageSummary | null, hasSummary: boolean): Gate {
  const said = summary !== null && (isSaid(summary, "rootCauseConfidence") || isReal(summary, "notes"));
  const passed = said || hasSummary;
  return gate(
    "uncertainty_explicit",
    "Uncertainty is explicit",
    passed,
    said ? undefined : passed ? `assumed ${summary?.rootCauseConfidence}` : "give a confidence or notes",
  );
}

function action(summary: TriageSummary | null): Gate {
  const lacking = (["recommendedFix", "acceptanceCriteria"] as const).filter(
    (field) => summary === null || !isReal(summary, field),
  );
  const words = { recommendedFix: "a recommended fix", acceptanceCriteria: "acceptance criteria" };
  const why = whyMissing(summary, lacking, `give ${lacking.map((field) => words[field]).join(" and ")}`);
  return gate(
    "bounded_action",
    "The action is bounded",
    lacking.length === 0,
    lacking.length === 0 ? undefined : why,
  );
}

function anyOf(
  summary: TriageSummary | null,
  key: string,
  label: string,
  fields: SummaryField[],
  hint: string,
): Gate {
  const passed = summary !== null && fields.some((field) => isReal(summary, field));
  return gate(key, label, passed, passed ? undefined : whyMissing(summary, fields, hint));
}

function whyMissing(summary: TriageSummary | null, fields: readonly SummaryField[], hint: string): string {
  const onlyReported = fields.some((field) => summary?.origins[field] === "synthesised");
  return onlyReported ? `what is there was put together from the report; ${hint}` : hint;
}

/** Said by somebody or found by a phase, in words that are no placeholder. */
export function isReal(summary: TriageSummary, field: SummaryField): boolean {
  if (!isSaid(summary, field)) return false;
  const value = summary[field];
  if (typeof value === "string") return isWords(value);
  return !Array.isArray(value) || value.some((each) => typeof each !== "string" || isWords(each));
}
