import { z } from "zod";
import { destinationRowSchema, routeRowSchema } from "./authority-topology";
import { destinationKindSchema } from "./config-values";
import { governanceMetricsResponseSchema } from "./governance";
import { postureFindingSchema, postureSeveritySchema, sensitiveValuesSchema } from "./posture";
import { probeCountsSchema, probeResultSchema } from "./probe";
import { msSchema } from "./record-values";
import { scenarioPackResultSchema, scenarioResultSchema } from "./scenario";

/* The sections of an assessment report (contract 10.4). */

const countsByWord = z.record(z.string(), z.int());
const aboutSchema = z.object({ kind: z.string(), id: z.string() });
export const tenantSchema = z.object({ org_id: z.string(), workspace_id: z.string(), source: z.string() });
/** null: open. */
export const boundSchema = msSchema.nullable();

/** `name` is `unassigned` where nobody is named; `basis`: where the name stands. */
export const ownerSchema = z.object({
  assigned: z.boolean(),
  name: z.string(),
  basis: z.enum(["source_owner", "project_owner", "registered_creator", "destination_sources", "none"]),
});

/** A draft suggestion only where it was asked for. */
export const reportFindingSchema = postureFindingSchema.extend({
  incident_draft_suggestion: postureFindingSchema.shape.incident_draft_suggestion.nullable(),
});

export const assessedSourceSchema = z.object({
  project_id: z.string(),
  source_id: z.string().nullable(),
  name: z.string(),
  source_kind: z.string(),
  enabled: z.boolean(),
  paused: z.boolean(),
  ready: z.boolean().nullable(),
  findings: z.int(),
  allowed_destination_ids: z.array(z.string()),
  default_destination_ids: z.array(z.string()),
  tenant_workspace_present: z.boolean(),
  owner: ownerSchema,
});

export const assessedIncidentSchema = z.object({
  incident_id: z.string(),
  project_id: z.string().nullable(),
  log_source_id: z.string().nullable(),
  source_kind: z.string().nullable(),
  status: z.string(),
  held: z.boolean(),
  event_type: z.string(),
  risk_level: z.string().nullable(),
  risk_category: z.string().nullable(),
  route_tags: z.array(z.string()),
  evidence_refs: z.array(z.string()),
  occurrence_count: z.int(),
  draft_id: z.string().nullable(),
  last_error_present: z.boolean(),
  created_at_ms: msSchema,
  updated_at_ms: msSchema,
});

export const assessedReceiptSchema = z.object({
  post_id: z.string(),
  draft_id: z.string(),
  incident_id: z.string(),
  destination_id: z.string(),
  destination_kind: destinationKindSchema,
  operation: z.string(),
  status: z.string(),
  payload_digest: z.string(),
  idempotency_key_present: z.boolean(),
  receipt_present: z.boolean(),
  external_id_present: z.boolean(),
  error_present: z.boolean(),
  created_at_ms: msSchema,
  updated_at_ms: msSchema,
});

/** `finding_id` and `rule_id` are null for a switch that nothing has come of yet. */
export const mitigationSchema = z.object({
  source: z.enum([
    ...(["posture_finding", "assessment_probe", "safety_defaults"] as const),
    ...(["adversarial_scenario", "governance_metric"] as const),
  ]),
  recommendation: z.string(),
  severity: postureSeveritySchema,
  about: aboutSchema,
  finding_id: z.string().nullable(),
  rule_id: z.string().nullable(),
  owner: ownerSchema,
});

/** Something that the evidence cannot answer, and why not. */
export const openQuestionSchema = z.object({
  code: z.string(),
  about: aboutSchema,
  question: z.string(),
  why: z.string(),
  owner: ownerSchema,
});

/** `prev_hash_present` is false always: the ledger is a tree, and `record_hash` a leaf of it, null until it is sealed. */
export const assessedEntrySchema = z.object({
  event_id: z.string(),
  event_type: z.string(),
  created_at_ms: msSchema,
  seq: z.int().nullable(),
  prev_hash_present: z.literal(false),
  record_hash: z.string().nullable(),
  /** Salted, as it stands in the leaf. */
  payload_hash: z.string(),
  payload_keys: z.array(z.string()),
  project_id: z.string().nullable(),
  tenant_context: tenantSchema,
});

