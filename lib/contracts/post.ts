import { z } from "zod";
import { approvalSchema, deliveryStates } from "./draft";
import { pageShape, recordFilterShape } from "./list-query";
import { actorRefSchema, kindSchema, msSchema, qualityGateSchema, reasonSchema } from "./record-values";

/** A publish receipt (contract 5.5). The keys after `workspace_id` are beyond the contract. */
export const postSchema = z.object({
  post_id: z.string(),
  draft_id: z.string(),
  fingerprint: z.string(),
  repo: z.string(),
  operation: z.string(),
  status: z.enum(["pending", "posted", "failed", "blocked"]),
  idempotency_key: z.string(),
  created_at_ms: msSchema,
  updated_at_ms: msSchema,
  evidence_refs: z.array(z.string()),
  incident_id: z.string().optional(),
  issue_number: z.int().optional(),
  issue_url: z.string().optional(),
  comment_id: z.string().optional(),
  comment_url: z.string().optional(),
  destination_id: z.string().optional(),
  route_id: z.string().optional(),
  route_match_reason: z.string().optional(),
  destination_kind: kindSchema.optional(),
  external_id: z.string().optional(),
  external_url: z.string().optional(),
  external_title: z.string().optional(),
  target_ref: z.string().optional(),
  receipt: z.record(z.string(), z.unknown()).optional(),
  evidence_digest: z.string().optional(),
  confidence: z.string().optional(),
  risk_level: z.string().optional(),
  expected_destination: z.string().optional(),
  quality_gate: qualityGateSchema.optional(),
  response_excerpt: z.string().optional(),
  error: z.string().optional(),
  tenant_id: z.string().optional(),
  workspace_id: z.string().optional(),
  delivery_id: z.string(),
  state: z.enum(deliveryStates),
  title: z.string(),
  payload_digest: z.string(),
  approval_id: z.string().optional(),
  attempt_count: z.int(),
  attempt_count_max: z.int(),
  next_attempt_at_ms: msSchema.optional(),
  /** The issue it made, commented on, or is being asked about, by the tracker's own id. */
  issue_id: z.string().optional(),
  /** The delivery whose issue it comments on because the failure went on. */
  follow_up_of: z.string().optional(),
  /** While ambiguous: when the destination is asked next, and how many looks found nothing. */
  reconcile_at_ms: msSchema.optional(),
  reconcile_count: z.int().optional(),
  resolved_by: actorRefSchema.optional(),
});

export const postListSchema = z.object({
  posts: z.array(postSchema),
  count: z.int(),
  next_cursor: z.string().optional(),
  total: z.int(),
});

export const postListQuerySchema = z.object({
  ...pageShape,
  ...recordFilterShape,
  /** The contract's name of `destination`; and the longer names of `draft` and `incident`. */
  destination_id: z.string().max(200).optional(),
  draft: z.string().max(200).optional(),
  draft_id: z.string().max(200).optional(),
  incident: z.string().max(200).optional(),
  status: z.enum(["pending", "posted", "failed", "blocked"]).optional(),
  /** The delivery's own state. */
  state: z.enum(deliveryStates).optional(),
});

export const attemptSchema = z.object({
  attempt: z.int(),
  started_at_ms: msSchema,
  duration_ms: z.int(),
  outcome: z.enum(["published", "retryable", "rejected", "blocked", "ambiguous"]),
  reason: reasonSchema.optional(),
  status_code: z.int().optional(),
  timings: z.record(z.string(), z.number()),
  response_excerpt: z.string().optional(),
  response_truncated: z.boolean(),
  response_digest: z.string().optional(),
  request_digest: z.string().optional(),
});

/** One receipt with everything it proves (beyond the contract). */
export const postDetailSchema = z.object({
  post: postSchema,
  attempts: z.array(attemptSchema),
  approval: approvalSchema.optional(),
  requested_by: actorRefSchema,
  /** The exact body that was or will be sent, pretty for people; redacted before it was frozen. */
  payload: z.string(),
});

export type PostWire = z.infer<typeof postSchema>;
export type PostListWire = z.infer<typeof postListSchema>;
export type PostListQuery = z.infer<typeof postListQuerySchema>;
export type PostDetailWire = z.infer<typeof postDetailSchema>;
export type AttemptWire = z.infer<typeof attemptSchema>;
