/** What can be done with many drafts in one call. */
export const bulkActions = ["approve", "deny", "triage", "retry"] as const;
export type BulkAction = (typeof bulkActions)[number];

/** Drafts in one call. */
export const bulkMax = 200;

/** What would become of one draft, as it is now. */
export type BulkReviewRow = {
  draftId: string;
  title: string | null;
  riskLevel: string | null;
  allowed: boolean;
  /** What will happen, or why it cannot. */
  message: string;
  /** Why it cannot: a stable code. */
  code: string | null;
  /** Approve: what is approved, to be sent back. */
  digest: string | null;
};

/**
 * What became of one draft. `conflict`: it is not what was looked at any more, nothing was done. `unchanged`: it stood so
 * already by the same actor, as when a call is sent twice.
 */
export type BulkOutcome = {
  draftId: string;
  outcome: "done" | "unchanged" | "refused" | "conflict" | "not_found";
  code: string | null;
  message: string;
};

/** How an error of one draft's verb is told in the list. */
export function outcomeOfRefusal(
  draftId: string,
  refusal: { kind: string; reason: string; message: string },
): BulkOutcome {
  const outcome =
    refusal.kind === "conflict" ? "conflict" : refusal.kind === "not_found" ? "not_found" : "refused";
  return { draftId, outcome, code: refusal.reason, message: refusal.message };
}

/** High risk is approved one at a time: a digest among two hundred is nothing that a person has read. */
export const highRiskAlone = {
  code: "high_risk",
  message: "High risk: it is approved by itself, by somebody who has it before them.",
} as const;
