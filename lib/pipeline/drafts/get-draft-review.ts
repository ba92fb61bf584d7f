import { listApprovals } from "@/lib/db/approval-store";
import { listPostRecords } from "@/lib/db/post-store";
import { changesSince, decidable, publishable } from "@/lib/domain/approval";
import { decidePermission, type Permission, rolesHolding } from "@/lib/domain/permission";
import type { Approval, Draft, Post } from "@/lib/domain/records";
import type { DraftReview, ReviewAction } from "@/lib/domain/review";
import { traceRoutes } from "@/lib/domain/route-trace";
import type { Context } from "../context";
import {
  basisOf,
  type Publication,
  type PublicationTarget,
  preparePublication,
} from "../publishing/prepare-publication";
import { shownPost, shownTarget } from "../publishing/shown-target";
import { requireDraft } from "./require-draft";

/**
 * Everything a reviewer decides on, as it is now: the exact payload per destination, why it goes there, who must approve
 * and why, and which actions this actor has. Never writes.
 *
 * @throws AppError not_found `draft_not_found`, forbidden
 */
export async function getDraftReview(ctx: Context, draftId: string): Promise<DraftReview> {
  const draft = await requireDraft(ctx, draftId, "read");
  const [publication, approvals, sent] = await Promise.all([
    preparePublication(ctx, draft),
    listApprovals(ctx.db, draftId),
    listPostRecords(ctx.db, { projects: null, draftId }, { limit: 200, after: null }),
  ]);
  const active =
    draft.approval === "granted" ? (approvals.find((each) => each.state === "granted") ?? null) : null;
  const review = basisOf(publication, publication.decision.effectiveDestinationIds);
  const safety = publication.config.safetyDefaults;
  return {
    draft: { ...draft, silenced: publication.silenced },
    decision: publication.decision,
    trace: traceRoutes(publication.routeContext, publication.config),
    approvals,
    active,
    changes: active ? changesOf(publication, active) : [],
    approvalTtlMs: safety.approvalTtlMs,
    approvalBinding: safety.approvalBinding,
    destinations: publication.targets.map((target) => ({
      ...withProposal(shownTarget(ctx, draft.content.projectId, target)),
      covered: active !== null && isCovered(publication, active, target.destination.destinationId),
      post: newestTo(ctx, sent.posts, target.destination.destinationId),
    })),
    digest: review.digest,
    policyVersion: publication.policyVersion,
    actions: actionsFor(ctx, draft, publication, active),
    publishOnApproval: safety.publishOnApproval,
  };
}

/** To a reviewer a destination that waits for triage is one that is not ready. */
function withProposal<Target extends Pick<PublicationTarget, "readiness" | "proposalMissing">>(
  target: Target,
): Target {
  const { readiness, proposalMissing } = target;
  if (!proposalMissing) return target;
  return {
    ...target,
    readiness: { ...readiness, ready: false, missing: [...readiness.missing, proposalMissing] },
  };
}

function changesOf(publication: Publication, active: Approval) {
  const covered = Object.keys(active.basis.payloads);
  return changesSince(active.basis, basisOf(publication, covered).basis, active.binding);
}

function isCovered(publication: Publication, active: Approval, destinationId: string): boolean {
  if (!(destinationId in active.basis.payloads)) return false;
  return changesSince(active.basis, basisOf(publication, [destinationId]).basis, active.binding).length === 0;
}

function newestTo(ctx: Context, posts: readonly Post[], destinationId: string): Post | null {
  const post = posts.find((each) => each.delivery.destinationId === destinationId);
  return post ? shownPost(ctx, post) : null;
}

function actionsFor(
  ctx: Context,
  draft: Draft,
  publication: Publication,
  active: Approval | null,
): DraftReview["actions"] {
  const refusal = decidable(draft.approval);
  const decide: ReviewAction = refusal ? no(refusal.message) : permitted(ctx, "decide", draft);
  return { approve: decide, deny: decide, publish: publishAction(ctx, draft, publication, active) };
}

function publishAction(
  ctx: Context,
  draft: Draft,
  publication: Publication,
  active: Approval | null,
): ReviewAction {
  const gate = publishable(draft.approval, publication.decision.approval.required);
  if (gate === "denied") return no("This draft was denied");
  if (gate === "needs_approval") return no("Locked until it is approved");
  if (active?.expiresAtMs && active.expiresAtMs <= ctx.nowMs)
    return no("The approval has expired; approve it again");
  const ready = publication.targets.some(
    (each) => each.effective && each.allowed && each.readiness.ready && each.payload && !each.proposalMissing,
  );
  const stop = publication.decision.blocked.find((each) => each.fields?.destinationId === undefined);
  if (stop) return no(stop.message);
  if (!ready) {
    const proposal = publication.targets.find((each) => each.effective && each.proposalMissing);
    const why = publication.decision.blocked[0] ?? proposal?.proposalMissing;
    return no(why?.message ?? "No destination is ready");
  }
  return permitted(ctx, "publish", draft);
}

function permitted(ctx: Context, permission: Permission, draft: Draft): ReviewAction {
  const decision = decidePermission(ctx.actor, permission, draft.content.projectId);
  if (decision.allowed) return { allowed: true };
  return no(`Your role may not do this; ${rolesHolding(permission).join(" or ")} may`);
}

const no = (why: string): ReviewAction => ({ allowed: false, reason: why });
