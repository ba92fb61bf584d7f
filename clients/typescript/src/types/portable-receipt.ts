import type { JsonObject, OpenRecord } from "./values.js";

/** Who acted, as the ledger names them; `name` null once it was erased. */
export interface ReceiptActor extends OpenRecord {
  kind: string;
  id: string;
  name: string | null;
}

/** What the destination answered. The entry of the end holds SHA-256 over this object's canonical form. */
export interface ReceiptSent extends OpenRecord {
  post_id: string;
  operation: string;
  status: "posted" | "failed" | "blocked";
  external_id: string | null;
  external_url: string | null;
  idempotency_key_digest: string;
}

/** One approval that counted. `reason_state` withheld: its words were erased since. */
export interface ReceiptApproval extends OpenRecord {
  entry: number;
  approval_id: string | null;
  at: string;
  by: ReceiptActor;
  digest: string | null;
  payload_digest: string | null;
  binding: string | null;
  needed: number | null;
  break_glass: boolean | null;
  expires_at_ms: number | null;
  reason: string | null;
  reason_state: "given" | "none" | "withheld";
}

/** What came of one attempt; its entry holds SHA-256 over the canonical form of `facts`. */
export interface ReceiptAttempt extends OpenRecord {
  entry: number;
  at: string;
  state: string | null;
  facts: {
    attempt: number;
    started_at_ms: number;
    duration_ms: number;
    outcome: string;
    reason_code: string | null;
    status_code: number | null;
    request_digest: string | null;
    response_digest: string | null;
  } | null;
}

/** One entry of the ledger, whole, with its inclusion proof. A field that was erased is its salted hash. */
export interface ReceiptEntry extends OpenRecord {
  sequence: number;
  id: string;
  at: string;
  actor_key: string;
  action: string;
  outcome: string;
  subject_kind: string;
  subject_id: string;
  project_id: string | null;
  request_id: string | null;
  actor?: JsonObject;
  actor_salt?: string;
  actor_hash?: string;
  detail?: JsonObject;
  detail_salt?: string;
  detail_hash?: string;
  leaf_hash: string;
  proof: string[];
}

/** A key that signed the ledger, with the signature of the one before that handed over to it. */
export interface ReceiptKey extends OpenRecord {
  key_id: string;
  ordinal: number;
  name: string;
  public_key: string;
  from_size: number;
  endorsed_by: string;
  endorsement: string;
  created_at_ms: number;
}

/** One publish as a file that proves itself offline. No payload, no target and no secret is in it. */
export interface PortableReceipt extends OpenRecord {
  format: "incident-monitor-receipt/1";
  receipt: {
    entry: number;
    at: string;
    delivery_id: string;
    draft_id: string;
    destination_id: string | null;
    destination_kind: string | null;
    state: string | null;
    payload_digest: string | null;
    approval_id: string | null;
    sent: ReceiptSent | null;
  };
  asked: { entry: number; at: string; by: ReceiptActor; approval_required: boolean | null } | null;
  approvals: ReceiptApproval[];
  attempts: ReceiptAttempt[];
  entries: ReceiptEntry[];
  checkpoint: string;
  keys: ReceiptKey[];
}
