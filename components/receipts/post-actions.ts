import type { PostWire } from "@/lib/contracts/post";

export type PostActionName = "retry" | "cancel" | "reconcile" | "resolve";

/** What can be done about a delivery in each state; the rest has an end that nobody changes, or is under way. */
const actions: Partial<Record<PostWire["state"], ReadonlyArray<{ action: PostActionName; word: string }>>> = {
  due: [{ action: "cancel", word: "Cancel" }],
  retrying: [{ action: "cancel", word: "Cancel" }],
  failed: [{ action: "retry", word: "Send again" }],
  blocked: [{ action: "retry", word: "Send again" }],
  cancelled: [{ action: "retry", word: "Send again" }],
  ambiguous: [
    { action: "reconcile", word: "Look now" },
    { action: "resolve", word: "Settle by hand" },
  ],
};

export const actionsFor = (state: PostWire["state"]) => actions[state] ?? [];

/** Those of a list that can be sent again. */
export const retryable = (posts: readonly PostWire[]): PostWire[] =>
  posts.filter(({ state }) => actionsFor(state).some(({ action }) => action === "retry"));
