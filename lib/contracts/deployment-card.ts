import { z } from "zod";
import { wholeNumberSchema } from "./config-values";
import { sensitiveValuesSchema } from "./posture";
import { reassessmentScheduleSchema } from "./reassessment";
import { actorRefSchema, msSchema } from "./record-values";

/* Deployment cards (contract 10.5): what is for what, who answers for it, and when it is looked at again. */

const text = z.string().max(4_000).nullish();
const texts = z.array(z.string().max(2_000)).max(500).nullish();
const flag = z.boolean().nullish();

/** What an operator says of one deployment card; `purpose` is another name of `intended_purpose`. */
export const cardMetadataSchema = z.object({
  intended_purpose: text,
  purpose: text,
  business_owner: text,
  accountable_team: text,
  autonomy_level: text,
  data_classification: text,
  approval_protocol: text,
  escalation_protocol: text,
  allowed_actions: texts,
  prohibited_actions: texts,
  known_limitations: texts,
  residual_risks: texts,
  evidence_refs: texts,
  review_cadence_days: wholeNumberSchema.max(36_600).nullish(),
  next_reassessment_at_ms: wholeNumberSchema.max(8_000_000_000_000_000).nullish(),
});

/** Nothing of it is stored: what is sent along counts for this answer. */
export const deploymentCardsSchema = z.object({
  defaults: cardMetadataSchema.nullish(),
  metadata: z.record(z.string().max(400), cardMetadataSchema).nullish(),
  include_markdown: flag,
  /** Ignored, and echoed as `raw_inventory_request_ignored`. */
  include_raw_inventory: flag,
});

export const deploymentCardsQuerySchema = z.object({
  /** Only this card, by its id. */
  card_id: z.string().max(400).optional(),
  include_markdown: z.enum(["true", "false"]).optional(),
});

const cardFieldSchema = z.enum([
  ...(["intended_purpose", "business_owner", "accountable_team", "autonomy_level"] as const),
  ...(["data_classification", "approval_protocol", "escalation_protocol", "allowed_actions"] as const),
  ...(["prohibited_actions", "known_limitations", "residual_risks", "evidence_refs"] as const),
  ...(["review_cadence_days", "next_reassessment_at_ms"] as const),
]);
const severitySchema = z.enum(["high", "medium"]);
const cardKindSchema = z.enum(["tandem_self_monitoring", "automation", "workflow", "monitored_source"]);
const targetSchema = z.object({
  kind: z.enum(["incident_monitor", "automation", "workflow", "project", "log_source"]),
  id: z.string(),
  name: z.string(),
});

/** What is stored of a card: nothing said is null, or an empty list. */
export const storedCardMetadataSchema = z.object({
  intended_purpose: z.string().nullable(),
  business_owner: z.string().nullable(),
  accountable_team: z.string().nullable(),
  autonomy_level: z.string().nullable(),
  data_classification: z.string().nullable(),
  approval_protocol: z.string().nullable(),
  escalation_protocol: z.string().nullable(),
  allowed_actions: z.array(z.string()),
  prohibited_actions: z.array(z.string()),
  known_limitations: z.array(z.string()),
  residual_risks: z.array(z.string()),
  evidence_refs: z.array(z.string()),
  review_cadence_days: z.int().nullable(),
  next_reassessment_at_ms: msSchema.nullable(),
});

const linkSchema = z.object({ kind: z.string(), id: z.string() });

export const deploymentCardSchema = z.object({
  card_id: z.string(),
  card_kind: cardKindSchema,
  target: targetSchema,
  system_boundary: z.enum([
    ...(["tandem_self_monitoring", "tandem_runtime", "tandem_control_plane"] as const),
    "customer_owned_system",
  ]),
  source_kind: z.string().nullable(),
  /** The project that it is of; null: of none. */
  project_id: z.string().nullable(),
  intended_purpose: z.string().nullable(),
  business_owner: z.string().nullable(),
  accountable_team: z.string().nullable(),
  autonomy_level: z.string().nullable(),
  allowed_actions: z.array(z.string()),
  prohibited_actions: z.array(z.string()),
  authority: z.object({
    tools: z.array(z.string()),
    mcp_servers: z.array(z.string()),
    destinations: z.array(z.string()),
    routes: z.array(z.string()),
    data_sources: z.array(z.string()),
    /** Counts and states of the rest. */
    inventory: z.record(z.string(), z.union([z.number(), z.boolean(), z.string(), z.array(z.string())])),
  }),
  data: z.object({ classification: z.string().nullable(), tenant_scope: z.string() }),
  approval_and_escalation: z.object({
    approval_protocol: z.string().nullable(),
    escalation_protocol: z.string().nullable(),
  }),
  known_limitations: z.array(z.string()),
  residual_risks: z.array(z.string()),
  review: z.object({
    review_cadence_days: z.int().nullable(),
    next_reassessment_at_ms: msSchema.nullable(),
    last_reviewed_at_ms: msSchema.nullable(),
    /** The cadence's end or the day that was set, whichever is first. */
    due_at_ms: msSchema.nullable(),
    overdue: z.boolean(),
  }),
  linked_evidence: z.object({
    inventory_refs: z.array(z.object({ kind: z.literal("authority_inventory"), path: z.string() })),
    operator_refs: z.array(z.string()),
    posture_finding_refs: z.array(
      linkSchema.extend({
        rule_id: z.string(),
        severity: z.string(),
        fingerprint: z.string(),
        title: z.string(),
      }),
    ),
    incident_refs: z.array(linkSchema),
    evidence_pack_refs: z.array(linkSchema.extend({ created_at_ms: msSchema })),
  }),
  missing_fields: z.array(cardFieldSchema),
  /** What is stored of it (beyond the contract); null: nothing. */
  stored: z.object({ version: z.int(), updated_at_ms: msSchema, updated_by: actorRefSchema }).nullable(),
});

