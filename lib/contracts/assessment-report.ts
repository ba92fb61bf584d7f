import { z } from "zod";
import { assessmentSectionsSchema, boundSchema, tenantSchema } from "./assessment-sections";
import { wholeNumberSchema } from "./config-values";
import { sensitiveValuesSchema } from "./posture";
import { actorRefSchema, msSchema } from "./record-values";

/*
 * The assessment report (contract 10.4). Words out of a list (severities, probe ids, kinds) are free text in the request: an
 * unknown one falls back to the default or finds nothing, so only types, lengths and a window that ends before it begins
 * are refused.
 */
const word = z.string().max(200).nullish();
const flag = z.boolean().nullish();
const words = z.array(z.string().max(200)).max(500).nullish();
const ms = wholeNumberSchema.max(8_000_000_000_000_000).nullish();

export const assessmentReportSchema = z
  .object({
    from_ms: ms,
    to_ms: ms,
    /** Of incidents alone. */
    source_kind: word,
    /** Of the findings that are listed; the residual risk counts all of them. */
    min_severity: word,
    probes: words,
    include_probe_results: flag,
    include_draft_suggestions: flag,
    /** false: nothing is kept, and nothing at all is written. */
    persist_artifact: flag,
    route_destination_ids: words,
    /** Never honoured: the report says that it was asked for. */
    include_raw_payloads: flag,
  })
  .refine(({ from_ms: from, to_ms: to }) => from == null || to == null || from <= to, {
    message: "It begins after it ends",
    path: ["from_ms"],
  });

export const assessmentCountsSchema = z.object({
  monitored_sources: z.int(),
  source_readiness_findings: z.int(),
  automation_specs: z.int(),
  destinations: z.int(),
  routes: z.int(),
  findings: z.int(),
  probe_results: z.int(),
  adversarial_scenarios: z.int(),
  failed_adversarial_scenarios: z.int(),
  governance_metric_breaches: z.int(),
  behavioral_drift_flags: z.int(),
  incidents: z.int(),
  destination_receipts: z.int(),
  protected_audit_events: z.int(),
  /** Beyond the contract. */
  open_questions: z.int(),
});

/** What is hashed and kept: the answer without `evidence_pack`, which holds the hash. */
export const assessmentDocumentSchema = z.object({
  schema_version: z.literal(1),
  generated_at_ms: msSchema,
  scope: z.object({
    source: z.literal("incident_monitor_security_gap_assessment_report"),
    read_only: z.literal(true),
    dry_run: z.literal(true),
    tenant_context: tenantSchema,
    from_ms: boundSchema,
    to_ms: boundSchema,
    source_kind: z.string().nullable(),
    raw_payloads_included: z.literal(false),
    raw_payload_request_ignored: z.boolean(),
  }),
  counts: assessmentCountsSchema,
  sections: assessmentSectionsSchema,
  markdown_summary: z.string(),
  sensitive_values: sensitiveValuesSchema,
});

/** `sha256`: over the canonical JSON (RFC 8785) of the answer without `evidence_pack`. */
export const assessmentEvidenceSchema = z.union([
  z.object({
    persisted: z.literal(true),
    kind: z.literal("context_run_artifact"),
    context_run_id: z.string(),
    artifact_id: z.string(),
    artifact_type: z.literal("assessment_report"),
    path: z.string(),
    sha256: z.string(),
  }),
  z.object({ persisted: z.literal(false), reason: z.string() }),
]);

export const assessmentReportResponseSchema = assessmentDocumentSchema.extend({
  evidence_pack: assessmentEvidenceSchema,
});

/** A report that is kept, without what it says. `project_ids` empty: of the whole deployment. */
export const assessmentSummarySchema = z.object({
  report_id: z.string(),
  created_at_ms: msSchema,
  actor: actorRefSchema,
  project_ids: z.array(z.string()),
  risk: z.enum(["high", "medium", "low"]),
  counts: assessmentCountsSchema,
  sha256: z.string(),
});

export const assessmentListQuerySchema = z.object({ limit: z.coerce.number().int().min(0).optional() });
export const assessmentListSchema = z.object({
  reports: z.array(assessmentSummarySchema),
  total: z.int(),
  kept_at_most: z.int(),
});

/** `markdown` answers the report's Markdown alone, as does `Accept: text/markdown`. */
export const assessmentGetQuerySchema = z.object({ format: z.enum(["json", "markdown"]).optional() });

/** `report`: the document as it was answered. `verified`: hashed again, it is still what `sha256` says. */
export const keptAssessmentSchema = assessmentSummarySchema.extend({
  verified: z.boolean(),
  report: assessmentDocumentSchema,
});

export type AssessmentReportAskWire = z.infer<typeof assessmentReportSchema>;
export type AssessmentDocumentWire = z.infer<typeof assessmentDocumentSchema>;
export type AssessmentReportResponseWire = z.infer<typeof assessmentReportResponseSchema>;
export type AssessmentSummaryWire = z.infer<typeof assessmentSummarySchema>;
export type AssessmentListWire = z.infer<typeof assessmentListSchema>;
export type KeptAssessmentWire = z.infer<typeof keptAssessmentSchema>;
