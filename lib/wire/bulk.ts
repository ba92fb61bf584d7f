import type { BulkDecideWire, BulkOutcomesWire, BulkReviewWire } from "@/lib/contracts/bulk";
import type { BulkOutcome, BulkReviewRow } from "@/lib/domain/bulk";
import { present } from "./record-parts";

export const bulkReviewToWire = (rows: readonly BulkReviewRow[]): BulkReviewWire => ({
  rows: rows.map((row) => ({
    draft_id: row.draftId,
    allowed: row.allowed,
    message: row.message,
    ...present({ title: row.title, risk_level: row.riskLevel, code: row.code, digest: row.digest }),
  })),
  allowed: rows.filter((row) => row.allowed).length,
});

export const bulkDecideFromWire = (body: BulkDecideWire) => ({
  decision: body.decision,
  reason: body.reason ?? null,
  items: body.items.map((item) => ({ draftId: item.draft_id, digest: item.digest })),
  graceMs: body.grace_ms,
});

export const bulkOutcomesToWire = (outcomes: readonly BulkOutcome[]): BulkOutcomesWire => ({
  outcomes: outcomes.map((each) => ({
    draft_id: each.draftId,
    outcome: each.outcome,
    message: each.message,
    ...present({ code: each.code }),
  })),
  done: outcomes.filter((each) => each.outcome === "done").length,
});
