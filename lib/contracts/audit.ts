import { z } from "zod";
import { pageShape, spanShape } from "./list-query";
import { msSchema, reasonSchema } from "./record-values";

export const auditOutcomes = ["done", "denied", "failed"] as const;
export const auditExportFormats = ["jsonl", "ocsf", "cef"] as const;

const idSchema = z.string().max(200);
const hexSchema = z.string().regex(/^[0-9a-f]*$/);

/** What the list and the export can be narrowed by. */
const filterShape = {
  /** A kind (`user`, `token`, `agent`, `intakeKey`, `system`), or a kind with an id: `user:user-1`. */
  actor: z.string().max(300).optional(),
  /** The whole name, or its beginning up to a dot: `incident_monitor.draft`. */
  action: z.string().max(200).optional(),
  outcome: z.enum(auditOutcomes).optional(),
  subject_kind: idSchema.optional(),
  subject_id: idSchema.optional(),
  project: idSchema.optional(),
  request_id: idSchema.optional(),
  ...spanShape,
};

export const auditListQuerySchema = z.object({ ...pageShape, ...filterShape });
/** `after`: the last sequence that is held already. */
export const auditExportQuerySchema = z.object({
  ...filterShape,
  format: z.enum(auditExportFormats).optional(),
  after: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
});
export const auditConsistencyQuerySchema = z.object({
  /** 0 when absent: nothing is held yet. */
  from: z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).optional(),
  to: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER).optional(),
});

/** Id and kind of who acted stay when the name was erased. */
export const auditActorSchema = z.object({ kind: z.string(), id: z.string(), name: z.string().optional() });

/** One decision, change or refused attempt. `sequence`: absent until it was sealed, a moment after it was written. */
export const auditEntrySchema = z.object({
  entry_id: z.string(),
  sequence: z.int().optional(),
  at_ms: msSchema,
  actor: auditActorSchema,
  action: z.string(),
  outcome: z.enum(auditOutcomes),
  subject_kind: z.string(),
  subject_id: z.string(),
  project_id: z.string().optional(),
  request_id: z.string().optional(),
  /** Absent where it was erased. */
  detail: z.record(z.string(), z.unknown()).optional(),
  erased: z.array(z.enum(["actor", "detail"])),
  leaf_hash: hexSchema.optional(),
  sealed_at_ms: msSchema.optional(),
});

export const auditListSchema = z.object({
  entries: z.array(auditEntrySchema),
  count: z.int(),
  next_cursor: z.string().optional(),
  total: z.int(),
});

/** A signed statement of what the ledger was at one size. `note`: C2SP signed note, tlog-checkpoint. */
export const auditCheckpointSchema = z.object({
  size: z.int(),
  root: hexSchema,
  key_id: z.string(),
  created_at_ms: msSchema,
  note: z.string(),
});

/** `verifier_key`: the one line that a verification is given. `endorsed_by`: the key that handed over to it. */
export const auditKeySchema = z.object({
  key_id: z.string(),
  verifier_key: z.string(),
  from_size: z.int(),
  endorsed_by: z.string(),
  created_at_ms: msSchema,
});

export const auditCheckpointResponseSchema = z.object({
  origin: z.string().optional(),
  checkpoint: auditCheckpointSchema.optional(),
  keys: z.array(auditKeySchema),
});

/** Leads from the leaf (RFC 6962: SHA-256 over a zero byte and `leaf`) by `path` to the root of the checkpoint. */
export const auditProofSchema = z.object({
  sequence: z.int(),
  size: z.int(),
  root: hexSchema,
  checkpoint: z.string(),
  /** The size at which the entry was sealed. */
  sealed_by: z.int(),
  leaf: z.string(),
  leaf_hash: hexSchema,
  actor_hash: hexSchema,
  detail_hash: hexSchema,
  path: z.array(hexSchema),
  /** Does the entry as it stands lead to the signed root? */
  holds: z.boolean(),
});
export const auditEntryResponseSchema = z.object({
  entry: auditEntrySchema,
  /** Absent until the entry was sealed. */
  proof: auditProofSchema.optional(),
});

