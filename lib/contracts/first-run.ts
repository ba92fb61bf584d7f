import { z } from "zod";
import { msSchema } from "./record-values";

/** A delivery that the built-in test receiver took: its signature was ours and fresh. No text of it is kept. */
export const testReceptionSchema = z.object({
  delivery_id: z.string(),
  idempotency_key: z.string(),
  event: z.string(),
  draft_id: z.string().optional(),
  signature: z.literal("valid"),
  body_bytes: z.int(),
  /** SHA-256 of the bytes that arrived, hex. */
  body_digest: z.string(),
  /** How often the same delivery arrived. */
  arrivals: z.int(),
  signed_at_ms: msSchema,
  received_at_ms: msSchema,
});

/** The test receiver inside the product (beyond the contract): is it set up, what was sent to it, what it took. */
export const testReceiverSchema = z.object({
  /** What a destination names it by; no web address. */
  url: z.string(),
  destination_id: z.string().optional(),
  /** A route leads test reports to it. */
  routed: z.boolean(),
  /** Test reports that were not deleted, newest first, at most 200. */
  test_reports: z.array(
    z.object({
      draft_id: z.string(),
      incident_id: z.string(),
      project_id: z.string().optional(),
      created_at_ms: msSchema,
    }),
  ),
  /** The newest 20. */
  receptions: z.array(testReceptionSchema),
});
export const testReceiverResponseSchema = z.object({ test_receiver: testReceiverSchema });

export const sendTestReportSchema = z.object({
  /** A monitored project; left out, the report belongs to none. */
  project_id: z.string().min(1).max(200).nullish(),
});
export const testReportAnswerSchema = z.object({ draft_id: z.string(), incident_id: z.string() });
export const testReportsDeletedSchema = z.object({ deleted: z.int() });

/** What the receiver answers a sender. */
export const testDeliveryAnswerSchema = z.object({
  received: z.literal(true),
  signature: z.literal("valid"),
  delivery_id: z.string(),
  duplicate: z.boolean(),
});

export type TestReceiverWire = z.infer<typeof testReceiverSchema>;
export type TestReceptionWire = z.infer<typeof testReceptionSchema>;
export type SendTestReportWire = z.infer<typeof sendTestReportSchema>;
