import type { Open, OpenRecord, Page, PageQuery, Reason, SpanQuery } from "./values.js";

/** Absent name or detail: erased; `erased` says which. */
export interface AuditEntry extends OpenRecord {
  entry_id: string;
  /** Absent until it was sealed, a moment after it was written. */
  sequence?: number;
  at_ms: number;
  actor: { kind: string; id: string; name?: string };
  action: string;
  outcome: Open<"done" | "denied" | "failed">;
  subject_kind: string;
  subject_id: string;
  project_id?: string;
  request_id?: string;
  detail?: Record<string, unknown>;
  erased: Array<Open<"actor" | "detail">>;
  leaf_hash?: string;
  sealed_at_ms?: number;
}

export interface AuditFilter extends SpanQuery {
  /** A kind, or a kind with an id: `user:user-1`. */
  actor?: string;
  /** The whole name, or its beginning up to a dot. */
  action?: string;
  outcome?: "done" | "denied" | "failed";
  subject_kind?: string;
  subject_id?: string;
  project?: string;
  request_id?: string;
}
export interface AuditQuery extends PageQuery, AuditFilter {}
export interface AuditExportQuery extends AuditFilter {
  format?: "jsonl" | "ocsf" | "cef";
  /** The last sequence that is held already. */
  after?: number;
}
export interface AuditList extends Page {
  entries: AuditEntry[];
}

/** `note`: C2SP signed note, tlog-checkpoint. */
export interface AuditCheckpoint extends OpenRecord {
  size: number;
  root: string;
  key_id: string;
  created_at_ms: number;
  note: string;
}
export interface AuditKey extends OpenRecord {
  key_id: string;
  verifier_key: string;
  from_size: number;
  endorsed_by: string;
  created_at_ms: number;
}
export interface AuditCheckpointAnswer extends OpenRecord {
  origin?: string;
  checkpoint?: AuditCheckpoint;
  keys: AuditKey[];
}

export interface AuditProof extends OpenRecord {
  sequence: number;
  size: number;
  root: string;
  checkpoint: string;
  sealed_by: number;
  leaf: string;
  leaf_hash: string;
  actor_hash: string;
  detail_hash: string;
  path: string[];
  holds: boolean;
}
export interface AuditEntryAnswer extends OpenRecord {
  entry: AuditEntry;
  proof?: AuditProof;
}
export interface AuditConsistency extends OpenRecord {
  from: number;
  to: number;
  path: string[];
  checkpoint?: AuditCheckpoint;
}

export interface AuditVerification extends OpenRecord {
  ok: boolean;
  problem?: { kind: string; sequence?: number; entry_id?: string; after_size: number; message: string };
  from: number;
  to: number;
  entries: number;
  checkpoints: number;
  copies: number;
  duration_ms: number;
}

export interface AuditPosting extends OpenRecord {
  posting_id: string;
  destination_id: string;
  size: number;
  state: Open<"due" | "sent" | "failed">;
  attempts: number;
  reason?: Reason;
  created_at_ms: number;
  ended_at_ms?: number;
}
export interface AuditWitness extends OpenRecord {
  destination_id: string | null;
  interval_minutes: number;
  version: number;
  destinations: Array<{ destination_id: string; name: string }>;
  postings: AuditPosting[];
  last_sent?: AuditPosting;
}
export interface AuditWitnessInput {
  destination_id: string | null;
  interval_minutes: number;
  version: number;
}
export interface AuditLedger extends OpenRecord {
  origin?: string;
  checkpoint?: AuditCheckpoint;
  keys: AuditKey[];
  unsealed: { count: number; oldest_at_ms?: number };
  database: { role: string; owner: string; apart: boolean };
  remembered?: { size: number; agrees: boolean };
  witness: AuditWitness;
}
