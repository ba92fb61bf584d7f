import { z } from "zod";
import { draftStatusSchema, flagSchema, pageShape, recordFilterShape } from "./list-query";
import { draftQueueStates, draftSorts } from "./queue-words";
import {
  actorRefSchema,
  identityPartSchema,
  kindSchema,
  listFields,
  msSchema,
  qualityGateSchema,
  reasonSchema,
  redactionsSchema,
  safetyFields,
  silencedSchema,
  sourceKindSchema,
} from "./record-values";

export const approvalFacets = ["not_required", "required", "granted", "denied", "voided", "expired"] as const;
export const triageFacets = ["none", "queued", "running", "ready", "blocked", "timed_out", "failed"] as const;
export const issueFacets = ["none", "ready", "blocked"] as const;
export const deliveryStates = [
  "due",
  "sending",
  "retrying",
  "published",
  "failed",
  "ambiguous",
  "blocked",
  "cancelled",
] as const;

export const draftClaimSchema = z.object({ by: actorRefSchema, since_ms: msSchema, until_ms: msSchema });

/** A draft (contract 5.4). The keys after `next_recovery_at_ms` are beyond the contract. */
export const draftSchema = z.object({
  draft_id: z.string(),
  fingerprint: z.string(),
  repo: z.string(),
  status: z.string(),
  created_at_ms: msSchema,
  ...listFields,
  project_id: z.string().optional(),
  log_source_id: z.string().optional(),
  title: z.string().optional(),
  detail: z.string().optional(),
  triage_run_id: z.string().optional(),
  source_kind: sourceKindSchema.optional(),
  approval_granted_at_ms: msSchema.optional(),
  issue_number: z.int().optional(),
  matched_issue_number: z.int().optional(),
  matched_issue_state: z.string().optional(),
  github_status: z.string().optional(),
  github_issue_url: z.string().optional(),
  github_comment_url: z.string().optional(),
  github_posted_at_ms: msSchema.optional(),
  evidence_digest: z.string().optional(),
  ...safetyFields,
  quality_gate: qualityGateSchema.optional(),
  last_post_error: z.string().optional(),
  recovery_attempts: z.int().optional(),
  next_recovery_at_ms: msSchema.optional(),
  incident_id: z.string(),
  revision: z.int(),
  facets: z.object({
    approval: z.enum(approvalFacets),
    triage: z.enum(triageFacets),
    issue: z.enum(issueFacets),
  }),
  held: z.boolean(),
  /** The incident that its own one was merged into: it is closed as a denied one while that stands. */
  superseded_by: z.string().optional(),
  /** Nothing of it leaves while this is there; lists, the record itself and its review say so. */
  silenced: silencedSchema.optional(),
  /** Who is on it, since when, and when that lapses unless it is renewed. */
  claim: draftClaimSchema.optional(),
  /** In lists: the caller's own approval stands, and those of others are missing. */
  approved_by_you: z.literal(true).optional(),
  /** In lists: settings name the people who must approve it, and the caller is none of them. */
  asks_others: z.literal(true).optional(),
  provenance: z.string(),
  event_type: z.string(),
  source: z.string().optional(),
  component: z.string().optional(),
  level: z.string().optional(),
  excerpt: z.array(z.string()),
  occurrence_count: z.int(),
  first_seen_at_ms: msSchema,
  last_seen_at_ms: msSchema,
  updated_at_ms: msSchema,
  /** Why grouped: the parts of the identity and its version. */
  identity: z.array(identityPartSchema),
  fingerprint_version: z.int(),
  /** Values removed before storage, by kind. */
  redactions: redactionsSchema,
  newest_delivery: z
    .object({
      destination_id: z.string(),
      kind: kindSchema,
      state: z.enum(deliveryStates),
      ended_at_ms: msSchema.optional(),
      error: z.string().optional(),
    })
    .optional(),
});

