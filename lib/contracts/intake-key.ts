import { z } from "zod";
import { wholeNumberSchema } from "./config-values";
import { flagSchema, pageShape, spanShape } from "./list-query";

/** A scoped intake key (contract 5.17). What follows `last_used_at_ms` is beyond the contract. */
export const intakeKeySchema = z.strictObject({
  key_id: z.string(),
  project_id: z.string(),
  name: z.string(),
  key_hash: z.literal("[redacted]"),
  enabled: z.boolean(),
  scopes: z.array(z.string()),
  created_at_ms: wholeNumberSchema.optional(),
  last_used_at_ms: wholeNumberSchema.optional(),
  prefix: z.string(),
  source_ids: z.array(z.string()),
  rate_per_second: wholeNumberSchema,
  burst: wholeNumberSchema,
  rejected_count: wholeNumberSchema,
  /** Reports a UTC day at most; absent: as many as its rate allows. */
  daily_quota: wholeNumberSchema.optional(),
  expires_at_ms: wholeNumberSchema.optional(),
  disabled_at_ms: wholeNumberSchema.optional(),
  /** The key it takes over from. */
  rotated_from_id: z.string().optional(),
});

/** All keys unless a `limit` asks for pages (contract 3); then `next_cursor` is there while more follow. */
export const intakeKeyListSchema = z.object({
  keys: z.array(intakeKeySchema),
  next_cursor: z.string().optional(),
});

export const intakeKeyListQuerySchema = z.object({
  ...pageShape,
  ...spanShape,
  /** Part of the name, the prefix or the id. */
  q: z.string().max(200).optional(),
  project: z.string().max(200).optional(),
  enabled: flagSchema.optional(),
});

export const createIntakeKeySchema = z.object({
  project_id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()).nullish(),
  source_ids: z.array(z.string()).nullish(),
  expires_at_ms: wholeNumberSchema.nullish(),
  rate_per_second: z.int().min(1).max(1_000_000).nullish(),
  burst: z.int().min(1).max(10_000_000).nullish(),
  daily_quota: z.int().min(1).max(2_000_000_000).nullish(),
});

/** `raw_key` is answered here, once, and is nowhere else. */
export const createIntakeKeyResponseSchema = z.object({ key: intakeKeySchema, raw_key: z.string() });

const overlapMaxMs = 90 * 86_400_000;

/** Milliseconds. `overlap_ms`: how long the old key still works, 7 days unless told; 0 ends it at once. */
export const rotateIntakeKeySchema = z.object({
  overlap_ms: wholeNumberSchema.max(overlapMaxMs).nullish(),
  /** Of the new key. Absent: it lives as long as the old one was made for; null: it does not expire. */
  expires_at_ms: wholeNumberSchema.nullish(),
});

/** `key` is the successor, `previous` the old one with its new end. `raw_key` as when a key is made. */
export const rotateIntakeKeyResponseSchema = createIntakeKeyResponseSchema.extend({
  previous: intakeKeySchema,
});
export const intakeKeyResponseSchema = z.object({ key: intakeKeySchema });

export type IntakeKeyWire = z.infer<typeof intakeKeySchema>;
export type IntakeKeyListQuery = z.infer<typeof intakeKeyListQuerySchema>;
export type RotateIntakeKeyWire = z.infer<typeof rotateIntakeKeySchema>;
export type CreateIntakeKeyWire = z.infer<typeof createIntakeKeySchema>;
