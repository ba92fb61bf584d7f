import { type Fingerprint, fingerprintOf, readFailure } from "./fingerprint";
import { assumed, judgeReport, type QualityGate } from "./quality-gate";
import type { Attributes, FailureReport, ReportOrigin } from "./report";
import { reportLimits } from "./report";
import { riskRank } from "./severity";
import { truncate } from "./text";

export type ApprovalFacet = "not_required" | "required" | "granted" | "denied" | "voided" | "expired";
export type TriageFacet = "none" | "queued" | "running" | "ready" | "blocked" | "timed_out" | "failed";
export type IssueFacet = "none" | "ready" | "blocked";

/** Everything a draft says that somebody may approve. Facets, ids and times are not content. */
export type DraftContent = {
  title: string;
  detail: string;
  excerpt: string[];
  evidenceRefs: string[];
  eventType: string;
  source?: string;
  component?: string;
  level?: string;
  repo: string;
  projectId: string | null;
  logSourceId: string | null;
  sourceKind: string | null;
  riskLevel: string;
  riskCategory?: string;
  confidence: string;
  expectedDestination: string;
  routeTags: string[];
  allowedDestinationIds: string[];
  defaultDestinationIds: string[];
  externalCorrelationIds: string[];
  sourceApprovalPolicy: string | null;
  attributes: Attributes;
};

export type CandidateDraft = {
  fingerprint: Fingerprint;
  content: DraftContent;
  riskRank: number;
  gate: QualityGate;
  /** The reporter's own words for the incident, before the header lines of the draft's detail. */
  reportedDetail: string | null;
  workspaceRoot: string;
};

/**
 * The draft somebody could file for a report, with its identity and quality gate. The report has been redacted; what is
 * trusted of it (project, tags, destinations, policy) comes from `origin` alone.
 */
export function composeDraft(
  report: FailureReport,
  origin: ReportOrigin,
  sha256: (text: string) => string,
): CandidateDraft {
  const failure = readFailure(report);
  const gate = judgeReport(report, origin.provenance, failure.exceptionType);
  const event = report.event ?? eventOf(origin);
  const source = report.source ?? sourceOf(origin);
  const named: FailureReport = { ...report, event, source };
  let detail: string | undefined;
  const content: DraftContent = {
    title: truncate(titleOf(named, failure.exceptionType, failure.message), reportLimits.title),
    // Put together when it is first read: a repeat, which adds nothing to a draft, never reads it.
    get detail() {
      detail ??= renderDetail(named, origin);
      return detail;
    },
    excerpt: report.excerpt.map((row) => truncate(row, reportLimits.excerptRow)),
    evidenceRefs: report.evidenceRefs,
    eventType: event,
    source: source,
    component: report.component,
    level: report.level,
    repo: origin.repo,
    projectId: origin.projectId,
    logSourceId: origin.logSourceId,
    sourceKind: origin.sourceKind,
    riskLevel: report.riskLevel ?? assumed.riskLevel,
    riskCategory: report.riskCategory,
    confidence: report.confidence ?? assumed.confidence,
    expectedDestination: report.expectedDestination ?? assumed.expectedDestination,
    routeTags: origin.routeTags,
    allowedDestinationIds: origin.allowedDestinationIds,
    defaultDestinationIds: origin.defaultDestinationIds,
    externalCorrelationIds: report.externalCorrelationIds,
    sourceApprovalPolicy: origin.sourceApprovalPolicy,
    attributes: report.attributes,
  };
  return {
    fingerprint: fingerprintOf(report, origin, sha256, failure),
    content,
    riskRank: riskRank(content.riskLevel),
    gate,
    reportedDetail: report.detail ?? null,
    workspaceRoot: origin.workspaceRoot,
  };
}

/** What a report is called that does not say so itself, by the path it came. */
function eventOf({ provenance }: ReportOrigin): string {
  if (provenance === "intake_key") return "incident_monitor.external_report";
  return provenance === "log_source" ? "log.error" : "manual.report";
}

function sourceOf({ provenance, logSourceId }: ReportOrigin): string {
  if (provenance === "intake_key") return `incident_monitor.intake.${logSourceId ?? "external"}`;
  return provenance === "log_source" ? `incident_monitor.log.${logSourceId}` : "manual";
}

function titleOf(report: FailureReport, exceptionType: string | null, message: string | null): string {
  if (report.title) return report.title.split("\n", 1)[0] ?? report.title;
  if (exceptionType) return message ? `${exceptionType}: ${message}` : exceptionType;
  const evidence = report.excerpt[0] ?? report.detail?.split("\n", 1)[0];
  if (evidence) return truncate(evidence, 200);
  return report.event ?? report.component ?? report.attributes.process ?? report.source ?? "Failure report";
}

/** The contract's detail layout (5.7.1): `key: value` lines, the reporter's text, then excerpt and evidence. */
function renderDetail(report: FailureReport, origin: ReportOrigin): string {
  const attributes = report.attributes;
  const header: Array<[string, string | undefined | null]> = [
    ["source", report.source],
    ["file", attributes.fileName],
    ["level", report.level],
    ["process", attributes.process],
    ["component", report.component],
    ["event", report.event],
    ["confidence", report.confidence ?? assumed.confidence],
    ["risk_level", report.riskLevel ?? assumed.riskLevel],
    ["risk_category", report.riskCategory],
    ["actor", attributes.actor],
    ["model", attributes.model],
    ["tool_name", attributes.toolName],
    ["action", attributes.action],
    ["policy", attributes.policy],
    ["approval_state", attributes.approvalState],
    ["blast_radius", attributes.blastRadius],
    ["expected_destination", report.expectedDestination ?? assumed.expectedDestination],
    ["source_kind", origin.sourceKind],
    ["tenant_id", attributes.tenantId],
    ["workspace_id", attributes.workspaceId],
    ["route_tags", origin.routeTags.join(", ")],
    ["run_id", attributes.runId],
    ["session_id", attributes.sessionId],
    ["correlation_id", attributes.correlationId],
    ["external_correlation_ids", report.externalCorrelationIds.join(", ")],
  ];
  const blocks = [
    header.flatMap(([key, value]) => (value ? [`${key}: ${value.replaceAll("\n", " ")}`] : [])).join("\n"),
    report.detail ?? "",
    indented("excerpt", report.excerpt),
    indented("evidence_refs", report.evidenceRefs),
  ];
  return blocks.filter((block) => block !== "").join("\n\n");
}

function indented(label: string, rows: readonly string[]): string {
  return rows.length === 0 ? "" : [`${label}:`, ...rows.map((row) => `  ${row}`)].join("\n");
}
