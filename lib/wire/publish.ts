import type { PublishRequestWire } from "@/lib/contracts/draft";
import type {
  ApproveResponseWire,
  PublishResponseWire,
  RecheckResponseWire,
  UndonePostsWire,
} from "@/lib/contracts/publish";
import type { Reason } from "@/lib/domain/reason";
import type { Draft, Post } from "@/lib/domain/records";
import { draftToWire } from "./draft";
import { type PostWithAttempts, postToWire } from "./post";
import { type TriageResults, triageResultsToWire } from "./triage-run";

/** What triage has to say of the draft; a caller who did not ask has nothing to say. */
const noTriage: TriageResults = {
  ...{ summary: null, issueDraft: null, duplicates: null },
  ...{ summaryArtifact: null, issueDraftArtifact: null, duplicatesArtifact: null },
};

/** The named destination first, then the list; trimmed, blanks and repeats dropped (contract 4.12). */
export function publishInputFromWire(body: PublishRequestWire): string[] {
  const ids = [body.destination_id ?? "", ...(body.destination_ids ?? [])]
    .map((id) => id.trim())
    .filter(Boolean);
  return [...new Set(ids)];
}

type ApprovedWire = {
  draft: Draft;
  missing: number;
  needed: number;
  triage?: TriageResults;
  /** null: approving published nothing. */
  sent: { ok: true; published: PublishedWire } | { ok: false; error: string } | null;
};

export function approveResponse({
  draft,
  missing,
  needed,
  sent,
  triage = noTriage,
}: ApprovedWire): ApproveResponseWire {
  const { triage_summary: _summary, ...results } = triageResultsToWire(triage);
  const approved = {
    ok: true as const,
    draft: draftToWire(draft),
    failure_pattern_memory: null,
    ...results,
    approvals: { needed, missing },
  };
  const action = missing > 0 ? "approval_recorded" : "approved";
  if (sent && !sent.ok) return { ...approved, action, publish_error: sent.error, deliveries: [] };
  if (!sent) return { ...approved, action, post: null, external_action: null, deliveries: [] };
  const { action: done, post, external_action, deliveries } = publishResponse(sent.published);
  return { ...approved, action: done, post, external_action, deliveries };
}

type PublishedWire = {
  draft: Draft;
  triage?: TriageResults;
  approvalRequired: boolean;
  reasons: Reason[];
  targets: ReadonlyArray<PostWithAttempts & { outcome: string }>;
  /** Already delivered under a receipt that is not shown any more. */
  hidden: readonly unknown[];
};

export function publishResponse(published: PublishedWire): PublishResponseWire {
  const posts = published.targets.map((each) => postToWire(each.post, each.attempts));
  const post = posts[0] ?? null;
  return {
    ok: true,
    draft: draftToWire(published.draft),
    action: actionOf(published),
    ...triageResultsToWire(published.triage ?? noTriage),
    post_id: post?.post_id ?? null,
    issue_number: post?.issue_number ?? null,
    issue_url: post?.issue_url ?? null,
    comment_id: post?.comment_id ?? null,
    comment_url: post?.comment_url ?? null,
    post,
    external_action: externalAction(published.targets[0]?.post ?? null),
    deliveries: posts,
    reasons: published.reasons,
  };
}

/** The first destination's action, unless another one is further along (contract 6.4, D-09). */
function actionOf(published: PublishedWire): string {
  if (published.approvalRequired) return "approval_required";
  const states = published.targets.map((each) => each.post.delivery.state);
  const first = published.targets[0];
  if (first?.outcome === "duplicate") return "skip_duplicate";
  if (first?.post.delivery.state === "published") return first.post.delivery.operation;
  const done = published.targets.find((each) => each.post.delivery.state === "published");
  if (states.some((state) => ["due", "sending", "retrying", "ambiguous"].includes(state)))
    return "publish_in_progress";
  if (done && done.outcome !== "duplicate") return done.post.delivery.operation;
  return done || published.hidden.length > 0 ? "skip_duplicate" : "publish_in_progress";
}

/** The generic mirror of an external effect (contract 5.19); local destinations have none. */
function externalAction(post: Post | null): Record<string, unknown> | null {
  if (!post || post.delivery.kind === "telemetry" || post.delivery.kind === "internal_memory") return null;
  const { delivery, receipt } = post;
  return {
    action_id: delivery.postId,
    operation: delivery.operation,
    status: receipt?.status ?? "pending",
    created_at_ms: delivery.createdAtMs,
    updated_at_ms: delivery.updatedAtMs,
    source_kind: "incident_monitor",
    source_id: delivery.draftId,
    capability_id: capabilityOf(delivery),
    provider: providers[delivery.kind],
    target: delivery.targetRef,
    approval_state: delivery.approvalId ? "executed" : "not_required",
    idempotency_key: delivery.idempotencyKey,
    ...(receipt && { receipt: receipt.receipt }),
    ...(receipt?.error && { error: receipt.error }),
    metadata: {
      destination_id: delivery.destinationId,
      route_id: delivery.routeId,
      payload_digest: delivery.payloadDigest,
      external_id: receipt?.externalId ?? null,
      external_url: receipt?.externalUrl ?? null,
    },
  };
}

const providers: Record<Post["delivery"]["kind"], string> = {
  ...{ github_issue: "github", linear_issue: "linear", webhook: "webhook", mcp_tool: "mcp" },
  ...{ telemetry: "incident_monitor_telemetry", internal_memory: "incident_monitor_internal_memory" },
};

/** What was used, by the words of runtimes that keep such mirrors: `github.create_issue`, `webhook.post`. */
function capabilityOf({ kind, operation }: Post["delivery"]): string {
  if (kind === "webhook") return "webhook.post";
  if (kind === "mcp_tool") return "mcp.call_tool";
  return `${providers[kind]}.${operation}`;
}

export function recheckResponse(rechecked: {
  draft: Draft;
  action: string;
  triage?: TriageResults;
}): RecheckResponseWire {
  return {
    ok: true,
    draft: draftToWire(rechecked.draft),
    action: rechecked.action,
    ...triageResultsToWire(rechecked.triage ?? noTriage),
    post_id: null,
    issue_number: rechecked.draft.matchedIssueNumber,
    issue_url: rechecked.draft.matchedIssueUrl ?? null,
    comment_id: null,
    comment_url: null,
    post: null,
  };
}

export const undonePostsToWire = (
  posts: ReadonlyArray<{ postId: string; outcome: "undone" | "already_left" }>,
): UndonePostsWire => ({
  posts: posts.map((each) => ({ post_id: each.postId, outcome: each.outcome })),
  undone: posts.filter((each) => each.outcome === "undone").length,
});

export function publishFailureContext(
  draft: Draft | null,
  triage: TriageResults = noTriage,
): Record<string, unknown> {
  return { draft: draft && draftToWire(draft), ...triageResultsToWire(triage) };
}