export const assessmentSectionsSchema = z.object({
  assessment_scope: z.object({
    time_window: z.object({ from_ms: boundSchema, to_ms: boundSchema }),
    source_kind: z.string().nullable(),
    min_severity: z.string(),
    includes_probe_results: z.boolean(),
    includes_draft_suggestions: z.boolean(),
    includes_raw_payloads: z.literal(false),
    /** null: the whole deployment. */
    project_ids: z.array(z.string()).nullable(),
  }),
  monitored_systems_and_sources: z.object({
    source_kind_counts: countsByWord,
    source_readiness: z.object({
      sources: z.int(),
      enabled_sources: z.int(),
      ready_sources: z.int(),
      unready_enabled_sources: z.int(),
      findings: z.int(),
      findings_by_severity: countsByWord,
      findings_by_category: countsByWord,
    }),
    sources: z.array(assessedSourceSchema),
  }),
  authority_inventory: z.object({
    counts: countsByWord,
    destinations: z.array(destinationRowSchema),
    routes: z.array(routeRowSchema),
  }),
  approval_coverage: z.object({
    approval_rules: z.int(),
    approval_required_rules: z.int(),
    destinations_requiring_approval: z.int(),
    require_approval_for_high_risk: z.boolean(),
  }),
  tenant_workspace_context_coverage: z.object({
    monitored_sources: z.int(),
    monitored_sources_with_tenant_workspace: z.int(),
    monitored_sources_missing_tenant_workspace: z.int(),
    automation_specs: z.int(),
    automation_specs_with_explicit_context: z.int(),
    automation_specs_missing_explicit_context: z.int(),
  }),
  detected_findings: z.object({
    counts: z.object({
      findings: z.int(),
      by_severity: countsByWord,
      by_category: countsByWord,
      by_rule: countsByWord,
    }),
    findings: z.array(reportFindingSchema),
  }),
  controlled_probe_results: z.object({
    selected_probe_ids: z.array(z.string()),
    counts: probeCountsSchema,
    results: z.array(probeResultSchema.extend({ source_finding: reportFindingSchema.nullable() })),
  }),
  /** `run_id` null: played for this report, which is all that is kept of it. Fields after `counts` are beyond the contract. */
  adversarial_scenario_packs: scenarioPackResultSchema
    .omit({ ran_by: true, origin: true, project_id: true })
    .extend({
      run_id: z.string().nullable(),
      state: z.enum(["played", "kept", "busy", "withheld"]),
      unproved_in_stored_packs: z.array(
        z.object({
          pack_id: z.string(),
          run_id: z.string(),
          ran_at_ms: msSchema,
          result: scenarioResultSchema,
        }),
      ),
    }),
  governance_maturity_metrics: governanceMetricsResponseSchema.shape.governance_maturity,
  incidents_and_evidence_refs: z.object({
    /** Of all that the window holds, however many are listed. */
    counts: z.object({ incidents: z.int(), by_source_kind: countsByWord }),
    incidents: z.array(assessedIncidentSchema),
  }),
  destination_receipts: z.object({
    counts: z.object({ receipts: z.int(), by_destination_kind: countsByWord, by_status: countsByWord }),
    receipts: z.array(assessedReceiptSchema),
  }),
  recommended_mitigations: z.array(mitigationSchema),
  residual_risk_and_follow_up: z.object({
    risk: z.enum(["high", "medium", "low"]),
    critical_or_high_findings: z.int(),
    failed_probes: z.int(),
    blocked_probes: z.int(),
    failed_scenarios: z.int(),
    blocked_scenarios: z.int(),
    metric_breaches: z.int(),
    drift_flags: z.int(),
    /** What the risk comes from, heaviest first. */
    because: z.array(z.object({ code: z.string(), count: z.int(), weight: z.enum(["high", "medium"]) })),
    follow_up_actions: z.array(z.string()),
  }),
  self_monitoring_boundary: z.object({
    source_kinds: z.array(z.string()),
    self_observed_incidents: z.int(),
    external_system_incidents: z.int(),
    /** Among the external ones: no project names the kind of source they came from. */
    incidents_of_unknown_source: z.int(),
    protected_monitor_audit_events: z.int(),
    failed_controlled_probes: z.int(),
    evidence_claim: z.string(),
    non_claim: z.string(),
    external_export_required_for_high_assurance: z.literal(true),
  }),
  external_audit_export: z.object({
    available: z.boolean(),
    source_kind: z.string(),
    claim: z.string(),
    customer_owned_systems: z.array(z.string()),
    existing_ndjson_endpoint: z.string(),
    report_endpoint: z.string(),
    route_preview: z.object({
      requested_destination_ids: z.array(z.string()),
      effective_destination_ids: z.array(z.string()),
      approval_required: z.boolean(),
      blocked: z.boolean(),
      /** Codes and ids: the words of readiness name hosts and secrets. */
      blocked_reasons: z.array(z.string()),
      matches: z.array(
        z.object({
          route_id: z.string().optional(),
          route_name: z.string().optional(),
          destination_ids: z.array(z.string()),
          approval_required: z.boolean(),
          reason: z.string().optional(),
        }),
      ),
      destinations: z.array(
        z.object({
          destination_id: z.string(),
          name: z.string(),
          kind: destinationKindSchema,
          enabled: z.boolean(),
          require_approval: z.boolean(),
        }),
      ),
      mutates_external_systems: z.literal(false),
      publish_method: z.string(),
    }),
    /** The newest 100 entries of the window. */
    records: z.array(assessedEntrySchema),
    sensitive_values: sensitiveValuesSchema,
  }),
  /** Beyond the contract: what the evidence cannot answer. */
  open_questions: z.array(openQuestionSchema),
});

export type AssessmentSectionsWire = z.infer<typeof assessmentSectionsSchema>;
export type MitigationWire = z.infer<typeof mitigationSchema>;
export type OpenQuestionWire = z.infer<typeof openQuestionSchema>;
export type OwnerWire = z.infer<typeof ownerSchema>;
