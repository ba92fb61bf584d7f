import { z } from "zod";
import { msSchema, redactionsSchema } from "./record-values";

/**
 * One reference of the two forms:
 * `tandem://incident-monitor/<project>/logs/<source>#offset=<start>-<end>` names bytes of a log, the newest evidence of
 * them; `tandem://incident-monitor/<project>/evidence/<source>/<file>` names one artifact.
 */
export const evidenceQuerySchema = z.object({ reference: z.string().min(1).max(1_000) });

/** A piece of evidence as it was kept: redacted before it was stored. */
export const evidenceSchema = z.object({
  evidence_id: z.string(),
  /** The form that names exactly this artifact. */
  reference: z.string(),
  kind: z.string(),
  project_id: z.string(),
  source_id: z.string(),
  incident_id: z.string().optional(),
  draft_id: z.string().optional(),
  content_type: z.string(),
  content: z.unknown(),
  /** Over the content as it is stored, lower-case hex; `verified` says that it was computed again and is the same. */
  sha256: z.string(),
  verified: z.boolean(),
  /** Values taken out before it was stored, by kind. */
  redactions: redactionsSchema,
  created_at_ms: msSchema,
  /** When retention takes it; absent where it is kept. */
  expires_at_ms: msSchema.optional(),
});
export const evidenceResponseSchema = z.object({ evidence: evidenceSchema });

export type EvidenceWire = z.infer<typeof evidenceSchema>;