export const auditConsistencySchema = z.object({
  from: z.int(),
  to: z.int(),
  path: z.array(hexSchema),
  /** Absent while nothing was sealed. */
  checkpoint: auditCheckpointSchema.optional(),
});

export const auditProblemSchema = z.object({
  kind: z.string(),
  /** The first entry it shows at. */
  sequence: z.int().optional(),
  entry_id: z.string().optional(),
  /** Everything up to here was proven before. */
  after_size: z.int(),
  message: z.string(),
});
/** How many of the newest entries to read; 10,000 when absent. */
export const verifyAuditSchema = z.object({ entries: z.int().min(1).max(100_000).nullish() });
export const auditVerificationSchema = z.object({
  ok: z.boolean(),
  problem: auditProblemSchema.optional(),
  from: z.int(),
  to: z.int(),
  entries: z.int(),
  checkpoints: z.int(),
  /** Copies kept elsewhere that the ledger was compared with. */
  copies: z.int(),
  duration_ms: z.int(),
});

export const auditPostingSchema = z.object({
  posting_id: z.string(),
  destination_id: z.string(),
  size: z.int(),
  state: z.enum(["due", "sent", "failed"]),
  attempts: z.int(),
  reason: reasonSchema.optional(),
  created_at_ms: msSchema,
  ended_at_ms: msSchema.optional(),
});
export const auditWitnessSchema = z.object({
  destination_id: z.string().nullable(),
  interval_minutes: z.int(),
  version: z.int(),
  destinations: z.array(z.object({ destination_id: z.string(), name: z.string() })),
  postings: z.array(auditPostingSchema),
  last_sent: auditPostingSchema.optional(),
});
/** `destination_id` null: nobody is told. `version`: as it was read. */
export const putAuditWitnessSchema = z.object({
  destination_id: idSchema.nullable(),
  interval_minutes: z.int().min(1).max(10_080),
  version: z.int().min(1),
});
export const auditWitnessResponseSchema = z.object({ witness: auditWitnessSchema });

/** Where the ledger stands. `apart`: the application's database role can add to the ledger and change nothing in it. */
export const auditStateSchema = z.object({
  origin: z.string().optional(),
  checkpoint: auditCheckpointSchema.optional(),
  keys: z.array(auditKeySchema),
  unsealed: z.object({ count: z.int(), oldest_at_ms: msSchema.optional() }),
  database: z.object({ role: z.string(), owner: z.string(), apart: z.boolean() }),
  /** The copy of a checkpoint outside the database. */
  remembered: z.object({ size: z.int(), agrees: z.boolean() }).optional(),
  witness: auditWitnessSchema,
});

export type AuditEntryWire = z.infer<typeof auditEntrySchema>;
export type AuditListWire = z.infer<typeof auditListSchema>;
export type AuditListQuery = z.infer<typeof auditListQuerySchema>;
export type AuditExportQuery = z.infer<typeof auditExportQuerySchema>;
export type AuditProofWire = z.infer<typeof auditProofSchema>;
export type AuditEntryResponseWire = z.infer<typeof auditEntryResponseSchema>;
export type AuditCheckpointWire = z.infer<typeof auditCheckpointSchema>;
export type AuditKeyWire = z.infer<typeof auditKeySchema>;
export type AuditStateWire = z.infer<typeof auditStateSchema>;
export type AuditVerificationWire = z.infer<typeof auditVerificationSchema>;
export type AuditProblemWire = z.infer<typeof auditProblemSchema>;
export type AuditWitnessWire = z.infer<typeof auditWitnessSchema>;
export type AuditPostingWire = z.infer<typeof auditPostingSchema>;
export type PutAuditWitnessWire = z.infer<typeof putAuditWitnessSchema>;
