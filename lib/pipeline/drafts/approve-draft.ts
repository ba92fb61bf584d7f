import { listApprovals } from "@/lib/db/approval-store";
import { findAuthorFacts } from "@/lib/db/author-store";
import { actorRef } from "@/lib/domain/actor";
import { decidable } from "@/lib/domain/approval";
import { approvalRefusal } from "@/lib/domain/approval-refusal";
import type { Reason } from "@/lib/domain/reason";
import { reason } from "@/lib/domain/reason";
import type { Draft } from "@/lib/domain/records";
import { isSteppedUp } from "@/lib/domain/step-up";
import type { Context } from "../context";
import { AppError } from "../errors";
import { preparePublication } from "../publishing/prepare-publication";
import type { QueuedTarget } from "../publishing/queue-targets";
import { judgeStanding } from "../publishing/standing-approvals";
import { recordAudit } from "../record-audit";
import { type CoverInput, coveredTargets, refuseIfChanged, unseenRefusal } from "./covered-targets";
import { entitledAmong } from "./entitled-among";
import { readNamedPeople } from "./named-people";
import { recordApproval } from "./record-approval";
import { requireDraft } from "./require-draft";

export type ApproveDraftInput = CoverInput & {
  reason?: string | null;
  expiresInMs?: number | null;
  /** Where approving publishes: how long that waits before it leaves, and can be undone. */
  graceMs?: number | null;
};

export type ApprovedDraft = {
  draftId: string;
  /** How many more people must approve before the gate opens; 0 when it is open. */
  missing: number;
  needed: number;
  /** Did approving publish (D-05)? Then what it queued, and why it did not queue the rest. */
  publishes: boolean;
  queued: QueuedTarget[];
  refused: Reason[];
  graceMs: number;
};

/**
 * One person's (or, where one suffices, a token's) approval of exactly what is rendered now, per destination, with those
 * payloads frozen. It opens the gate once as many different people as the policy asks for approved the same. Sends
 * nothing, unless that opened it and the admin switched on `publish_on_approval` (D-05).
 *
 * @throws AppError not_found, forbidden (also `author_may_not_approve` | `approver_not_named` | `person_required` | `step_up_required`), conflict
 * `draft_not_pending_approval` | `draft_changed` | `decided_meanwhile` | `already_counted` | `covers_other_destinations`,
 * invalid `destination_unknown` | `destination_not_allowed` | `destination_not_in_digest`.
 */
export async function approveDraft(ctx: Context, input: ApproveDraftInput): Promise<ApprovedDraft> {
  const draft = await requireDraft(ctx, input.draftId, "decide");
  const refusal = decidable(draft.approval);
  if (refusal) throw notPending(input.draftId, refusal.message);

  const [publication, approvals, authors] = await Promise.all([
    preparePublication(ctx, draft),
    listApprovals(ctx.db, draft.draftId),
    findAuthorFacts(ctx.db, draft),
  ]);
  const need = publication.decision.approval;
  const granted = approvals.filter((each) => each.state === "granted");
  const standing = judgeStanding(publication, granted, ctx.nowMs);
  const { projectId } = draft.content;
  const isEntitled = await entitledAmong(ctx.db.prisma, ctx, standing.current, projectId);
  const personOf = await readNamedPeople(ctx.db, need, { projectId, authors });
  const attempt = {
    ...{ actor: actorRef(ctx.actor), need, authors, nowMs: ctx.nowMs },
    standing: standing.current.filter((each) => isEntitled(each.actor)),
    nameOf: (userId: string) => personOf(userId).name,
  };
  const why = approvalRefusal(attempt) ?? stepUpRefusal(ctx, need.stepUp);
  if (why) throw await refuseApproval(ctx, draft, why, "incident_monitor.approval.refused");
  refuseIfChanged(publication, input);
  const unseen = input.digest ? unseenRefusal(publication, standing.current) : null;
  if (unseen) {
    const context = { draft_id: draft.draftId, field: "destination_ids" };
    throw new AppError("conflict", unseen.code, unseen.message, context);
  }

  const { quorum, publishes, queued, refused, graceMs } = await recordApproval(ctx, {
    publication,
    covered: coveredTargets(publication, input.destinationIds, standing.current),
    standing,
    reason: input.reason?.trim() || null,
    expiresInMs: input.expiresInMs ?? null,
    graceMs: input.graceMs ?? null,
  });
  const { missing, needed } = quorum;
  return { draftId: draft.draftId, missing, needed, publishes, queued, refused, graceMs };
}

/** High risk asks the person to prove once more that it is them, where the admin said so. */
function stepUpRefusal(ctx: Context, because: readonly Reason[]): Reason | null {
  const { actor } = ctx;
  if (because.length === 0 || actor.kind !== "user" || isSteppedUp(actor.stepUpAtMs, ctx.nowMs)) return null;
  return reason(
    "step_up_required",
    "This is high risk: prove that it is you first, by password or one-time code",
  );
}

function notPending(draftId: string, why: string): AppError {
  return new AppError("conflict", "draft_not_pending_approval", why, { draft_id: draftId });
}

/** A decision that a rule about persons stops, on record with who tried: the rule's code, never the draft's text. */
export async function refuseApproval(
  ctx: Context,
  draft: Draft,
  why: Reason,
  action: "incident_monitor.approval.refused" | "incident_monitor.break_glass.refused",
): Promise<AppError> {
  await recordAudit(ctx.db, ctx, {
    action,
    outcome: "denied",
    subject: { kind: "draft", id: draft.draftId, projectId: draft.content.projectId },
    detail: { reason: why.code, ...why.fields },
  });
  return new AppError(kindOf(why.code), why.code, why.message, {
    draft_id: draft.draftId,
    ...(why.code === "step_up_required" && { step_up: true }),
    ...(why.code === "reason_required" && { field: "reason" }),
  });
}

/** What the person may change by themselves is a conflict or invalid; what they may not is forbidden. */
function kindOf(code: string): AppError["kind"] {
  switch (code) {
    case "already_counted":
    case "break_glass_not_needed":
      return "conflict";
    case "reason_required":
      return "invalid";
    case "break_glass_capped":
      return "limited";
    case "person_required":
    case "author_may_not_approve":
    case "approver_not_named":
    case "step_up_required":
    case "break_glass_off":
    case "break_glass_review_overdue":
      return "forbidden";
    default:
      return "not_ready";
  }
}
