import type { QueueOutcome } from "@/lib/db/delivery-store";
import { findDraft } from "@/lib/db/draft-store";
import { type Reason, reason } from "@/lib/domain/reason";
import type { Delivery, DeliveryAttempt, Draft, Post } from "@/lib/domain/records";
import type { Context } from "../context";
import { AppError } from "../errors";
import { awaitTriage } from "../triage/await-triage";
import { awaitDeliveries, publishWaitMs } from "./await-deliveries";
import { postsOf } from "./posts-of";
import { type PublishDraftInput, publishDraft } from "./publish-draft";
import type { QueuedTarget } from "./queue-targets";

export type PublishedTarget = { post: Post; attempts: DeliveryAttempt[]; outcome: QueueOutcome };

export type Published = {
  draft: Draft;
  /** Set when it stopped for approval; nothing was queued then. */
  approvalRequired: boolean;
  reasons: Reason[];
  /** In the order asked for; empty when it stopped for approval. */
  targets: PublishedTarget[];
  /** Delivered before and the receipt deleted since: nothing is sent again and nothing of it shown. */
  hidden: Delivery[];
};

/**
 * Publishes and waits for the ends (D-09), and before that for a triage under way where something is to be filed (D-29): one that
 * does not end in time leaves nothing queued, and `targets` empty. Done if any destination has it, has it already, or is still being tried.
 *
 * @throws AppError as publishDraft does; not_ready `publish_failed` when every destination ended failed or blocked.
 */
export async function publishAndWait(ctx: Context, input: PublishDraftInput): Promise<Published> {
  const startedAt = performance.now();
  const leftMs = () => Math.max(0, publishWaitMs - (performance.now() - startedAt));
  let result = await publishDraft(ctx, input);
  if (result.action === "triage_under_way") {
    await awaitTriage(ctx, result.runId, leftMs());
    result = await publishDraft(ctx, input);
  }
  if (result.action === "triage_under_way") {
    const draft = await draftOf(ctx, input.draftId);
    return { draft, approvalRequired: false, reasons: result.reasons, targets: [], hidden: [] };
  }
  if (result.action === "approval_required") {
    return {
      draft: await draftOf(ctx, input.draftId),
      approvalRequired: true,
      reasons: result.reasons,
      targets: [],
      hidden: [],
    };
  }
  // What waits to be undone has no end to wait for.
  return awaitPublished(ctx, input.draftId, result, result.graceMs > 0 ? 0 : leftMs());
}

/**
 * Waits for what was queued and tells how it ended, beside what could not be queued.
 *
 * @throws AppError not_ready `publish_failed` when every destination ended failed or blocked.
 */
export async function awaitPublished(
  ctx: Context,
  draftId: string,
  { queued, refused }: { queued: readonly QueuedTarget[]; refused: readonly Reason[] },
  waitMs: number = publishWaitMs,
): Promise<Published> {
  const ended = await awaitDeliveries(
    ctx,
    queued.map((each) => each.delivery.deliveryId),
    waitMs,
  );
  const posts = await postsOf(ctx, ended);
  const outcomes = new Map(queued.map((each) => [each.delivery.deliveryId, each.outcome]));
  const targets = posts.map((each) => ({
    ...each,
    outcome: outcomes.get(each.post.delivery.deliveryId) ?? "queued",
  }));
  const hidden = ended.filter(
    (each) => each.state === "published" && !posts.some(({ post }) => post.delivery.postId === each.postId),
  );
  const badEnds = ["failed", "blocked", "cancelled"];
  if (hidden.length === 0 && targets.every(({ post }) => badEnds.includes(post.delivery.state))) {
    throw publishFailed(draftId, targets, refused);
  }
  return {
    draft: await draftOf(ctx, draftId),
    approvalRequired: false,
    reasons: [...refused, ...hidden.map(receiptDeleted)],
    targets,
    hidden,
  };
}

function receiptDeleted({ destinationId }: Delivery): Reason {
  const words = `${destinationId} has this already; the receipt was deleted`;
  return reason("receipt_deleted", words, { destinationId });
}

function publishFailed(
  draftId: string,
  targets: readonly PublishedTarget[],
  refused: readonly Reason[],
): AppError {
  const words = [
    ...targets.map(
      ({ post }) =>
        `${post.delivery.destinationId}: ${post.delivery.lastReason?.message ?? post.delivery.state}`,
    ),
    ...refused.map((each) => each.message),
  ];
  return new AppError("not_ready", "publish_failed", words.join("; ") || "Nothing could be sent", {
    draft_id: draftId,
  });
}

async function draftOf(ctx: Context, draftId: string): Promise<Draft> {
  const draft = await findDraft(ctx.db, draftId);
  if (!draft)
    throw new AppError("not_found", "draft_not_found", "There is no such draft", { draft_id: draftId });
  return draft;
}
