import type { DuplicateSummaryWire, ReportResponseWire, SubmissionWire } from "@/lib/contracts/report";
import type { AcceptedRecord } from "@/lib/domain/records";
import { type Attributes, attributeNames, type FailureReport } from "@/lib/domain/report";
import { camelName } from "./casing";
import { draftToWire } from "./draft";
import { incidentToWire } from "./incident";

/** What the reporter may say. Project, source, tags, destinations, policy and tenant are read and dropped (4.15). */
export function reportFromWire(wire: SubmissionWire): FailureReport {
  const attributes: Attributes = {};
  const known = new Set<string>(attributeNames);
  for (const [key, value] of Object.entries(wire)) {
    const name = camelName(key);
    if (typeof value === "string" && known.has(name)) attributes[name as keyof Attributes] = value;
  }
  return {
    title: wire.title ?? undefined,
    detail: wire.detail ?? undefined,
    source: wire.source ?? undefined,
    event: wire.event ?? undefined,
    level: wire.level ?? undefined,
    component: wire.component ?? undefined,
    confidence: wire.confidence ?? undefined,
    riskLevel: wire.risk_level ?? undefined,
    riskCategory: wire.risk_category ?? undefined,
    expectedDestination: wire.expected_destination ?? undefined,
    fingerprint: wire.fingerprint ?? undefined,
    repo: wire.repo ?? undefined,
    workspaceRoot: wire.workspace_root ?? undefined,
    excerpt: wire.excerpt ?? [],
    evidenceRefs: wire.evidence_refs ?? [],
    externalCorrelationIds: wire.external_correlation_ids ?? [],
    attributes,
    occurredAtMs: wire.occurred_at_ms ?? undefined,
  };
}

/** Nothing similar is claimed without evidence; an exact repeat is one match, with its count (contract 5.13). */
export function duplicateSummary(accepted: AcceptedRecord): DuplicateSummaryWire {
  if (accepted.outcome !== "recurrence") {
    return {
      reason: "duplicate_failure_pattern",
      match_count: 0,
      max_recurrence_count: 1,
      linked_issue_numbers: [],
      best_match: null,
      matches: [],
    };
  }
  const { incident } = accepted;
  const match = {
    source: "incident_monitor",
    fingerprint: incident.wireFingerprint,
    summary: incident.title,
    match_reason: "exact_fingerprint",
    score: 1,
    recurrence_count: incident.occurrenceCount,
    linked_issue_numbers: [],
    run_id: null,
    memory_id: null,
    artifact_refs: [],
    artifact_path: null,
    candidate_id: incident.incidentId,
    linked_context_run_id: null,
    source_coder_run_id: null,
  };
  return {
    reason: "duplicate_failure_pattern",
    match_count: 1,
    max_recurrence_count: incident.occurrenceCount,
    linked_issue_numbers: [],
    best_match: match,
    matches: [match],
  };
}

/** The `/report` answer for an accepted report with a draft; a repeat of an approved one says `suppressed`. */
export function reportResponse(
  accepted: AcceptedRecord & { draft: NonNullable<AcceptedRecord["draft"]> },
): ReportResponseWire {
  const summary = duplicateSummary(accepted);
  return {
    draft: draftToWire(accepted.draft),
    duplicate_summary: summary,
    duplicate_matches: summary.matches,
    incident_id: accepted.incident.incidentId,
    outcome: accepted.outcome === "new" ? "new" : "recurrence",
    ...(accepted.suppressed && { suppressed: true as const, reason: "duplicate_failure_pattern" }),
    ...(accepted.held && { held: true as const }),
  };
}

export function intakeResponse(accepted: AcceptedRecord & { draft: NonNullable<AcceptedRecord["draft"]> }) {
  return {
    draft: draftToWire(accepted.draft),
    incident: incidentToWire(accepted.incident),
    outcome: accepted.outcome === "new" ? ("new" as const) : ("recurrence" as const),
    ...(accepted.held && { held: true as const }),
  };
}
