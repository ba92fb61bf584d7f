import {
  codeSpan,
  cutUnits,
  fencedBlock,
  inlineText,
  neutraliseCode,
  neutraliseProse,
} from "@/lib/domain/issue-text";
import type { PayloadSubject } from "@/lib/domain/payload";

/** How much of the long parts is taken, in UTF-16 units and rows. */
export type IssueBounds = {
  leadMax: number;
  logRowCount: number;
  logRowMax: number;
  logTotalMax: number;
  evidenceCount: number;
  evidenceMax: number;
  missingGateCount: number;
};

/** Reference 4.1; what follows shrinks the long parts before anything has to go. */
export const issueBoundSteps: readonly IssueBounds[] = [
  bounds(4_000, 30, 1_500, 4_000, 15, 1_500, 20),
  bounds(4_000, 30, 1_500, 4_000, 15, 300, 20),
  bounds(2_000, 30, 600, 2_500, 15, 200, 20),
  bounds(1_000, 15, 300, 1_200, 10, 120, 10),
  bounds(500, 8, 150, 500, 5, 100, 5),
];

function bounds(
  leadMax: number,
  logRowCount: number,
  logRowMax: number,
  logTotalMax: number,
  evidenceCount: number,
  evidenceMax: number,
  missingGateCount: number,
): IssueBounds {
  return { leadMax, logRowCount, logRowMax, logTotalMax, evidenceCount, evidenceMax, missingGateCount };
}

type Draft = PayloadSubject["draft"];

export function leadSection(draft: Draft, { leadMax }: IssueBounds): string {
  return neutraliseProse(cutUnits(draft.detail.trim(), leadMax));
}

/** The closed issue that it is a regression of, if there is one: by its own reference, so that it links. */
export function regressionLine(draft: Draft): string {
  const previous = draft.previousIssue?.reference ?? "";
  const isReference = /^(?:#\d{1,9}|[A-Z][A-Z0-9]{0,9}-\d{1,9})$/.test(previous);
  return isReference ? `Regression of ${previous}, which was closed.` : "";
}

/** Ids of ours, and the event's name as it was reported. */
export function idsSection({ draft, incident }: PayloadSubject): string {
  return bullets([
    ["incident_id", incident.incidentId],
    ["draft_id", draft.draftId],
    ["event_type", draft.eventType],
    ["repo", draft.repo],
    ["project_id", draft.projectId],
    ["log_source_id", draft.logSourceId],
    ["triage_run_id", draft.triageRunId],
  ]);
}

/** The excerpt, or the detail's first rows where there is none, in a fence of its own. Empty without either. */
export function logsSection(draft: Draft, limits: Omit<IssueBounds, "leadMax" | "evidenceMax">): string {
  const fallback = draft.detail.split("\n").slice(0, 12);
  const rows = draft.excerpt.some((row) => row.trim() !== "") ? draft.excerpt : fallback;
  const text = rows
    .slice(0, limits.logRowCount)
    .map((row) => cutUnits(row, limits.logRowMax))
    .join("\n");
  if (text.trim() === "") return "";
  return fencedBlock(neutraliseCode(cutUnits(text, limits.logTotalMax)));
}

export function evidenceSection(draft: Draft, { evidenceCount, evidenceMax }: IssueBounds): string {
  const refs = [...new Set(draft.evidenceRefs.map((ref) => ref.trim()).filter(Boolean))].sort();
  return refs
    .slice(0, evidenceCount)
    .map((ref) => `- ${codeSpan(ref, evidenceMax)}`)
    .join("\n");
}

/** What is known of where it happened. Counts and times change after an approval and are not here. */
export function metadataSection(draft: Draft): string {
  return bullets([
    ["component", draft.component],
    ["level", draft.level],
    ["source", draft.source],
    ["source_kind", draft.sourceKind],
    ["correlation_ids", draft.externalCorrelationIds.slice(0, 20).join(", ")],
  ]);
}

const signalAttributes = ["actor", "model", "tool_name", "action", "policy", "blast_radius"];

/** What a reader judges the weight of it by, and what the quality gate missed when it did not pass. */
export function signalSection(draft: Draft, { missingGateCount }: IssueBounds): string {
  const gate = draft.qualityGate ?? {};
  const isBlocked = gate.passed === false || gate.status === "blocked";
  const missing = Array.isArray(gate.missing) ? gate.missing.filter((each) => typeof each === "string") : [];
  const why = gate.blockedReason ?? gate.blocked_reason;
  return bullets([
    ["confidence", draft.confidence],
    ["risk_level", draft.riskLevel],
    ["risk_category", draft.riskCategory],
    ...signalAttributes.map((name): [string, string | undefined] => [name, draft.attributes[name]]),
    ["expected_destination", draft.expectedDestination],
    ["quality_gate", isBlocked ? String(gate.status ?? "blocked") : undefined],
    ["missing_gates", isBlocked ? missing.slice(0, missingGateCount).join(", ") : undefined],
    ["gate_reason", isBlocked && typeof why === "string" ? why : undefined],
  ]);
}

/** Only what exists is printed. */
function bullets(facts: ReadonlyArray<[string, string | undefined]>): string {
  return facts
    .filter(([, value]) => value !== undefined && value.trim() !== "")
    .map(([name, value]) => `- ${name}: ${inlineText(value ?? "", 500)}`)
    .join("\n");
}
