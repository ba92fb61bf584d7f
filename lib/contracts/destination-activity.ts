import { z } from "zod";
import { msSchema } from "./record-values";

/** How a destination has done lately (beyond the contract). Times of attempts in ms; null where none was made. */
export const destinationActivitySchema = z.object({
  destination_id: z.string(),
  from_ms: msSchema,
  bucket_ms: z.int(),
  buckets: z.array(
    z.object({
      from_ms: msSchema,
      attempts: z.int(),
      published: z.int(),
      median_ms: z.int().nullable(),
      p95_ms: z.int().nullable(),
    }),
  ),
  attempts: z.int(),
  published: z.int(),
  ended: z.object({ published: z.int(), failed: z.int(), blocked: z.int(), cancelled: z.int() }),
  waiting: z.object({ due: z.int(), retrying: z.int(), sending: z.int(), ambiguous: z.int() }),
  median_ms: z.int().nullable(),
  p95_ms: z.int().nullable(),
  circuit: z.enum(["closed", "open", "half_open"]),
  circuit_opened_at_ms: msSchema.nullable(),
  next_try_at_ms: msSchema.nullable(),
  disabled_reason: z.string().nullable(),
  last_success_at_ms: msSchema.nullable(),
  last_failure_at_ms: msSchema.nullable(),
  last_failure_reason: z.string().nullable(),
});

/** The span in hours; 24 without it. */
export const destinationActivityQuerySchema = z.object({
  hours: z.enum(["1", "24", "168"]).optional(),
});

export type DestinationActivityWire = z.infer<typeof destinationActivitySchema>;
export type DestinationActivityQuery = z.infer<typeof destinationActivityQuerySchema>;
