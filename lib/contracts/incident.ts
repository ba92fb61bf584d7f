import { z } from "zod";
import { flagSchema, incidentStatusSchema, pageShape, recordFilterShape, spanShape } from "./list-query";
import { muteSchema, resolutionSchema, snoozeSchema, wokeSchema } from "./quiet";
import {
  actorRefSchema,
  identityPartSchema,
  listFields,
  msSchema,
  qualityGateSchema,
  redactionsSchema,
  safetyFields,
  silencedSchema,
  sourceKindSchema,
} from "./record-values";

/** An incident (contract 5.3). The keys after `event_payload` are beyond the contract. */
export const incidentSchema = z.object({
  incident_id: z.string(),
  fingerprint: z.string(),
  event_type: z.string(),
  status: z.string(),
  repo: z.string(),
  workspace_root: z.string(),
  title: z.string(),
  occurrence_count: z.int(),
  created_at_ms: msSchema,
  updated_at_ms: msSchema,
  excerpt: z.array(z.string()),
  ...listFields,
  project_id: z.string().optional(),
  log_source_id: z.string().optional(),
  detail: z.string().optional(),
  source: z.string().optional(),
  run_id: z.string().optional(),
  session_id: z.string().optional(),
  correlation_id: z.string().optional(),
  component: z.string().optional(),
  level: z.string().optional(),
  draft_id: z.string().optional(),
  triage_run_id: z.string().optional(),
  last_error: z.string().optional(),
  source_kind: sourceKindSchema.optional(),
  last_seen_at_ms: msSchema.optional(),
  ...safetyFields,
  quality_gate: qualityGateSchema.optional(),
  event_payload: z.record(z.string(), z.unknown()).optional(),
  first_seen_at_ms: msSchema,
  held: z.boolean(),
  /** Nothing of it leaves while this is there; lists, the record itself and its review say so. */
  silenced: silencedSchema.optional(),
  provenance: z.string(),
  identity: z.array(identityPartSchema),
  fingerprint_version: z.int(),
  redactions: redactionsSchema,
  /** The incident that its sightings count for too, while it is merged into one. */
  merged_into: z.string().optional(),
  snooze: snoozeSchema.optional(),
  mute: muteSchema.optional(),
  woke: wokeSchema.optional(),
  resolution: resolutionSchema.optional(),
  /** What is merged into it; the record itself says so, lists do not. */
  members: z
    .array(
      z.object({
        incident_id: z.string(),
        title: z.string(),
        fingerprint: z.string(),
        occurrence_count: z.int(),
        merged_at_ms: msSchema,
        merged_by: actorRefSchema,
        reason: z.string().optional(),
      }),
    )
    .optional(),
  /** The releases it was seen in, the earliest first, at most 100; the record itself says so, lists do not. */
  releases: z
    .array(z.object({ release: z.string(), first_seen_at_ms: msSchema, last_seen_at_ms: msSchema }))
    .optional(),
});

export const incidentListSchema = z.object({
  incidents: z.array(incidentSchema),
  count: z.int(),
  next_cursor: z.string().optional(),
  total: z.int(),
});
export const incidentResponseSchema = z.object({ incident: incidentSchema });

export const incidentListQuerySchema = z.object({
  ...pageShape,
  ...recordFilterShape,
  status: incidentStatusSchema.optional(),
  held: flagSchema.optional(),
  /** `merged` finds incidents that count for another one; all else leaves them out. */
  attention: z.enum(["awake", "snoozed", "muted", "resolved", "regressed", "merged"]).optional(),
});

/** Newest sightings of an incident and their counts over time (beyond the contract). */
export const occurrencesSchema = z.object({
  occurrences: z.array(
    z.object({
      occurrence_id: z.string(),
      received_at_ms: msSchema,
      occurred_at_ms: msSchema.optional(),
      provenance: z.string(),
      reporter: actorRefSchema,
      sighting: z.record(z.string(), z.unknown()),
    }),
  ),
  /** Counts per bucket, oldest first, over the last `bucket_count` buckets. */
  buckets: z.array(z.object({ from_ms: msSchema, count: z.int() })),
  bucket_ms: z.int(),
  count: z.int(),
  next_cursor: z.string().optional(),
  total: z.int(),
});
/** The filters narrow the sightings; the buckets count them all. */
export const occurrencesQuerySchema = z.object({
  ...pageShape,
  ...spanShape,
  bucket: z.enum(["minute", "hour", "day"]).optional(),
  source: z.string().max(200).optional(),
  provenance: z
    .enum([
      ...(["report", "operator", "intake_key", "log_source"] as const),
      ...(["runtime_event", "self_monitoring", "security"] as const),
    ])
    .optional(),
});

export type IncidentWire = z.infer<typeof incidentSchema>;
export type IncidentListWire = z.infer<typeof incidentListSchema>;
export type IncidentListQuery = z.infer<typeof incidentListQuerySchema>;
export type OccurrencesQuery = z.infer<typeof occurrencesQuerySchema>;
export type OccurrencesWire = z.infer<typeof occurrencesSchema>;
