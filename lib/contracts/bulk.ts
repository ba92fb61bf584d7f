import { z } from "zod";

const idSchema = z.string().min(1).max(200);
const idsSchema = z.array(idSchema).min(1).max(200);

export const bulkActionSchema = z.enum(["approve", "deny", "triage", "retry"]);

/** What an action would do to each of these drafts. */
export const bulkReviewRequestSchema = z.object({ action: bulkActionSchema, draft_ids: idsSchema });

export const bulkReviewRowSchema = z.object({
  draft_id: z.string(),
  title: z.string().optional(),
  risk_level: z.string().optional(),
  allowed: z.boolean(),
  /** What will happen, or why it cannot. */
  message: z.string(),
  /** Why it cannot: a stable code. */
  code: z.string().optional(),
  /** Approve: send it back with the decision. */
  digest: z.string().optional(),
});
export const bulkReviewSchema = z.object({ rows: z.array(bulkReviewRowSchema), allowed: z.int() });

/** One decision on many drafts. Each approval brings the digest of what was shown; a denial brings the reason of all. */
export const bulkDecideSchema = z
  .object({
    decision: z.enum(["approve", "deny"]),
    reason: z.string().trim().max(4_000).nullish(),
    items: z
      .array(z.object({ draft_id: idSchema, digest: z.string().max(128).nullish() }))
      .min(1)
      .max(200),
    /** Where approving publishes: how long that can be undone, ms. */
    grace_ms: z.int().min(0).max(60_000).nullish(),
  })
  .refine(({ decision, reason }) => decision === "approve" || Boolean(reason), {
    path: ["reason"],
    message: "Say why: it is all the next reader will have",
  })
  .refine(({ decision, items }) => decision === "deny" || items.every((item) => item.digest), {
    path: ["items"],
    message: "Each approval needs the digest of what was shown",
  });

export const bulkDraftsSchema = z.object({ draft_ids: idsSchema });

export const bulkOutcomeSchema = z.object({
  draft_id: z.string(),
  /** `conflict`: it is not what was shown any more. `unchanged`: it stood so already, as when a call is sent twice. */
  outcome: z.enum(["done", "unchanged", "refused", "conflict", "not_found"]),
  code: z.string().optional(),
  message: z.string(),
});
export const bulkOutcomesSchema = z.object({ outcomes: z.array(bulkOutcomeSchema), done: z.int() });

export type BulkActionWire = z.infer<typeof bulkActionSchema>;
export type BulkReviewWire = z.infer<typeof bulkReviewSchema>;
export type BulkReviewRowWire = z.infer<typeof bulkReviewRowSchema>;
export type BulkDecideWire = z.infer<typeof bulkDecideSchema>;
export type BulkOutcomeWire = z.infer<typeof bulkOutcomeSchema>;
export type BulkOutcomesWire = z.infer<typeof bulkOutcomesSchema>;
