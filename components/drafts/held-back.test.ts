import { expect, it } from "vitest";
import type { PostWire } from "@/lib/contracts/post";
import { isHeldBack } from "./held-back";

const nowMs = 1_000_000;
const post = (fields: Partial<PostWire>) =>
  ({ post_id: "p", state: "due", next_attempt_at_ms: nowMs + 5_000, ...fields }) as PostWire;

it.each([
  ["published with time to undo it", {}, true],
  ["due now", { next_attempt_at_ms: nowMs }, false],
  ["being sent", { state: "sending" }, false],
  ["waiting for its next attempt", { state: "retrying" }, false],
  ["published again after it failed", { error: "Refused" }, true],
  ["by a clock far off", { next_attempt_at_ms: nowMs + 3_600_000 }, false],
  ["without a time", { next_attempt_at_ms: undefined }, false],
] as const)("%s", (_, fields, held) => {
  expect(isHeldBack(post(fields as Partial<PostWire>), nowMs)).toBe(held);
});