export const draftListSchema = z.object({
  drafts: z.array(draftSchema),
  count: z.int(),
  /** Opaque; absent on the last page. */
  next_cursor: z.string().optional(),
  /** All rows that match the filters, not only this page. */
  total: z.int(),
});
export const draftResponseSchema = z.object({ draft: draftSchema });

const draftSortSchema = z.enum(draftSorts);

export const draftListQuerySchema = z.object({
  ...pageShape,
  ...recordFilterShape,
  /** A group of the queue; `status` is the wire's word, the facets are themselves. */
  state: z.enum(draftQueueStates).optional(),
  status: draftStatusSchema.optional(),
  approval: z.enum(approvalFacets).optional(),
  triage: z.enum(triageFacets).optional(),
  issue: z.enum(issueFacets).optional(),
  /** The state of its newest delivery. */
  delivery: z.enum(deliveryStates).optional(),
  held: flagSchema.optional(),
  incident: z.string().max(200).optional(),
  sort: draftSortSchema.optional(),
  /** Is its incident snoozed or muted? */
  quiet: flagSchema.optional(),
});

/** How long it can be undone before it leaves, ms; never shorter than the host says. The call waits for no receipt then. */
const graceSchema = z.int().min(0).max(60_000).nullish();

export const claimDraftSchema = z.object({
  /** Take it although somebody else is on it. */
  take_over: z.boolean().optional(),
});

/** A text that reads differently; null where there was none, or is none any more. */
export const textChangeSchema = z.object({
  name: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

/** Why one takes back one's own approval. */
export const withdrawRequestSchema = z.object({ reason: z.string().max(4_000).nullish() });

/** Body of approve and deny. `digest`, when given, must be what the reviewer was shown (409 otherwise). */
export const decisionSchema = z.object({
  reason: z.string().max(4_000).nullish(),
  /** Approve only: the destinations covered; all effective ones when absent. */
  destination_ids: z.array(z.string()).max(100).nullish(),
  digest: z.string().max(128).nullish(),
  /** Approve only: how long it holds, ms; the configured default when absent. At most 30 days. */
  expires_in_ms: z
    .int()
    .min(60_000)
    .max(30 * 86_400_000)
    .nullish(),
  /** Approve only, where that publishes: as `grace_ms` of a publish. */
  grace_ms: graceSchema,
});

export const publishRequestSchema = z.object({
  destination_id: z.string().nullish(),
  destination_ids: z.array(z.string()).max(100).nullish(),
  grace_ms: graceSchema,
});

export const approvalSchema = z.object({
  approval_id: z.string(),
  state: z.enum(["granted", "denied", "withdrawn", "voided", "expired"]),
  binding: z.enum(["content", "draft"]),
  actor: actorRefSchema,
  reason: z.string().optional(),
  digest: z.string(),
  policy_version: z.string(),
  destination_ids: z.array(z.string()),
  because: z.array(reasonSchema),
  created_at_ms: msSchema,
  expires_at_ms: msSchema.optional(),
  ended_at_ms: msSchema.optional(),
  ended_reason: z.array(reasonSchema).optional(),
  /** How many different people it took when this one was given. */
  needed: z.int(),
  /** Given by one admin alone, around the rules. */
  break_glass: z.boolean(),
  /** What read differently when it ended: redacted texts before and after, bounded. */
  ended_diff: z.array(textChangeSchema).optional(),
});

export type DraftWire = z.infer<typeof draftSchema>;
export type DraftListWire = z.infer<typeof draftListSchema>;
export type DraftClaimWire = z.infer<typeof draftClaimSchema>;
export type DraftListQuery = z.infer<typeof draftListQuerySchema>;
export type ApprovalWire = z.infer<typeof approvalSchema>;
export type TextChangeWire = z.infer<typeof textChangeSchema>;
export type DecisionWire = z.infer<typeof decisionSchema>;
export type PublishRequestWire = z.infer<typeof publishRequestSchema>;
