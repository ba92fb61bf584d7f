import type {
  DestinationReviewWire,
  DraftReviewWire,
  RouteTraceWire,
  ShadowRouteWire,
} from "@/lib/contracts/review";
import type { DraftReview, NamedReview } from "@/lib/domain/review";
import type { PreviewedPayload } from "@/lib/domain/route-preview";
import type { RouteTrace } from "@/lib/domain/route-trace";
import type { ShadowResult } from "@/lib/domain/routing";
import { breakGlassToWire } from "./break-glass";
import { approvalToWire, draftToWire } from "./draft";
import { postToWire } from "./post";
import { present } from "./record-parts";

export function draftReviewToWire(review: DraftReview): DraftReviewWire {
  const { decision, quorum, actions } = review;
  return {
    draft: draftToWire(review.draft),
    approval: {
      required: decision.approval.required,
      high_risk: decision.approval.highRisk,
      because: decision.approval.because,
      ttl_ms: review.approvalTtlMs,
      binding: review.approvalBinding,
      changes: review.changes,
      history: review.approvals.map(approvalToWire),
      quorum: {
        needed: quorum.needed,
        missing: quorum.missing,
        counted: quorum.counted.map(approvalToWire),
        outdated: quorum.outdated.map(approvalToWire),
        people_only: quorum.peopleOnly,
        author_may_not: quorum.authorMayNot,
        step_up: quorum.stepUp,
        named: quorum.named.map(namedToWire),
        unreachable: quorum.unreachable,
        ...present({ destination_ids: quorum.destinationIds, ends_at_ms: quorum.endsAtMs }),
      },
      ...(review.brokenGlass && { break_glass: breakGlassToWire(review.brokenGlass, review.atMs) }),
      ...(review.active && { active: approvalToWire(review.active) }),
    },
    route: {
      reason: decision.winner.reason,
      default_destination_ids: decision.defaultDestinationIds,
      effective_destination_ids: decision.effectiveDestinationIds,
      blocked: decision.blocked,
      contributing_route_ids: contributingIds(decision.contributors),
      shadow: decision.shadow.map(shadowToWire),
      trace: review.trace.map(traceToWire),
      ...present({
        route_id: decision.winner.routeId,
        route_name: decision.winner.routeName,
        risk_level: decision.riskLevel,
      }),
    },
    destinations: review.destinations.map(destinationToWire),
    digest: review.digest,
    policy_version: review.policyVersion,
    actions: {
      ...{ approve: actions.approve, deny: actions.deny, publish: actions.publish },
      ...{ withdraw: actions.withdraw, break_glass: actions.breakGlass },
    },
    step_up_due: { approve: review.stepUpDue.approve, break_glass: review.stepUpDue.breakGlass },
    publish_on_approval: review.publishOnApproval,
  };
}

export function namedToWire({ why, count, missing, people }: NamedReview) {
  return {
    ...{ because: why, count, missing },
    people: people.map(({ userId, name, approved, standing }) => ({
      user_id: userId,
      ...{ name, approved, standing },
    })),
  };
}

export function traceToWire(trace: RouteTrace): RouteTraceWire {
  return {
    route_id: trace.routeId,
    route_name: trace.routeName,
    enabled: trace.enabled,
    outcome: trace.outcome,
    shadow: trace.shadow,
    continues: trace.continues,
    conditions: trace.conditions.map((each) => ({
      condition: each.condition,
      op: each.op,
      negated: each.negated,
      code: each.code,
      wants: [...each.wants],
      matched: each.matched,
      ...(each.has !== null && { has: each.has }),
    })),
  };
}

/** What a shadow route would have sent. */
export function shadowToWire(result: ShadowResult): ShadowRouteWire {
  return {
    route_id: result.routeId ?? "",
    route_name: result.routeName ?? "",
    destination_ids: result.destinationIds,
    approval_policy: result.approvalPolicy,
    reason: result.reason,
    reached: result.reached,
  };
}

/** Of routes alone: the defaults, which have no id, are none. */
export const contributingIds = (rows: readonly { routeId: string | null }[]): string[] =>
  rows.flatMap(({ routeId }) => routeId ?? []);

/** What a destination would get, or why nothing can be rendered for it. */
export function renderedToWire({ payload, renderError }: Pick<PreviewedPayload, "payload" | "renderError">) {
  return {
    ...(payload && {
      payload: {
        operation: payload.content.operation,
        target_ref: payload.content.targetRef,
        digest: payload.digest,
        byte_length: payload.content.byteLength,
        raw: JSON.stringify(payload.content.content, null, 2),
        rendered: payload.content.rendered,
      },
    }),
    ...present({ render_error: renderError }),
  };
}

function destinationToWire(row: DraftReview["destinations"][number]): DestinationReviewWire {
  return {
    destination_id: row.destination.destinationId,
    name: row.destination.name,
    kind: row.destination.kind,
    effective: row.effective,
    allowed: row.allowed,
    ready: row.readiness.ready,
    missing: row.readiness.missing,
    covered: row.covered,
    ...renderedToWire(row),
    ...(row.post && { post: postToWire(row.post) }),
    ...(row.sentBefore && { sent_before: sentBeforeToWire(row.sentBefore) }),
  };
}

function sentBeforeToWire(sent: NonNullable<DraftReview["destinations"][number]["sentBefore"]>) {
  return {
    post_id: sent.postId,
    draft_id: sent.draftId,
    sent_at_ms: sent.sentAtMs,
    changes: sent.changes,
    ...present({ external_url: sent.externalUrl }),
  };
}
