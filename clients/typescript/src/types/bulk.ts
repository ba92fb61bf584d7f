import type { Open, OpenRecord } from "./values.js";

export type BulkAction = "approve" | "deny" | "triage" | "retry";

export interface BulkReviewRow extends OpenRecord {
  draft_id: string;
  title?: string;
  risk_level?: string;
  allowed: boolean;
  /** What will happen, or why it cannot. */
  message: string;
  /** Why it cannot: a stable code. */
  code?: string;
  /** Approve: send it back with the decision. */
  digest?: string;
}

export interface BulkReview extends OpenRecord {
  rows: BulkReviewRow[];
  allowed: number;
}

/** One decision on up to 200 drafts: an approval brings each digest, a denial the reason of all. */
export interface BulkDecision {
  decision: "approve" | "deny";
  reason?: string | null;
  items: Array<{ draft_id: string; digest?: string | null }>;
  /** Where approving publishes: how long that can be undone, ms. */
  grace_ms?: number | null;
}

export interface BulkOutcome extends OpenRecord {
  draft_id: string;
  /** `conflict`: it is not what was shown any more. `unchanged`: it stood so already, as when a call is sent twice. */
  outcome: Open<"done" | "unchanged" | "refused" | "conflict" | "not_found">;
  code?: string;
  message: string;
}

export interface BulkOutcomes extends OpenRecord {
  outcomes: BulkOutcome[];
  done: number;
}
