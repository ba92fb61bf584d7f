import { z } from "zod";
import { actorRefSchema, msSchema } from "./record-values";

/** What is kept, by kind; each has a span of its own in a profile (`reports_days`, ...). */
export const retentionKinds = [
  "reports",
  "evidence",
  "incidents",
  "drafts",
  "receipts",
  "triage",
  "runs",
] as const;
export const holdScopes = ["all", "project", "source", "incident"] as const;
export const erasureKinds = ["incident", "project", "source", "person"] as const;

const countsSchema = z.record(z.string(), z.int());
const id = z.string().max(200).nullish();

/** A legal hold: while `released_at_ms` is absent nothing that it covers is removed, by nobody. */
export const retentionHoldSchema = z.object({
  hold_id: z.string(),
  scope: z.enum(holdScopes),
  /** Of an incident's hold: the project of the incident. */
  project_id: z.string().optional(),
  source_id: z.string().optional(),
  incident_id: z.string().optional(),
  reason: z.string(),
  placed_by: actorRefSchema,
  placed_at_ms: msSchema,
  released_by: actorRefSchema.optional(),
  released_at_ms: msSchema.optional(),
  release_reason: z.string().optional(),
});
export const retentionHoldResponseSchema = z.object({ hold: retentionHoldSchema });
/** Those in force first; at most 500. */
export const retentionHoldListSchema = z.object({ holds: z.array(retentionHoldSchema), count: z.int() });
/** `open=true`: those in force; `open=false`: the released ones. */
export const retentionHoldQuerySchema = z.object({ open: z.enum(["true", "false"]).optional() });
/** The ids that the scope needs: `project` a project, `source` both, `incident` an incident. */
export const placeHoldSchema = z.object({
  scope: z.enum(holdScopes),
  project_id: id,
  source_id: id,
  incident_id: id,
  reason: z.string().max(1_000),
});
export const releaseHoldSchema = z.object({ reason: z.string().max(1_000) });

/** Which profile holds for a project or log source, and where its name was found; without a project: the default. */
export const retentionChoiceSchema = z.object({
  project_id: z.string().optional(),
  source_id: z.string().optional(),
  profile: z.string(),
  chosen_by: z.enum(["source", "project", "default"]),
  /** false: nobody made a profile of that name, so that nothing is removed. */
  known: z.boolean(),
  mode: z.enum(["hide", "delete"]).optional(),
  /** Days by kind; a kind that is absent is kept for ever. */
  days: countsSchema,
});
export const retentionFindingSchema = z.object({
  code: z.enum(["retention_days_unset", "retention_profile_unknown", "retention_keeps_reports"]),
  project_id: z.string().optional(),
  source_id: z.string().optional(),
  profile: z.string(),
});
/** What a run would take now of one place, for one project or log source. */
export const retentionDueSchema = z.object({
  place: z.string(),
  kind: z.enum(retentionKinds),
  project_id: z.string().optional(),
  source_id: z.string().optional(),
  profile: z.string(),
  due: z.int(),
  /** Over its span, and kept by a hold. */
  held_back: z.int(),
  oldest_at_ms: msSchema.optional(),
  /** What is older goes. */
  before_ms: msSchema.optional(),
  /** Bytes of text that removing it frees, about. */
  bytes: z.int(),
});
/** What the job would remove if it ran now: the same plan and the same query. Nothing is changed. */
export const retentionPreviewSchema = z.object({
  at_ms: msSchema,
  /** The monitor is paused or off: nothing goes until it goes on. */
  idle: z.boolean(),
  profiles_in_use: z.array(retentionChoiceSchema),
  findings: z.array(retentionFindingSchema),
  groups: z.array(retentionDueSchema),
  total_due: z.int(),
  total_held_back: z.int(),
  total_bytes: z.int(),
});

/** One run of the job, or one erasure on request: numbers and ids, never a text of what went. */
export const retentionRunSchema = z.object({
  run_id: z.string(),
  trigger: z.enum(["schedule", "request"]),
  actor: actorRefSchema,
  project_id: z.string().optional(),
  /** Of an erasure: `kind`, ids and `reason`. */
  subject: z.record(z.string(), z.string()),
  state: z.enum(["running", "done", "more", "failed"]),
  removed: countsSchema,
  held_back: countsSchema,
  errors: z.array(z.object({ code: z.string(), place: z.string().optional() })),
  started_at_ms: msSchema,
  ended_at_ms: msSchema.optional(),
});
export const retentionRunListSchema = z.object({ runs: z.array(retentionRunSchema), count: z.int() });
export const retentionRunResponseSchema = z.object({ run: retentionRunSchema });

/**
 * Whose text is to be forgotten: an incident's, a project's or a log source's, or of every incident that names a person
 * (`person`: an address, a name or an id, four characters and more).
 */
export const erasurePreviewRequestSchema = z.object({
  kind: z.enum(erasureKinds),
  incident_id: id,
  project_id: id,
  source_id: id,
  person: z.string().max(200).nullish(),
});
export const eraseTextSchema = erasurePreviewRequestSchema.extend({ reason: z.string().max(1_000) });
/** What it would take, and what stands against it. */
export const erasurePreviewSchema = z.object({
  incidents: z.int(),
  /** There are more than were counted. */
  capped: z.boolean(),
  counts: countsSchema,
  held_by: z.array(z.string()),
  under_way: z.array(z.string()),
});

export type RetentionHoldWire = z.infer<typeof retentionHoldSchema>;
export type RetentionHoldListWire = z.infer<typeof retentionHoldListSchema>;
export type RetentionHoldQuery = z.infer<typeof retentionHoldQuerySchema>;
export type PlaceHoldWire = z.infer<typeof placeHoldSchema>;
export type RetentionChoiceWire = z.infer<typeof retentionChoiceSchema>;
export type RetentionDueWire = z.infer<typeof retentionDueSchema>;
export type RetentionPreviewWire = z.infer<typeof retentionPreviewSchema>;
export type RetentionRunWire = z.infer<typeof retentionRunSchema>;
export type RetentionRunListWire = z.infer<typeof retentionRunListSchema>;
export type ErasurePreviewRequestWire = z.infer<typeof erasurePreviewRequestSchema>;
export type EraseTextWire = z.infer<typeof eraseTextSchema>;
export type ErasurePreviewWire = z.infer<typeof erasurePreviewSchema>;
export type RetentionKind = (typeof retentionKinds)[number];
export type RetentionFindingWire = z.infer<typeof retentionFindingSchema>;
