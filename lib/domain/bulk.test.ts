import { expect, it } from "vitest";
import { outcomeOfRefusal } from "./bulk";

it.each([
  ["conflict", "draft_changed", "conflict"],
  ["not_found", "draft_not_found", "not_found"],
  ["forbidden", "role_may_not", "refused"],
  ["not_ready", "publish_blocked", "refused"],
  ["invalid", "destination_unknown", "refused"],
  ["limited", "too_many_refusals", "refused"],
])("a %s of one draft is told as %s", (kind, reason, outcome) => {
  const told = outcomeOfRefusal("d", { kind, reason, message: "why" });
  expect(told).toEqual({ draftId: "d", outcome, code: reason, message: "why" });
});
