import { z } from "zod";
import { draftSchema } from "./draft";
import { postSchema } from "./post";
import { reasonSchema } from "./record-values";
import {
  artifactRefSchema,
  duplicateMatchSchema,
  issueDraftSchema,
  triageDuplicatesSchema,
  triageSummarySchema,
} from "./triage";

const artifact = z.record(z.string(), z.unknown()).nullable();

/** Triage parts of approve and publish answers: always there, null while no run said anything (contract 4.8, 4.12). */
const triageParts = {
  issue_draft: issueDraftSchema.nullable(),
  duplicate_summary: triageDuplicatesSchema.nullable(),
  duplicate_matches: z.array(duplicateMatchSchema).nullable(),
  triage_summary_artifact: artifactRefSchema.nullable(),
  issue_draft_artifact: artifactRefSchema.nullable(),
  duplicate_matches_artifact: artifactRefSchema.nullable(),
};

/**
 * Approving sends nothing unless `publish_on_approval` is on (D-05): then action, `post` and `external_action` are those
 * of the publish. When that failed `publish_error` says why, and those two keys are left out (contract 4.8).
 */
export const approveResponseSchema = z.object({
  ok: z.literal(true),
  draft: draftSchema,
  action: z.string(),
  failure_pattern_memory: artifact,
  ...triageParts,
  post: postSchema.nullable().optional(),
  external_action: artifact.optional(),
  publish_error: z.string().optional(),
  deliveries: z.array(postSchema),
  /** How many people it takes and how many are missing: with any missing the action is `approval_recorded`. */
  approvals: z.object({ needed: z.int(), missing: z.int() }),
});

export const denyResponseSchema = z.object({ ok: z.literal(true), draft: draftSchema });

/** `post` is the first requested destination's; `deliveries` has all of them (D-09). */
export const publishResponseSchema = z.object({
  ok: z.literal(true),
  draft: draftSchema,
  action: z.string(),
  triage_summary: triageSummarySchema.nullable(),
  ...triageParts,
  post_id: z.string().nullable(),
  issue_number: z.int().nullable(),
  issue_url: z.string().nullable(),
  comment_id: z.string().nullable(),
  comment_url: z.string().nullable(),
  post: postSchema.nullable(),
  external_action: artifact,
  deliveries: z.array(postSchema),
  /** Why it stopped for approval, naming what changed; empty otherwise. */
  reasons: z.array(reasonSchema),
});

/** The posts of one publish, as it answered them. */
export const undoPublishSchema = z.object({ post_ids: z.array(z.string().min(1).max(200)).min(1).max(100) });

export const undonePostsSchema = z.object({
  posts: z.array(z.object({ post_id: z.string(), outcome: z.enum(["undone", "already_left"]) })),
  undone: z.int(),
});

/** Contract 4.13: publish's keys without the external action; `post` and its ids are null, since nothing is delivered. */
export const recheckResponseSchema = publishResponseSchema.omit({
  external_action: true,
  deliveries: true,
  reasons: true,
});

export type UndonePostsWire = z.infer<typeof undonePostsSchema>;
export type RecheckResponseWire = z.infer<typeof recheckResponseSchema>;
export type ApproveResponseWire = z.infer<typeof approveResponseSchema>;
export type DenyResponseWire = z.infer<typeof denyResponseSchema>;
export type PublishResponseWire = z.infer<typeof publishResponseSchema>;