export const cardFindingSchema = z.object({
  finding_id: z.string(),
  /** The same whenever the same field of the same card is missing. */
  fingerprint: z.string(),
  rule_id: z.enum(["deployment_card_required_field_missing", "deployment_card_review_overdue"]),
  category: z.literal("production_governance"),
  severity: severitySchema,
  title: z.string(),
  detail: z.string(),
  recommendation: z.string(),
  affected_objects: z.array(
    z.object({ kind: z.string(), id: z.string(), card_id: z.string(), field: z.string() }),
  ),
  evidence_refs: z.array(z.object({ kind: z.string(), card_id: z.string() })),
  dry_run: z.literal(true),
});

export const deploymentCardsResponseSchema = z.object({
  schema_version: z.literal(1),
  generated_at_ms: msSchema,
  scope: z.object({
    source: z.literal("incident_monitor_deployment_cards"),
    read_only: z.literal(true),
    dry_run: z.literal(true),
    mutates_external_systems: z.literal(false),
    tenant_context: z.object({ org_id: z.string(), workspace_id: z.string(), source: z.string() }),
    raw_inventory_included: z.literal(false),
    raw_inventory_request_ignored: z.boolean(),
  }),
  card_policy: z.object({
    required_fields: z.array(cardFieldSchema),
    metadata_card_ids: z.array(z.string()),
    supports_operator_metadata: z.literal(true),
    metadata_keys: z.array(cardFieldSchema),
    /** Of one field the first that says something counts. */
    precedence: z.array(z.string()),
  }),
  counts: z.object({
    cards: z.int(),
    by_card_kind: z.record(z.string(), z.int()),
    findings: z.int(),
    missing_required_fields: z.int(),
    posture_findings_linked: z.int(),
    overdue_reviews: z.int(),
  }),
  reassessment: z.object({
    source: z.string(),
    overdue_scopes: z.int(),
    schedule: z.array(reassessmentScheduleSchema),
  }),
  cards: z.array(deploymentCardSchema),
  findings: z.array(cardFindingSchema),
  markdown_export: z.string().nullable(),
  authority_inventory: z.object({
    schema_version: z.int(),
    generated_at_ms: msSchema,
    counts: z.record(z.string(), z.int()),
  }),
  sensitive_values: sensitiveValuesSchema,
});

/** Nothing has to be said: who and when are known. */
export const reviewCardSchema = z.looseObject({});

const saidSchema = z.union([z.string(), z.int(), z.array(z.string()), z.null()]);

export const cardVersionSchema = z.object({
  version: z.int(),
  action: z.enum(["saved", "reviewed", "removed"]),
  /** What is different from the version before. */
  changes: z.array(z.object({ field: cardFieldSchema, before: saidSchema, after: saidSchema })),
  actor: actorRefSchema,
  at_ms: msSchema,
});

/** The ETag is the version; without anything stored there is none, and `version` is 0. */
export const cardMetadataResponseSchema = z.object({
  card_id: z.string(),
  project_id: z.string().nullable(),
  /** null: what the card was of is not there any more. */
  target: targetSchema.nullable(),
  version: z.int(),
  metadata: storedCardMetadataSchema.nullable(),
  last_reviewed_at_ms: msSchema.nullable(),
  /** The newest 100, newest first. */
  versions: z.array(cardVersionSchema),
});

export type CardMetadataWire = z.infer<typeof cardMetadataSchema>;
export type StoredCardMetadataWire = z.infer<typeof storedCardMetadataSchema>;
export type DeploymentCardsWire = z.infer<typeof deploymentCardsSchema>;
export type DeploymentCardWire = z.infer<typeof deploymentCardSchema>;
export type CardFindingWire = z.infer<typeof cardFindingSchema>;
export type CardFieldWire = z.infer<typeof cardFieldSchema>;
export type CardVersionWire = z.infer<typeof cardVersionSchema>;
export type DeploymentCardsResponseWire = z.infer<typeof deploymentCardsResponseSchema>;
export type CardMetadataResponseWire = z.infer<typeof cardMetadataResponseSchema>;
