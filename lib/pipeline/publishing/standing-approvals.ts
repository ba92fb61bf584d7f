import { findSeenTexts } from "@/lib/db/approval-store";
import { changesSince } from "@/lib/domain/approval";
import { hasLapsed } from "@/lib/domain/quorum";
import type { Reason } from "@/lib/domain/reason";
import type { Approval } from "@/lib/domain/records";
import { type TextChange, textChanges } from "@/lib/domain/text-changes";
import type { Context } from "../context";
import { basisOf, type Publication } from "./prepare-publication";
import { seenTexts } from "./seen-texts";

/** What the approvals that stand are worth, held against what would leave now. */
export type Standing = {
  /** Of what would leave now. */
  current: Approval[];
  lapsed: Approval[];
  /** Of something else, and what is different. */
  outdated: Approval[];
  changes: Reason[];
};

export function judgeStanding(
  publication: Publication,
  granted: readonly Approval[],
  nowMs: number,
): Standing {
  const found: Standing = { current: [], lapsed: [], outdated: [], changes: [] };
  for (const approval of granted) {
    const changes = changesOf(publication, approval);
    if (hasLapsed(approval, nowMs)) found.lapsed.push(approval);
    else if (changes.length === 0) found.current.push(approval);
    else {
      if (found.outdated.length === 0) found.changes = changes;
      found.outdated.push(approval);
    }
  }
  return found;
}

export function changesOf(publication: Publication, approval: Approval): Reason[] {
  const covered = Object.keys(approval.basis.payloads);
  return changesSince(approval.basis, basisOf(publication, covered).basis, approval.binding);
}

/** Before and after of the texts that this approval was given for. */
export async function voidingDiff(
  ctx: Context,
  publication: Publication,
  approval: Approval | undefined,
): Promise<TextChange[]> {
  if (!approval) return [];
  const seen = await findSeenTexts(ctx.db, approval.approvalId);
  // One from before texts were kept saw something, and nobody can say what.
  if (Object.keys(seen).length === 0) return [];
  return textChanges(seen, seenTexts(publication, Object.keys(approval.basis.payloads)));
}
