import type { PostWire } from "@/lib/contracts/post";

export type PostActionName = "retry" | "cancel" | "reconcile" | "resolve";
type PostAction = { action: PostActionName; word: string };

const sendAgain: PostAction = { action: "retry", word: "Send again" };
const look: PostAction = { action: "reconcile", word: "Look now" };
const settle: PostAction = { action: "resolve", word: "Settle by hand" };
const cancel: PostAction = { action: "cancel", word: "Cancel" };

/** What can be done about a delivery as it stands; the rest has an end that nobody changes, or is under way. */
export function actionsFor(post: Pick<PostWire, "state" | "reconcile_at_ms">): readonly PostAction[] {
  switch (post.state) {
    case "due":
    case "retrying":
      return [cancel];
    case "failed":
    case "blocked":
    case "cancelled":
      return [sendAgain];
    case "ambiguous":
      // Without a time for the next look nobody is there to be asked: only a person can tell.
      return post.reconcile_at_ms === undefined ? [settle] : [look, settle];
    case "published":
    case "sending":
      return [];
  }
}

/** Those of a list that can be sent again. */
export const retryable = (posts: readonly PostWire[]): PostWire[] =>
  posts.filter((post) => actionsFor(post).some(({ action }) => action === "retry"));
