import { z } from "zod";
import { msSchema } from "./record-values";

export const trendWindowSchema = z.enum(["24h", "7d", "30d"]);
export const trendQuerySchema = z.object({ window: trendWindowSchema.optional() });

/** One entry per bar of the window. `source`: a log source's id, or how the reports of the project came in. */
export const sourceSeriesSchema = z.object({
  project_id: z.string().optional(),
  source: z.string(),
  total: z.int(),
  counts: z.array(z.int()),
});

/** How the deliveries to one destination ended, over the window and per bar. Blocked ones count as failed. */
export const destinationSeriesSchema = z.object({
  destination_id: z.string(),
  published: z.int(),
  failed: z.int(),
  ambiguous: z.int(),
  counts: z.array(z.object({ published: z.int(), failed: z.int(), ambiguous: z.int() })),
});

/** What the charts of the Inbox are drawn from (beyond the contract). Bars are `bucket_ms` wide and begin at `from_ms`. */
export const trendsSchema = z.object({
  window: trendWindowSchema,
  now_ms: msSchema,
  from_ms: msSchema,
  bucket_ms: z.int(),
  buckets: z.int(),
  occurrences: z.object({
    total: z.int(),
    /** The largest; the other `others_count` together are `others`. */
    sources: z.array(sourceSeriesSchema),
    others: sourceSeriesSchema.optional(),
    others_count: z.int(),
  }),
  /** From the making of a draft to the first decision on it. */
  decisions: z.object({
    decided: z.int(),
    median_ms: z.int().optional(),
    p90_ms: z.int().optional(),
    bars: z.array(
      z.object({
        at_ms: msSchema,
        decided: z.int(),
        median_ms: z.int().optional(),
        p90_ms: z.int().optional(),
      }),
    ),
  }),
  deliveries: z.array(destinationSeriesSchema),
  /** Only the newest decisions or deliveries of the window were looked at: 20,000 and 50,000. */
  partial: z.boolean(),
});

export type TrendWindowWire = z.infer<typeof trendWindowSchema>;
export type TrendsWire = z.infer<typeof trendsSchema>;
