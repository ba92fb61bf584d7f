import { z } from "zod";
import { postSchema } from "./post";

/** A post after something was done about it. */
export const postActionSchema = z.object({ post: postSchema });

/** What a look at an ambiguous delivery found, and the post after it. */
export const reconcileSchema = postActionSchema.extend({
  found: z.enum(["happened", "not_there", "not_known_yet"]),
  message: z.string(),
});

/** `send_again` may have a second effect; who says so answers for it, so a reason is asked for each of them. */
export const resolvePostSchema = z.object({
  resolution: z.enum(["happened", "send_again", "give_up"]),
  reason: z.string().trim().min(3).max(1_000),
  external_url: z
    .url({ protocol: /^https?$/ })
    .max(1_000)
    .optional(),
});

const idSchema = z.string().min(1).max(200);

export const retryPostsSchema = z.object({ ids: z.array(idSchema).min(1).max(200) });

export const retriedPostSchema = z.object({
  post_id: z.string(),
  outcome: z.enum(["queued", "approval_required", "refused", "not_found"]),
  message: z.string().optional(),
  /** Another one where the bytes are others than those of the post. */
  new_post_id: z.string().optional(),
});
export const retriedPostsSchema = z.object({ posts: z.array(retriedPostSchema), queued: z.int() });

export type PostActionWire = z.infer<typeof postActionSchema>;
export type ReconcileWire = z.infer<typeof reconcileSchema>;
export type ResolvePostWire = z.infer<typeof resolvePostSchema>;
export type RetriedPostsWire = z.infer<typeof retriedPostsSchema>;
