import { endGrants } from "@/lib/db/approval-store";
import { announceChange } from "@/lib/db/change-feed";
import {
  endMerge,
  insertMerge,
  keepOwnCounts,
  type LockedIncident,
  type MergeRecord,
  placeBelow,
  reopenDraft,
  supersedeDraft,
  takeOut,
  tallyLead,
} from "@/lib/db/merge-store";
import type { Transaction } from "@/lib/db/transaction";
import { endWaitingDeliveries } from "@/lib/db/waiting-delivery-store";
import { actorRef } from "@/lib/domain/actor";
import { draftFate, restoredApproval } from "@/lib/domain/merge";
import { reason } from "@/lib/domain/reason";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import { recordAudit } from "../record-audit";
import { incidentSubject } from "./require-incident";

export type MergeCause = { reason: string | null; ruleId: string | null };

/** Puts locked members below a locked lead, closes their open drafts and tells who listens. Decided before. */
export async function mergeMembers(
  tx: Transaction,
  ctx: Context,
  lead: LockedIncident,
  members: readonly LockedIncident[],
  cause: MergeCause,
): Promise<void> {
  const at = new Date(ctx.nowMs);
  await keepOwnCounts(tx, [lead.incidentId, ...members.map((each) => each.incidentId)]);
  for (const member of members) {
    const draft = await closeDraft(tx, ctx, member, lead);
    await placeBelow(tx, member.incidentId, lead.incidentId, at);
    const mergeId = newId.merge();
    await insertMerge(tx, {
      mergeId,
      leadId: lead.incidentId,
      memberId: member.incidentId,
      ruleId: cause.ruleId,
      reason: cause.reason,
      draft,
      mergedBy: actorRef(ctx.actor),
      mergedAtMs: ctx.nowMs,
    });
    await recordAudit(tx, ctx, {
      action: "incident_monitor.incident.merged",
      subject: incidentSubject(member),
      detail: {
        ...{ merge_id: mergeId, into: lead.incidentId, reason_given: cause.reason !== null },
        draft: draftFate(member.draft),
        ...(cause.ruleId && { rule_id: cause.ruleId }),
      },
    });
    await announceIncident(tx, member);
  }
  await tallyLead(tx, lead.incidentId, at);
  await announceIncident(tx, lead);
}

/**
 * The reverse of one merge: the member shows itself again, with what is below it, and its draft is open as it was; an approval
 * that the merge voided stays voided. What it was seen since counts where its identity says: with the member.
 */
export async function unmergeMember(
  tx: Transaction,
  ctx: Context,
  member: LockedIncident,
  merge: MergeRecord,
): Promise<void> {
  const at = new Date(ctx.nowMs);
  const leadId = member.mergedIntoId;
  await endMerge(tx, merge.mergeId, actorRef(ctx.actor), at);
  const below = await takeOut(tx, member.incidentId, at);
  await tallyLead(tx, member.incidentId, at);
  if (leadId) await tallyLead(tx, leadId, at);
  const reopened = merge.draft
    ? await reopenDraft(tx, merge.draft.draftId, restoredApproval(merge.draft.approval), at)
    : false;
  await recordAudit(tx, ctx, {
    action: "incident_monitor.incident.unmerged",
    subject: incidentSubject(member),
    detail: { merge_id: merge.mergeId, from: leadId, with: below.length, draft_reopened: reopened },
  });
  await announceIncident(tx, member);
  if (leadId) await announceIncident(tx, { incidentId: leadId, projectId: member.projectId });
  if (merge.draft) await announceDraft(tx, merge.draft.draftId, member.projectId);
}

/** What was open of a member's draft ends: it is superseded, its approval voided, what waited is not sent. */
async function closeDraft(
  tx: Transaction,
  ctx: Context,
  member: LockedIncident,
  lead: LockedIncident,
): Promise<MergeRecord["draft"]> {
  const { draft, projectId } = member;
  if (!draft || draftFate(draft) !== "superseded") return null;
  const at = new Date(ctx.nowMs);
  const why = reason("incident_merged", `Its incident was merged into ${lead.incidentId}`);
  await supersedeDraft(tx, draft.draftId, lead.incidentId, at);
  if ((await endGrants(tx, draft.draftId, { state: "voided", because: [why], at })) > 0)
    await recordAudit(tx, ctx, {
      action: "incident_monitor.approval.voided",
      subject: { kind: "draft", id: draft.draftId, projectId },
      detail: { because: [why.code], merged_into: lead.incidentId },
    });
  for (const id of await endWaitingDeliveries(tx, draft.draftId, why, at)) {
    await recordAudit(tx, ctx, {
      action: "incident_monitor.delivery.cancelled",
      subject: { kind: "delivery", id, projectId },
      detail: { draft_id: draft.draftId, reason: why.code },
    });
    await announceChange(tx, { topic: "delivery", id, projectId });
  }
  await announceDraft(tx, draft.draftId, projectId);
  return { draftId: draft.draftId, approval: draft.approval };
}

const announceDraft = (tx: Transaction, id: string, projectId: string | null) =>
  announceChange(tx, { topic: "draft", id, projectId });

export const announceIncident = (
  tx: Transaction,
  incident: { incidentId: string; projectId: string | null },
) => announceChange(tx, { topic: "incident", id: incident.incidentId, projectId: incident.projectId });
