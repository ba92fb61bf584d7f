import type { DraftWire } from "@/lib/contracts/draft";

/** After which action the next draft is looked for: the one that waits for the same. */
export type DoneKind = "decide" | "publish";

const due = ["required", "voided", "expired"];
/** Of this reader: where their own approval stands or others are named, it is those who are missing. */
const awaitsDecision = (draft: DraftWire) =>
  due.includes(draft.facets.approval) && !draft.approved_by_you && !draft.asks_others;
const awaitsPublish = (draft: DraftWire) =>
  !draft.newest_delivery && ["granted", "not_required"].includes(draft.facets.approval);

/**
 * The next draft that waits for what was just done, from the row after this one on and round to those before it; after
 * the last publish, one that waits for a decision. null when nothing loaded waits.
 */
export function nextDraft(rows: readonly DraftWire[], fromId: string, done: DoneKind): string | null {
  const at = rows.findIndex((row) => row.draft_id === fromId);
  const ahead = [...rows.slice(at + 1), ...rows.slice(0, Math.max(0, at))];
  const tests = done === "publish" ? [awaitsPublish, awaitsDecision] : [awaitsDecision];
  for (const waits of tests) {
    const found = ahead.find((row) => row.draft_id !== fromId && waits(row));
    if (found) return found.draft_id;
  }
  return null;
}
