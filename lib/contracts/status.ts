import { z } from "zod";
import { configSchema, destinationSchema } from "./config";
import { kindSchema, msSchema, sourceKindSchema } from "./record-values";

/** SourceReadiness of the contract (5.2). */
export const sourceReadinessSchema = z.object({
  project_id: z.string(),
  source_kind: sourceKindSchema,
  enabled: z.boolean(),
  ready: z.boolean(),
  governance_ready: z.boolean(),
  lineage_ready: z.boolean(),
  freshness_ready: z.boolean(),
  schema_ready: z.boolean(),
  protection_ready: z.boolean(),
  missing: z.array(z.string()),
  warnings: z.array(z.string()),
  findings: z.array(
    z.object({
      finding_id: z.string(),
      rule_id: z.string(),
      category: z.string(),
      severity: z.string(),
      title: z.string(),
      detail: z.string(),
      recommendation: z.string(),
      evidence_refs: z.array(z.string()),
    }),
  ),
  source_id: z.string().optional(),
  last_observed_at_ms: msSchema.optional(),
  stale_after_ms: msSchema.optional(),
  detail: z.string().optional(),
});

/** DestinationReadiness of the contract (5.2), and `circuit` while its last attempts met nobody: `ready` says that it may be
 * used, `circuit` that deliveries wait until it answers. */
export const destinationReadinessSchema = z.object({
  destination_id: z.string(),
  kind: kindSchema,
  enabled: z.boolean(),
  ready: z.boolean(),
  publish_ready: z.boolean(),
  requires_approval: z.boolean(),
  missing: z.array(z.string()),
  detail: z.string().optional(),
  circuit: z.enum(["open", "half_open"]).optional(),
});

/** Status (contract 5.2). Every `readiness` value is a boolean; `readiness.enabled` is the documented sample's. */
export const statusSchema = z.object({
  config: configSchema,
  readiness: z.record(z.string(), z.boolean()),
  runtime: z.object({
    monitoring_active: z.boolean(),
    paused: z.boolean(),
    pending_incidents: z.int(),
    total_incidents: z.int(),
    pending_posts: z.int(),
    last_processed_at_ms: msSchema.optional(),
    last_incident_event_type: z.string().optional(),
    last_runtime_error: z.string().optional(),
    last_post_result: z.string().optional(),
  }),
  log_watcher: z.object({
    running: z.boolean(),
    enabled_projects: z.int(),
    enabled_sources: z.int(),
    sources: z.array(z.record(z.string(), z.unknown())),
    last_poll_at_ms: msSchema.optional(),
    last_error: z.string().optional(),
  }),
  required_capabilities: z.record(z.string(), z.boolean()),
  missing_required_capabilities: z.array(z.string()),
  resolved_capabilities: z.array(z.record(z.string(), z.unknown())),
  discovered_mcp_tools: z.array(z.string()),
  selected_server_binding_candidates: z.array(z.record(z.string(), z.unknown())),
  destinations: z.array(destinationSchema),
  destination_readiness: z.array(destinationReadinessSchema),
  source_readiness: z.array(sourceReadinessSchema),
  selected_model: z.object({ provider_id: z.string(), model_id: z.string() }).optional(),
  pending_drafts: z.int(),
  pending_posts: z.int(),
  last_activity_at_ms: msSchema.optional(),
  last_error: z.string().optional(),
});
export const statusResponseSchema = z.object({ status: statusSchema });

/** What the Inbox shows first (beyond the contract): the strip's counts and what needs a person. */
export const overviewSchema = z.object({
  now_ms: msSchema,
  counts: z.object({
    occurrences_24h: z.int(),
    incidents: z.int(),
    drafts_open: z.int(),
    approvals_due: z.int(),
    approved_waiting: z.int(),
    held: z.int(),
    leaving: z.int(),
    published_24h: z.int(),
    failed: z.int(),
    break_glass_open: z.int(),
  }),
  /** Occurrences per hour over the last 24 h, oldest first. */
  hourly: z.array(z.object({ from_ms: msSchema, count: z.int() })),
  /** Emergency approvals that nobody has judged, what is due first first; `own`: by the caller, who may not judge it. */
  break_glass_reviews: z.array(
    z.object({
      break_glass_id: z.string(),
      draft_id: z.string(),
      title: z.string(),
      by: z.string(),
      used_at_ms: msSchema,
      due_at_ms: msSchema,
      overdue: z.boolean(),
      own: z.boolean(),
    }),
  ),
  approvals_due: z.array(
    z.object({
      draft_id: z.string(),
      title: z.string(),
      risk_level: z.string().optional(),
      source: z.string().optional(),
      occurrence_count: z.int(),
      last_seen_at_ms: msSchema,
      /** The caller's own approval stands, and those of others are missing. */
      approved_by_you: z.literal(true).optional(),
      /** Settings name the people who must approve it, and the caller is none of them. */
      asks_others: z.literal(true).optional(),
    }),
  ),
  failed_deliveries: z.array(
    z.object({
      post_id: z.string(),
      draft_id: z.string(),
      title: z.string(),
      destination_id: z.string(),
      state: z.enum(["failed", "blocked", "ambiguous"]),
      reason: z.string(),
      ended_at_ms: msSchema,
    }),
  ),
  unready_destinations: z.array(
    z.object({
      destination_id: z.string(),
      name: z.string(),
      kind: kindSchema,
      missing: z.array(z.string()),
    }),
  ),
  /** Log sources that do not speak: `silent` for longer than they promised, or `unreadable`. */
  silent_sources: z.array(
    z.object({
      project_id: z.string(),
      source_id: z.string(),
      state: z.enum(["silent", "unreadable"]),
      advice: z.string().optional(),
      since_ms: msSchema.optional(),
    }),
  ),
  /** Keys and tokens that end within 14 days or ended within 30; for those who may manage them. */
  expiring_keys: z.array(
    z.object({
      kind: z.enum(["intake_key", "api_token"]),
      id: z.string(),
      name: z.string(),
      project_id: z.string().optional(),
      expires_at_ms: msSchema,
    }),
  ),
  checklist: z.array(z.object({ key: z.string(), label: z.string(), done: z.boolean() })),
  paused: z.boolean(),
  enabled: z.boolean(),
});

/** What pressing Test at a destination found (beyond the contract). */
export const destinationTestSchema = z.object({
  destination_id: z.string(),
  ok: z.boolean(),
  outcome: z.enum(["published", "retryable", "rejected", "blocked", "ambiguous", "not_ready"]),
  message: z.string(),
  status_code: z.int().optional(),
  duration_ms: z.int(),
  response_excerpt: z.string().optional(),
});

/** Who is calling and what they may do (beyond the contract). */
export const sessionSchema = z.object({
  actor: z.object({ kind: z.string(), id: z.string(), name: z.string(), email: z.string().optional() }),
  role: z.string().optional(),
  permissions: z.array(z.string()),
});

export type StatusWire = z.infer<typeof statusSchema>;
export type OverviewWire = z.infer<typeof overviewSchema>;
export type DestinationTestWire = z.infer<typeof destinationTestSchema>;
export type SourceReadinessWire = z.infer<typeof sourceReadinessSchema>;
export type SessionWire = z.infer<typeof sessionSchema>;
