import type { BreakGlassUse } from "./break-glass";
import type { Destination } from "./config";
import type { NamedPerson } from "./named-approvers";
import type { DestinationReadiness, RenderedPayload } from "./payload";
import type { Reason } from "./reason";
import type { Approval, Draft, Post } from "./records";
import type { RouteTrace } from "./route-trace";
import type { RouteDecision } from "./routing";
import type { TextChange } from "./text-changes";

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
  /** What was last sent there about the same failure, and what would read differently; null where nothing was. */
  sentBefore: {
    postId: string;
    draftId: string;
    sentAtMs: number;
    externalUrl: string | null;
    changes: TextChange[];
  } | null;
};

/** One setting that names who may approve: whom, how many of them, and who has. */
export type NamedReview = {
  why: Reason;
  count: number;
  missing: number;
  people: Array<NamedPerson & { approved: boolean }>;
};

/** How far approving has come, and who counts. */
export type QuorumReview = {
  needed: number;
  missing: number;
  /** Those whose approval stands and counts, the oldest first. */
  counted: Approval[];
  /** Approvals that stand of what would no longer leave: the next decision voids them. */
  outdated: Approval[];
  /** What the approvals that stand cover; whoever adds theirs covers the same. */
  destinationIds: string[] | null;
  endsAtMs: number | null;
  /** Only people who are signed in count (D-19). */
  peopleOnly: boolean;
  authorMayNot: Reason[];
  stepUp: Reason[];
  /** Empty where anybody who may decide may approve. */
  named: NamedReview[];
  /** Why those who are named cannot open the gate as things are, and what would help. */
  unreachable: Reason[];
};

/** What a reviewer is shown and decides on, at one moment, for one actor. */
export type DraftReview = {
  atMs: number;
  draft: Draft;
  decision: RouteDecision;
  trace: RouteTrace[];
  approvals: Approval[];
  active: Approval | null;
  changes: Reason[];
  quorum: QuorumReview;
  /** The newest use of breaking the glass on this draft. */
  brokenGlass: BreakGlassUse | null;
  approvalTtlMs: number;
  approvalBinding: "content" | "draft";
  destinations: DestinationReview[];
  digest: string;
  policyVersion: string;
  actions: {
    approve: ReviewAction;
    deny: ReviewAction;
    publish: ReviewAction;
    withdraw: ReviewAction;
    breakGlass: ReviewAction & { overrides: Reason[] };
  };
  /** This person must prove again that it is them before approving, or before breaking the glass. */
  stepUpDue: { approve: boolean; breakGlass: boolean };
  publishOnApproval: boolean;
};
