import type { DeliveryState } from "./delivery";
import type { ApprovalFacet } from "./draft";
import { type Reason, reason } from "./reason";

/** Members of one lead at most: each is asked for by name when its sightings are listed. */
export const membersMax = 50;

export type MergeParty = {
  incidentId: string;
  scopeKey: string;
  mergedIntoId: string | null;
  memberCount: number;
  /** States of the deliveries of its newest draft. */
  deliveries: readonly DeliveryState[];
};

/**
 * May these be merged into the lead? Only inside one scope (D-13), only leads of their own, and nothing that is just being
 * sent: whether that arrived decides what becomes of its draft. Null: they may.
 */
export function mergeRefusal(lead: MergeParty, others: readonly MergeParty[]): Reason | null {
  if (others.length === 0) return reason("nothing_to_merge", "Name at least one incident to merge");
  if (lead.mergedIntoId !== null)
    return reason("already_merged", `${lead.incidentId} is itself merged into ${lead.mergedIntoId}`, {
      merged_into: lead.mergedIntoId,
    });
  for (const other of others) {
    const { incidentId } = other;
    const named = { incident_id: incidentId };
    if (incidentId === lead.incidentId)
      return reason("same_incident", "An incident cannot be merged into itself", named);
    if (other.mergedIntoId !== null)
      return reason("already_merged", `${incidentId} is merged into ${other.mergedIntoId} already`, named);
    if (other.scopeKey !== lead.scopeKey)
      return reason("other_scope", `${incidentId} is of another project, source or quality`, named);
    if (other.deliveries.some((state) => state === "sending" || state === "ambiguous"))
      return reason(
        "delivery_under_way",
        `Something of ${incidentId} is being sent; settle that first`,
        named,
      );
  }
  const members = others.reduce((sum, each) => sum + 1 + each.memberCount, lead.memberCount);
  if (members > membersMax)
    return reason("too_many_members", `One incident holds at most ${membersMax} others`, {
      limit: membersMax,
    });
  return null;
}

/** What becomes of a merged incident's newest draft. One that was published stays: its issue is there. */
export type DraftFate = "none" | "published" | "superseded";

export function draftFate(
  draft: { approval: ApprovalFacet; deliveries: readonly DeliveryState[] } | null,
): DraftFate {
  if (!draft || draft.approval === "denied") return "none";
  return draft.deliveries.includes("published") ? "published" : "superseded";
}

/** An approval that was voided by a merge is not given back: whoever wants the draft out looks at it again. */
export function restoredApproval(before: ApprovalFacet): ApprovalFacet {
  return before === "granted" ? "voided" : before;
}
