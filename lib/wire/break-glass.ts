import type { BreakGlassListQuery, BreakGlassListWire, BreakGlassUseWire } from "@/lib/contracts/break-glass";
import { type BreakGlassUse, isReviewOverdue } from "@/lib/domain/break-glass";
import { pageFromQuery } from "./list-query";
import { present } from "./record-parts";

export function breakGlassToWire(use: BreakGlassUse, nowMs: number): BreakGlassUseWire {
  return {
    break_glass_id: use.breakGlassId,
    approval_id: use.approvalId,
    draft_id: use.draftId,
    draft_title: use.draftTitle,
    actor: use.actor,
    reason: use.reason,
    overridden: use.overridden,
    used_at_ms: use.usedAtMs,
    due_at_ms: use.dueAtMs,
    overdue: isReviewOverdue(use, nowMs),
    ...present({
      project_id: use.projectId,
      verdict: use.verdict,
      note: use.note,
      reviewed_by: use.reviewedBy,
      reviewed_at_ms: use.reviewedAtMs,
    }),
  };
}

export function breakGlassListToWire(list: {
  uses: BreakGlassUse[];
  total: number;
  open: number;
  overdue: number;
  nextCursor: string | null;
  nowMs: number;
}): BreakGlassListWire {
  return {
    reviews: list.uses.map((use) => breakGlassToWire(use, list.nowMs)),
    count: list.uses.length,
    total: list.total,
    open: list.open,
    overdue: list.overdue,
    ...present({ next_cursor: list.nextCursor }),
  };
}

export function listBreakGlassFromQuery(query: BreakGlassListQuery) {
  return { page: pageFromQuery(query), filter: { state: query.state } };
}
