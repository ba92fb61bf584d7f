import type { PostWire } from "@/lib/contracts/post";

/** Nobody holds a publish back for longer; a clock that is far off is not believed. */
const graceMsMax = 60_000;

export const leavesAtMs = (post: PostWire): number => post.next_attempt_at_ms ?? 0;

/** Was it published, and does it wait to be undone? What waits for a retry, or for long, does not. */
export function isHeldBack(post: PostWire, nowMs: number): boolean {
  const waits = leavesAtMs(post) - nowMs;
  return post.state === "due" && waits > 0 && waits <= graceMsMax;
}
