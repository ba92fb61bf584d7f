import { z } from "zod";
import { msSchema } from "./record-values";

const hexSchema = z.string().regex(/^[0-9a-f]*$/);
const atSchema = z.iso.datetime();
/** The sequence of the entry in `entries` that something rests on. */
const sequenceSchema = z.int().min(1);

/** Who acted, as the ledger names them; `name` null once it was erased. */
export const receiptActorSchema = z.object({ kind: z.string(), id: z.string(), name: z.string().nullable() });

/** What the destination answered. The entry of the delivery's end holds SHA-256 over this object's canonical form. */
export const receiptSentSchema = z.object({
  post_id: z.string(),
  operation: z.string(),
  status: z.enum(["posted", "failed", "blocked"]),
  external_id: z.string().nullable(),
  external_url: z.string().nullable(),
  /** SHA-256 of the idempotency key; the key itself is not in the file. */
  idempotency_key_digest: hexSchema,
});

/** One attempt; its entry holds SHA-256 over this object's canonical form. */
export const receiptAttemptFactsSchema = z.object({
  attempt: z.int(),
  started_at_ms: msSchema,
  duration_ms: z.int(),
  outcome: z.string(),
  reason_code: z.string().nullable(),
  status_code: z.int().nullable(),
  request_digest: z.string().nullable(),
  response_digest: z.string().nullable(),
});

/** One approval that counted. `reason_state` withheld: a reason was given, and its words were erased since. */
export const receiptApprovalSchema = z.object({
  entry: sequenceSchema,
  approval_id: z.string().nullable(),
  at: atSchema,
  by: receiptActorSchema,
  /** Of everything the approval covered: draft, destinations, payloads, policy. */
  digest: z.string().nullable(),
  /** Of what was approved for this destination. */
  payload_digest: z.string().nullable(),
  binding: z.string().nullable(),
  needed: z.int().nullable(),
  break_glass: z.boolean().nullable(),
  expires_at_ms: msSchema.nullable(),
  reason: z.string().nullable(),
  reason_state: z.enum(["given", "none", "withheld"]),
});

/** One entry of the audit ledger, whole, with its inclusion proof. A field that was erased is its salted hash. */
export const receiptEntrySchema = z.object({
  sequence: sequenceSchema,
  id: z.string(),
  at: atSchema,
  actor_key: z.string(),
  action: z.string(),
  outcome: z.string(),
  subject_kind: z.string(),
  subject_id: z.string(),
  project_id: z.string().nullable(),
  request_id: z.string().nullable(),
  actor: z.unknown().optional(),
  actor_salt: hexSchema.optional(),
  actor_hash: hexSchema.optional(),
  detail: z.unknown().optional(),
  detail_salt: hexSchema.optional(),
  detail_hash: hexSchema.optional(),
  leaf_hash: hexSchema,
  /** Hashes from the leaf up to the checkpoint's root (RFC 6962). */
  proof: z.array(hexSchema),
});

/** A key that signed the ledger, with the signature of the one before that handed over to it. */
export const receiptKeySchema = z.object({
  key_id: z.string(),
  ordinal: z.int(),
  name: z.string(),
  /** Ed25519, raw, base64. */
  public_key: z.string(),
  from_size: z.int(),
  endorsed_by: z.string(),
  endorsement: z.string(),
  created_at_ms: msSchema,
});

/**
 * One publish as a file that proves itself offline: what it says, the audit's entries it rests on, and one signed checkpoint.
 * No payload, no target and no secret is in it.
 */
export const portableReceiptSchema = z.object({
  format: z.literal("incident-monitor-receipt/1"),
  receipt: z.object({
    entry: sequenceSchema,
    at: atSchema,
    delivery_id: z.string(),
    draft_id: z.string(),
    destination_id: z.string().nullable(),
    destination_kind: z.string().nullable(),
    state: z.string().nullable(),
    payload_digest: z.string().nullable(),
    approval_id: z.string().nullable(),
    /** null where it ended before receipts were bound to the ledger. */
    sent: receiptSentSchema.nullable(),
  }),
  asked: z
    .object({
      entry: sequenceSchema,
      at: atSchema,
      by: receiptActorSchema,
      approval_required: z.boolean().nullable(),
    })
    .nullable(),
  approvals: z.array(receiptApprovalSchema),
  attempts: z.array(
    z.object({
      entry: sequenceSchema,
      at: atSchema,
      state: z.string().nullable(),
      facts: receiptAttemptFactsSchema.nullable(),
    }),
  ),
  entries: z.array(receiptEntrySchema),
  /** The checkpoint that every proof leads to: a signed note (C2SP tlog-checkpoint). */
  checkpoint: z.string(),
  /** From the ledger's first key to the one that signed. */
  keys: z.array(receiptKeySchema),
});
