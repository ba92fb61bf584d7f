import { listApprovals } from "@/lib/db/approval-store";
import { findAuthorFacts } from "@/lib/db/author-store";
import { listBreakGlassRecords } from "@/lib/db/break-glass-store";
import { listPostRecords, listSentBefore } from "@/lib/db/post-store";
import { changesSince } from "@/lib/domain/approval";
import { liveClaim } from "@/lib/domain/draft-claim";
import type { Approval, Post } from "@/lib/domain/records";
import type { DraftReview } from "@/lib/domain/review";
import { traceRoutes } from "@/lib/domain/route-trace";
import type { Context } from "../context";
import {
  basisOf,
  type Publication,
  type PublicationTarget,
  preparePublication,
} from "../publishing/prepare-publication";
import { sentBeforeOf } from "../publishing/sent-before";
import { shownPost, shownTarget } from "../publishing/shown-target";
import { changesOf } from "../publishing/standing-approvals";
import { requireDraft } from "./require-draft";
import { reviewActions } from "./review-actions";
import { reviewQuorum } from "./review-quorum";

/**
 * Everything a reviewer decides on, as it is now: the exact payload per destination, why it goes there, who must approve
 * and why, who has, and which actions this actor has. Never writes.
 *
 * @throws AppError not_found `draft_not_found`, forbidden
 */
export async function getDraftReview(ctx: Context, draftId: string): Promise<DraftReview> {
  const draft = await requireDraft(ctx, draftId, "read");
  const [publication, approvals, authors, sent, before, glass] = await Promise.all([
    preparePublication(ctx, draft),
    listApprovals(ctx.db, draftId),
    findAuthorFacts(ctx.db, draft),
    listPostRecords(ctx.db, { projects: null, draftId }, { limit: 200, after: null }),
    listSentBefore(ctx.db, draft.incidentId),
    listBreakGlassRecords(ctx.db, { projects: null, draftId }, { limit: 1, after: null }, ctx.nowMs),
  ]);
  const active =
    draft.approval === "granted" ? (approvals.find((each) => each.state === "granted") ?? null) : null;
  const review = basisOf(publication, publication.decision.effectiveDestinationIds);
  const safety = publication.config.safetyDefaults;
  const quorum = await reviewQuorum(ctx, publication, approvals, authors);
  return {
    atMs: ctx.nowMs,
    draft: { ...draft, silenced: publication.silenced, claim: liveClaim(draft.claim, ctx.nowMs) },
    decision: publication.decision,
    trace: traceRoutes(publication.routeContext, publication.config),
    approvals,
    active,
    changes: active ? changesOf(publication, active) : [],
    quorum,
    brokenGlass: glass.uses[0] ?? null,
    approvalTtlMs: safety.approvalTtlMs,
    approvalBinding: quorum.peopleOnly ? "content" : safety.approvalBinding,
    destinations: publication.targets.map((target) => ({
      ...withProposal(shownTarget(ctx, draft.content.projectId, target)),
      covered: active !== null && isCovered(publication, active, target.destination.destinationId),
      post: newestTo(ctx, sent.posts, target.destination.destinationId),
      sentBefore: sentBeforeOf(target, before),
    })),
    digest: review.digest,
    policyVersion: publication.policyVersion,
    ...reviewActions(ctx, { draft, publication, active, quorum, approvals, authors }),
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

function isCovered(publication: Publication, active: Approval, destinationId: string): boolean {
  if (!(destinationId in active.basis.payloads)) return false;
  return changesSince(active.basis, basisOf(publication, [destinationId]).basis, active.binding).length === 0;
}

function newestTo(ctx: Context, posts: readonly Post[], destinationId: string): Post | null {
  const post = posts.find((each) => each.delivery.destinationId === destinationId);
  return post ? shownPost(ctx, post) : null;
}
