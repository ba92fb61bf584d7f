import type { Destination } from "./config";
import type { DestinationReadiness, RenderedPayload } from "./payload";
import type { Reason } from "./reason";
import type { Approval, Draft, Post } from "./records";
import type { RouteTrace } from "./route-trace";
import type { RouteDecision } from "./routing";

export type ReviewAction = { allowed: boolean; reason?: string };

export type DestinationReview = {
  destination: Destination;
  effective: boolean;
  allowed: boolean;
  readiness: DestinationReadiness;
  payload: { content: RenderedPayload; digest: string } | null;
  renderError: Reason | null;
  covered: boolean;
  post: Post | null;
};

/** What a reviewer is shown and decides on, at one moment, for one actor. */
export type DraftReview = {
  draft: Draft;
  decision: RouteDecision;
  trace: RouteTrace[];
  approvals: Approval[];
  active: Approval | null;
  changes: Reason[];
  approvalTtlMs: number;
  approvalBinding: "content" | "draft";
  destinations: DestinationReview[];
  digest: string;
  policyVersion: string;
  actions: { approve: ReviewAction; deny: ReviewAction; publish: ReviewAction };
  publishOnApproval: boolean;
};
