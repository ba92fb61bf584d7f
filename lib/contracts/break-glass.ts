import { z } from "zod";
import { pageShape } from "./list-query";
import { actorRefSchema, msSchema, reasonSchema } from "./record-values";

export const breakGlassVerdicts = ["justified", "not_justified"] as const;
export const breakGlassStates = ["open", "overdue", "reviewed"] as const;

/** One use of breaking the glass, and what somebody else made of it. `due_at_ms`: by then somebody must have judged it. */
export const breakGlassUseSchema = z.object({
  break_glass_id: z.string(),
  approval_id: z.string(),
  draft_id: z.string(),
  draft_title: z.string(),
  project_id: z.string().optional(),
  actor: actorRefSchema,
  reason: z.string(),
  /** The rules that it went around. */
  overridden: z.array(reasonSchema),
  used_at_ms: msSchema,
  due_at_ms: msSchema,
  overdue: z.boolean(),
  verdict: z.enum(breakGlassVerdicts).optional(),
  note: z.string().optional(),
  reviewed_by: actorRefSchema.optional(),
  reviewed_at_ms: msSchema.optional(),
});

export const breakGlassListQuerySchema = z.object({
  ...pageShape,
  /** `open`: nobody has judged it; `overdue`: nor will in time. */
  state: z.enum(breakGlassStates).optional(),
});

/** `open` and `overdue` count over all that the caller may see, whatever the filter. */
export const breakGlassListSchema = z.object({
  reviews: z.array(breakGlassUseSchema),
  count: z.int(),
  total: z.int(),
  open: z.int(),
  overdue: z.int(),
  next_cursor: z.string().optional(),
});

/** Why it cannot wait, and what was seen: the digest as the review showed it. */
export const breakGlassRequestSchema = z.object({
  reason: z.string().trim().min(10, "Say why, in 10 characters or more").max(4_000),
  digest: z.string().max(128).nullish(),
  destination_ids: z.array(z.string()).max(100).nullish(),
});

export const breakGlassReviewRequestSchema = z.object({
  verdict: z.enum(breakGlassVerdicts),
  note: z.string().trim().min(1, "Say what you found").max(4_000),
});

export const breakGlassReviewResponseSchema = z.object({ ok: z.literal(true), review: breakGlassUseSchema });

export type BreakGlassUseWire = z.infer<typeof breakGlassUseSchema>;
export type BreakGlassListWire = z.infer<typeof breakGlassListSchema>;
export type BreakGlassListQuery = z.infer<typeof breakGlassListQuerySchema>;
export type BreakGlassRequestWire = z.infer<typeof breakGlassRequestSchema>;
export type BreakGlassReviewRequestWire = z.infer<typeof breakGlassReviewRequestSchema>;
