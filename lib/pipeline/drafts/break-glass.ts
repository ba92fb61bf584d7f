import { listApprovals } from "@/lib/db/approval-store";
import { findAuthorFacts } from "@/lib/db/author-store";
import { countBreakGlassUses, insertBreakGlassUse } from "@/lib/db/break-glass-store";
import { announceChange } from "@/lib/db/change-feed";
import { inTransaction, type Transaction } from "@/lib/db/transaction";
import { actorRef } from "@/lib/domain/actor";
import { decidable } from "@/lib/domain/approval";
import { rulesInTheWay } from "@/lib/domain/approval-refusal";
import {
  type BreakGlassFacts,
  breakGlassRefusal,
  breakGlassReviewMs,
  breakGlassWindowMs,
} from "@/lib/domain/break-glass";
import type { Reason } from "@/lib/domain/reason";
import { newId } from "@/lib/ids";
import type { Context } from "../context";
import { AppError } from "../errors";
import {
  type Publication,
  type PublicationTarget,
  preparePublication,
} from "../publishing/prepare-publication";
import { sortTargets } from "../publishing/sort-targets";
import { judgeStanding } from "../publishing/standing-approvals";
import { recordAudit } from "../record-audit";
import { type ApprovedDraft, refuseApproval } from "./approve-draft";
import { type CoverInput, coveredTargets, refuseIfChanged } from "./covered-targets";
import { entitledAmong } from "./entitled-among";
import { recordApproval } from "./record-approval";
import { requireDraft } from "./require-draft";

export type BreakGlassInput = CoverInput & { reason: string };

/**
 * One admin approves alone what takes more people, or somebody else. It goes around how many must approve and who; never
 * around a denial, a destination that is not ready, or redaction. Other admins see it until somebody else has judged it.
 *
 * @throws AppError not_found; forbidden `person_required` | `step_up_required` | `break_glass_off` |
 * `break_glass_review_overdue`; conflict `draft_not_pending_approval` | `break_glass_not_needed` | `draft_changed` |
 * `decided_meanwhile`; limited `break_glass_capped`; invalid `reason_required`; not_ready with the destination's reason.
 */
export async function breakGlass(ctx: Context, input: BreakGlassInput): Promise<ApprovedDraft> {
  const draft = await requireDraft(ctx, input.draftId, "breakGlass");
  const refusal = decidable(draft.approval);
  if (refusal) {
    throw new AppError("conflict", "draft_not_pending_approval", refusal.message, {
      draft_id: draft.draftId,
    });
  }
  const [publication, approvals, authors] = await Promise.all([
    preparePublication(ctx, draft),
    listApprovals(ctx.db, draft.draftId),
    findAuthorFacts(ctx.db, draft),
  ]);
  const need = publication.decision.approval;
  const granted = approvals.filter((each) => each.state === "granted");
  const standing = judgeStanding(publication, granted, ctx.nowMs);
  const covered = coveredTargets(publication, input.destinationIds);
  const isEntitled = await entitledAmong(ctx.db.prisma, ctx, standing.current, draft.content.projectId);
  const counted = standing.current.filter((each) => isEntitled(each.actor));
  const attempt = { actor: actorRef(ctx.actor), need, authors, standing: counted, nowMs: ctx.nowMs };
  const overridden = rulesInTheWay(attempt);
  const unready = whyUnready(publication, covered);
  const judge = (tx: Transaction) => judgeNow(tx, ctx, { input, publication, overridden, unready });
  const why = await inTransaction(ctx.db, judge);
  if (why) throw await refuseApproval(ctx, draft, why, "incident_monitor.break_glass.refused");
  refuseIfChanged(publication, input);

  const given = input.reason.trim();
  const { quorum, publishes, queued, refused, graceMs } = await recordApproval(ctx, {
    ...{ publication, covered, standing, reason: given, expiresInMs: null, graceMs: null },
    breakGlass: {
      overridden,
      alongside: async (tx, approvalId) => {
        // Counted again where nobody else can count: two at once may not both be the last one allowed.
        const stop = await judge(tx);
        if (stop) throw new AppError("conflict", stop.code, stop.message, { draft_id: draft.draftId });
        const subject = { kind: "draft", id: draft.draftId, projectId: draft.content.projectId };
        const breakGlassId = newId.breakGlass();
        const usedAtMs = ctx.nowMs;
        await insertBreakGlassUse(tx, {
          ...{ breakGlassId, approvalId, draftId: draft.draftId, projectId: draft.content.projectId },
          ...{
            actor: ctx.actor,
            reason: given,
            overridden,
            usedAtMs,
            dueAtMs: usedAtMs + breakGlassReviewMs,
          },
        });
        await recordAudit(tx, ctx, {
          action: "incident_monitor.break_glass.used",
          subject,
          detail: {
            break_glass_id: breakGlassId,
            approval_id: approvalId,
            overridden: overridden.map((each) => each.code),
          },
        });
        await announceChange(tx, { topic: "break_glass", id: breakGlassId, projectId: subject.projectId });
      },
    },
  });
  const { missing, needed } = quorum;
  return { draftId: draft.draftId, missing, needed, publishes, queued, refused, graceMs };
}

type Judged = {
  input: BreakGlassInput;
  publication: Publication;
  overridden: readonly Reason[];
  unready: Reason | null;
};

async function judgeNow(tx: Transaction, ctx: Context, judged: Judged): Promise<Reason | null> {
  const { breakGlassPerPerson: perPerson, breakGlassOverall: overall } =
    judged.publication.config.safetyDefaults;
  const since = ctx.nowMs - breakGlassWindowMs;
  const { hasOverdueReview, ...used } = await countBreakGlassUses(tx, ctx.actor, since, ctx.nowMs);
  const facts: BreakGlassFacts = {
    ...{ actor: ctx.actor, nowMs: ctx.nowMs, reasonGiven: judged.input.reason },
    ...{ overridden: judged.overridden, unready: judged.unready },
    ...{ used, hasOverdueReview, caps: { perPerson, overall } },
  };
  return breakGlassRefusal(facts);
}

/** Why publishing would stop at once: then there is nothing to break the glass for. */
export function whyUnready(publication: Publication, covered: readonly PublicationTarget[]): Reason | null {
  const { blocked } = publication.decision;
  const stopsAll = blocked.find((each) => each.fields?.destinationId === undefined);
  if (stopsAll) return stopsAll;
  const { ready, refused } = sortTargets([...covered]);
  if (ready.length > 0) return null;
  const nothing = { code: "no_destination", message: "No destination could take it" };
  return refused[0] ?? blocked[0] ?? nothing;
}
