import type { AssessmentSectionsWire } from "@/lib/contracts/assessment-sections";
import {
  type AssessmentEvidence,
  assessedRowsMax,
  type ExportRoute,
  selfSourceKinds,
} from "@/lib/domain/assessment";
import type { Mitigation } from "@/lib/domain/assessment-mitigations";
import type { OpenQuestion } from "@/lib/domain/open-questions";
import type { ResidualRisk, RiskCause, RiskCounts } from "@/lib/domain/residual-risk";
import { assessmentEvidenceSections, tally } from "./assessment-evidence-sections";
import { snakeKeys, snakeName } from "./casing";
import { sensitiveValuesToWire } from "./posture";
import { present } from "./record-parts";

/** What was gathered, with what was concluded of it. */
export type Judged = {
  evidence: AssessmentEvidence;
  mitigations: Mitigation[];
  openQuestions: OpenQuestion[];
  riskCounts: RiskCounts;
  risk: ResidualRisk;
  riskBecause: RiskCause[];
  route: ExportRoute;
};

/** The sections of contract 10.4, in its order; `open_questions` is beyond it. */
export function assessmentSections(judged: Judged): AssessmentSectionsWire {
  const { evidence } = judged;
  return {
    assessment_scope: scopeOf(evidence),
    monitored_systems_and_sources: sourcesOf(evidence),
    ...topologyOf(evidence),
    ...assessmentEvidenceSections(evidence),
    recommended_mitigations: judged.mitigations.map(({ findingId, ruleId, ...each }) => ({
      ...each,
      ...{ finding_id: findingId, rule_id: ruleId },
    })),
    residual_risk_and_follow_up: riskOf(judged),
    self_monitoring_boundary: boundaryOf(judged),
    external_audit_export: exportOf(judged),
    open_questions: judged.openQuestions,
  };
}

function scopeOf({ ask, posture, projects }: AssessmentEvidence): AssessmentSectionsWire["assessment_scope"] {
  return {
    time_window: { from_ms: ask.fromMs, to_ms: ask.toMs },
    source_kind: ask.sourceKind,
    min_severity: posture.policy.minSeverity,
    includes_probe_results: ask.includeProbeResults,
    includes_draft_suggestions: ask.includeDraftSuggestions,
    includes_raw_payloads: false,
    project_ids: projects && [...projects],
  };
}

function sourcesOf({
  inventory,
  ownerOf,
}: AssessmentEvidence): AssessmentSectionsWire["monitored_systems_and_sources"] {
  const sources = inventory.inventory.monitoredSources;
  const enabled = sources.filter((each) => each.enabled);
  const findings = sources.flatMap((each) => each.readiness?.findings ?? []);
  return {
    source_kind_counts: tally(sources.map((each) => each.sourceKind)),
    source_readiness: {
      ...{ sources: sources.length, enabled_sources: enabled.length },
      ready_sources: sources.filter((each) => each.readiness?.ready).length,
      unready_enabled_sources: enabled.filter((each) => !each.readiness?.ready).length,
      findings: findings.length,
      findings_by_severity: tally(findings.map((each) => each.severity)),
      findings_by_category: tally(findings.map((each) => each.category)),
    },
    sources: sources.slice(0, assessedRowsMax).map((each) => ({
      ...{ project_id: each.projectId, source_id: each.sourceId, name: each.name },
      ...{ source_kind: each.sourceKind, enabled: each.enabled, paused: each.paused },
      ready: each.readiness && each.readiness.ready,
      findings: each.readiness?.findings.length ?? 0,
      allowed_destination_ids: each.allowedDestinationIds,
      default_destination_ids: each.defaultDestinationIds,
      tenant_workspace_present: hasContext(each),
      owner: ownerOf({
        ...{ kind: "source", id: each.sourceId ?? each.projectId },
        ...{ projectId: each.projectId, sourceId: each.sourceId },
      }),
    })),
  };
}

const hasContext = ({ tenantId, workspaceId }: { tenantId: string | null; workspaceId: string | null }) =>
  Boolean(tenantId?.trim() && workspaceId?.trim());

function topologyOf({
  inventory: { inventory, counts },
}: AssessmentEvidence): Pick<
  AssessmentSectionsWire,
  "authority_inventory" | "approval_coverage" | "tenant_workspace_context_coverage"
> {
  const { destinations, routes, approvalRules, monitoredSources, automationSpecs } = inventory;
  const bound = monitoredSources.filter(hasContext).length;
  const explicit = automationSpecs.filter((each) => each.tenantContext?.source === "explicit").length;
  return {
    authority_inventory: {
      counts: snakeKeys(counts),
      destinations: snakeKeys(destinations.slice(0, assessedRowsMax)),
      routes: snakeKeys(routes.slice(0, assessedRowsMax)),
    },
    approval_coverage: {
      approval_rules: approvalRules.length,
      approval_required_rules: approvalRules.filter((each) => each.requiresApproval).length,
      destinations_requiring_approval: destinations.filter((each) => each.requireApproval).length,
      require_approval_for_high_risk: inventory.incidentMonitor.safetyDefaults.requireApprovalForHighRisk,
    },
    tenant_workspace_context_coverage: {
      monitored_sources: monitoredSources.length,
      monitored_sources_with_tenant_workspace: bound,
      monitored_sources_missing_tenant_workspace: monitoredSources.length - bound,
      automation_specs: automationSpecs.length,
      automation_specs_with_explicit_context: explicit,
      automation_specs_missing_explicit_context: automationSpecs.length - explicit,
    },
  };
}

