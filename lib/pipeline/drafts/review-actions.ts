import { actorRef } from "@/lib/domain/actor";
import { decidable, publishable } from "@/lib/domain/approval";
import { approvalRefusal, rulesInTheWay } from "@/lib/domain/approval-refusal";
import type { AuthorFacts } from "@/lib/domain/authorship";
import { decidePermission, type Permission, rolesHolding } from "@/lib/domain/permission";
import type { Approval, Draft } from "@/lib/domain/records";
import type { DraftReview, QuorumReview, ReviewAction } from "@/lib/domain/review";
import { isSteppedUp } from "@/lib/domain/step-up";
import type { Context } from "../context";
import type { Publication } from "../publishing/prepare-publication";
import { whyUnready } from "./break-glass";

type ReviewedDraft = {
  draft: Draft;
  publication: Publication;
  active: Approval | null;
  quorum: QuorumReview;
  approvals: readonly Approval[];
  authors: AuthorFacts;
};

/** What this actor may do with the draft now, each with the reason why not, as the verbs themselves decide it. */
export function reviewActions(
  ctx: Context,
  reviewed: ReviewedDraft,
): Pick<DraftReview, "actions" | "stepUpDue"> {
  const { draft, publication, active, quorum, authors } = reviewed;
  const refusal = decidable(draft.approval);
  const deny: ReviewAction = refusal ? no(refusal.message) : permitted(ctx, "decide", draft);
  const attempt = {
    ...{ actor: actorRef(ctx.actor), need: publication.decision.approval, authors, nowMs: ctx.nowMs },
    standing: quorum.counted,
    nameOf: nameOf(quorum),
  };
  const rule = deny.allowed ? approvalRefusal(attempt) : null;
  const isProven = ctx.actor.kind === "user" && isSteppedUp(ctx.actor.stepUpAtMs, ctx.nowMs);
  return {
    actions: {
      approve: rule ? no(rule.message) : deny,
      deny,
      publish: publishAction(ctx, draft, publication, active),
      withdraw: withdrawAction(ctx, reviewed),
      breakGlass: breakGlassAction(ctx, reviewed, rulesInTheWay(attempt)),
    },
    stepUpDue: {
      approve: quorum.stepUp.length > 0 && !isProven,
      breakGlass: !isProven,
    },
  };
}

/** One's own approval, while nothing of the draft has gone out. */
function withdrawAction(ctx: Context, { draft, approvals }: ReviewedDraft): ReviewAction {
  const me = actorRef(ctx.actor);
  const mine = approvals.some(
    (each) => each.state === "granted" && each.actor.kind === me.kind && each.actor.id === me.id,
  );
  if (!mine) return no("No approval of yours stands on this draft");
  const { newestDelivery } = draft;
  const waits = !newestDelivery || ["due", "cancelled", "blocked"].includes(newestDelivery.state);
  return waits ? permitted(ctx, "decide", draft) : no("Something has left under this approval");
}

function breakGlassAction(
  ctx: Context,
  { draft, publication }: ReviewedDraft,
  overrides: ReturnType<typeof rulesInTheWay>,
): DraftReview["actions"]["breakGlass"] {
  const refusal = decidable(draft.approval);
  if (refusal) return { ...no(refusal.message), overrides: [] };
  const { breakGlassPerPerson, breakGlassOverall } = publication.config.safetyDefaults;
  const allowed = permitted(ctx, "breakGlass", draft);
  if (!allowed.allowed) return { ...allowed, overrides };
  if (ctx.actor.kind !== "user") return { ...no("Only a person who is signed in may"), overrides };
  if (overrides.length === 0) return { ...no("Your own approval is enough here"), overrides };
  if (breakGlassPerPerson === 0 || breakGlassOverall === 0)
    return { ...no("It is switched off in the safety defaults"), overrides };
  const unready = whyUnready(
    publication,
    publication.targets.filter((each) => each.effective && each.allowed),
  );
  return { ...(unready ? no(unready.message) : allowed), overrides };
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

/** Of those whom the settings name. */
const nameOf = (quorum: QuorumReview) => (userId: string) => {
  const people = quorum.named.flatMap((each) => each.people);
  return people.find((each) => each.userId === userId)?.name ?? userId;
};

const no = (why: string): ReviewAction => ({ allowed: false, reason: why });
