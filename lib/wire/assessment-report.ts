import type {
  AssessmentDocumentWire,
  AssessmentListWire,
  AssessmentReportAskWire,
  AssessmentReportResponseWire,
  AssessmentSummaryWire,
  KeptAssessmentWire,
} from "@/lib/contracts/assessment-report";
import {
  type AssessmentAsk,
  type AssessmentEvidence,
  assessmentsKept,
  type KeptAssessment,
} from "@/lib/domain/assessment";
import { clampLimit } from "@/lib/domain/page";
import { normaliseList } from "@/lib/domain/text";
import { assessmentMarkdown } from "./assessment-markdown";
import { assessmentSections, type Judged } from "./assessment-sections";
import { snakeKeys } from "./casing";
import { sensitiveValuesToWire } from "./posture";

export function assessmentFromWire(body: AssessmentReportAskWire): AssessmentAsk {
  return {
    fromMs: body.from_ms ?? null,
    toMs: body.to_ms ?? null,
    sourceKind: body.source_kind?.trim() || null,
    minSeverity: body.min_severity?.trim() || null,
    probes: normaliseList(body.probes ?? []),
    includeProbeResults: body.include_probe_results ?? true,
    includeDraftSuggestions: body.include_draft_suggestions ?? false,
    persistArtifact: body.persist_artifact ?? true,
    routeDestinationIds: normaliseList(body.route_destination_ids ?? []),
    rawPayloadsRequested: body.include_raw_payloads ?? false,
  };
}

/** The document as it is answered, hashed and kept: everything but where it is kept. */
export function assessmentDocument(judged: Judged): AssessmentDocumentWire {
  const { evidence } = judged;
  const { ask, inventory } = evidence;
  const document = {
    schema_version: 1 as const,
    generated_at_ms: evidence.generatedAtMs,
    scope: {
      source: "incident_monitor_security_gap_assessment_report" as const,
      ...({ read_only: true, dry_run: true } as const),
      tenant_context: snakeKeys(inventory.scope.tenantContext),
      ...{ from_ms: ask.fromMs, to_ms: ask.toMs, source_kind: ask.sourceKind },
      raw_payloads_included: false as const,
      raw_payload_request_ignored: ask.rawPayloadsRequested,
    },
    counts: countsOf(judged),
    sections: assessmentSections(judged),
    sensitive_values: sensitiveValuesToWire(inventory),
  };
  return { ...document, markdown_summary: assessmentMarkdown(document) };
}

function countsOf({ evidence, riskCounts, openQuestions }: Judged): AssessmentDocumentWire["counts"] {
  const { inventory, posture, probes, scenarios, incidents, receipts, audit } = evidence;
  const sources = inventory.inventory.monitoredSources;
  return {
    monitored_sources: inventory.counts.monitoredSources,
    source_readiness_findings: sources.reduce((sum, each) => sum + (each.readiness?.findings.length ?? 0), 0),
    automation_specs: inventory.counts.automationSpecs,
    destinations: inventory.counts.destinations,
    routes: inventory.counts.routes,
    findings: posture.counts.findings,
    probe_results: probes.counts.results,
    adversarial_scenarios: scenarios.run.counts.total,
    failed_adversarial_scenarios: riskCounts.failedScenarios,
    governance_metric_breaches: riskCounts.metricBreaches,
    behavioral_drift_flags: riskCounts.driftFlags,
    incidents: totalOf(incidents),
    destination_receipts: receipts.counts.reduce((sum, each) => sum + each.count, 0),
    protected_audit_events: audit?.total ?? 0,
    open_questions: openQuestions.length,
  };
}

const totalOf = ({ bySourceKind }: AssessmentEvidence["incidents"]) =>
  Object.values(bySourceKind).reduce((sum, each) => sum + each, 0);

export const assessmentReportPath = (reportId: string): string =>
  `/incident-monitor/security/assessment-reports/${encodeURIComponent(reportId)}`;

export function assessmentAnswerToWire({
  document,
  kept,
}: {
  document: AssessmentDocumentWire;
  kept: KeptAssessment | null;
}): AssessmentReportResponseWire {
  if (!kept) return { ...document, evidence_pack: { persisted: false, reason: "persist_artifact_false" } };
  return {
    ...document,
    evidence_pack: {
      ...({ persisted: true, kind: "context_run_artifact", artifact_type: "assessment_report" } as const),
      ...{ context_run_id: kept.reportId, artifact_id: kept.reportId },
      ...{ path: assessmentReportPath(kept.reportId), sha256: kept.sha256 },
    },
  };
}

const summaryToWire = (kept: KeptAssessment): AssessmentSummaryWire => ({
  report_id: kept.reportId,
  created_at_ms: kept.createdAtMs,
  actor: kept.actor,
  project_ids: kept.projectIds,
  risk: kept.risk as AssessmentSummaryWire["risk"],
  counts: kept.counts as AssessmentSummaryWire["counts"],
  sha256: kept.sha256,
});

export const assessmentListToWire = (listed: {
  reports: readonly KeptAssessment[];
  total: number;
}): AssessmentListWire => ({
  reports: listed.reports.map(summaryToWire),
  total: listed.total,
  kept_at_most: assessmentsKept,
});

/** The document is what was answered then, whatever this version would write. */
export const keptAssessmentToWire = (found: {
  kept: KeptAssessment;
  document: unknown;
  verified: boolean;
}): KeptAssessmentWire => ({
  ...summaryToWire(found.kept),
  verified: found.verified,
  report: found.document as KeptAssessmentWire["report"],
});

export const assessmentsFromQuery = ({ limit }: { limit?: number }) => ({ limit: clampLimit(limit) });