const followUps: Readonly<Record<keyof RiskCounts, string>> = {
  criticalOrHighFindings: "Settle the findings of high severity, each at the setting it names.",
  failedProbes: "Restore the controls that did not hold when they were tried, and run the probes again.",
  failedScenarios: "Close the ways that the failed scenarios took, and play their pack again.",
  metricBreaches: "Go through the records that the breached metrics name.",
  blockedProbes: "Set up what the blocked probes had nothing to try on, or accept that it is untried.",
  blockedScenarios: "Open the route that the blocked scenarios need, and play their pack again.",
  driftFlags: "Find out what changed between the windows whose shares moved.",
};

function riskOf({
  risk,
  riskCounts,
  riskBecause,
  mitigations,
  openQuestions,
}: Judged): AssessmentSectionsWire["residual_risk_and_follow_up"] {
  const nobody = mitigations.filter((each) => !each.owner.assigned).length;
  return {
    risk,
    critical_or_high_findings: riskCounts.criticalOrHighFindings,
    failed_probes: riskCounts.failedProbes,
    blocked_probes: riskCounts.blockedProbes,
    failed_scenarios: riskCounts.failedScenarios,
    blocked_scenarios: riskCounts.blockedScenarios,
    metric_breaches: riskCounts.metricBreaches,
    drift_flags: riskCounts.driftFlags,
    because: riskBecause.map((each) => ({ ...each, code: snakeName(each.code) })),
    follow_up_actions: [
      ...riskBecause.map((each) => followUps[each.code]),
      ...(nobody > 0 ? [`Name an owner for the ${nobody} mitigations that nobody is assigned to.`] : []),
      ...(openQuestions.length > 0 ? [`Answer the ${openQuestions.length} questions that are open.`] : []),
      "Export the audit and this report to a system that this deployment cannot write to.",
    ],
  };
}

function boundaryOf({ evidence, riskCounts }: Judged): AssessmentSectionsWire["self_monitoring_boundary"] {
  const { bySourceKind } = evidence.incidents;
  const all = Object.values(bySourceKind).reduce((sum, each) => sum + each, 0);
  const own = selfSourceKinds.reduce((sum, kind) => sum + (bySourceKind[kind] ?? 0), 0);
  return {
    source_kinds: [...selfSourceKinds],
    self_observed_incidents: own,
    external_system_incidents: all - own,
    incidents_of_unknown_source: bySourceKind[""] ?? 0,
    protected_monitor_audit_events: evidence.audit?.total ?? 0,
    failed_controlled_probes: riskCounts.failedProbes,
    evidence_claim:
      "What this deployment took in, decided, sent and was refused, as it recorded it; and that its controls held, or did not, when they were tried.",
    non_claim:
      "That nothing happened that was not reported to it, that whoever runs this host left its records alone, or that other systems kept their own rules.",
    external_export_required_for_high_assurance: true,
  };
}

function exportOf({ evidence, route }: Judged): AssessmentSectionsWire["external_audit_export"] {
  const { decision, matches, requestedDestinationIds } = route;
  const blocked = decision.blocked.length > 0;
  const tenant = snakeKeys(evidence.inventory.scope.tenantContext);
  const external = evidence.inventory.inventory.destinations.filter(
    (each) => each.enabled && !/^(?:telemetry|memory)$/.test(each.kind),
  );
  return {
    available: !blocked && decision.effectiveDestinationIds.length > 0,
    source_kind: "tandem_monitor",
    claim:
      "The audit can be exported as signed, numbered entries and checked with the public key alone, without this deployment.",
    customer_owned_systems: external.map((each) => `${each.kind}:${each.destinationId}`),
    existing_ndjson_endpoint: "/audit/ledger/export",
    report_endpoint: "/incident-monitor/security/assessment-report",
    route_preview: {
      requested_destination_ids: requestedDestinationIds,
      effective_destination_ids: decision.effectiveDestinationIds,
      approval_required: decision.approval.required,
      blocked,
      blocked_reasons: decision.blocked.map(({ code, fields }) =>
        fields?.destinationId ? `${code}: ${fields.destinationId}` : code,
      ),
      matches: matches.map((each) => ({
        ...{ destination_ids: each.destinationIds, approval_required: each.approvalRequired },
        ...present({ route_id: each.routeId, route_name: each.routeName, reason: each.reason }),
      })),
      destinations: decision.destinations.map((each) => ({
        ...{ destination_id: each.destinationId, name: each.name, kind: each.kind, enabled: each.enabled },
        require_approval: each.requireApproval,
      })),
      mutates_external_systems: false,
      publish_method: "POST /incident-monitor/drafts/{draft_id}/publish",
    },
    records: (evidence.audit?.listed ?? []).map((each) => ({
      ...snakeKeys(each),
      prev_hash_present: false as const,
      tenant_context: tenant,
    })),
    sensitive_values: sensitiveValuesToWire(evidence.inventory),
  };
}
