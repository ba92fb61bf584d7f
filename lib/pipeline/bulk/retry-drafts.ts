import { listPostRecords } from "@/lib/db/post-store";
import { type BulkOutcome, bulkMax } from "@/lib/domain/bulk";
import type { Post } from "@/lib/domain/records";
import type { Context } from "../context";
import { requireDraft } from "../drafts/require-draft";
import { AppError } from "../errors";
import { replayPosts } from "../publishing/replay-posts";
import { authorizeSomewhere, done, eachDraft } from "./each-draft";

/**
 * Sends the failed deliveries of many drafts again, under everything a publish asks for now; each draft has its own outcome.
 *
 * @throws AppError forbidden for who may publish nowhere.
 */
export async function retryDrafts(ctx: Context, draftIds: readonly string[]): Promise<BulkOutcome[]> {
  await authorizeSomewhere(ctx, "publish");
  const items = draftIds.slice(0, bulkMax).map((draftId) => ({ draftId }));
  return eachDraft(items, async ({ draftId }) => {
    await requireDraft(ctx, draftId, "publish");
    const failed = await failedPosts(ctx, draftId);
    if (failed.length === 0) throw new AppError("not_ready", nothingFailed.code, nothingFailed.message);
    const replayed = await replayPosts(
      ctx,
      failed.map(({ delivery }) => delivery.postId),
    );
    const stopped = replayed.find((each) => each.outcome !== "queued");
    if (stopped && "message" in stopped) throw new AppError("not_ready", stopped.outcome, stopped.message);
    return done(
      draftId,
      failed.length === 1 ? "1 delivery is due again." : `${failed.length} deliveries are due again.`,
    );
  });
}

export const nothingFailed = { code: "nothing_failed", message: "No delivery of it failed." } as const;

/** Per destination the newest delivery, where that one ended unsent by itself. */
export async function failedPosts(ctx: Context, draftId: string): Promise<Post[]> {
  const { posts } = await listPostRecords(ctx.db, { projects: null, draftId }, { limit: 200, after: null });
  const newest = new Map<string, Post>();
  for (const post of posts) {
    const { destinationId } = post.delivery;
    if (!newest.has(destinationId)) newest.set(destinationId, post);
  }
  return [...newest.values()].filter(({ delivery }) => ["failed", "blocked"].includes(delivery.state));
}
