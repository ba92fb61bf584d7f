import { expect, it } from "vitest";
import type { DraftWire } from "@/lib/contracts/draft";
import { type DoneKind, nextDraft } from "./next-draft";

const row = (draft_id: string, approval: string, sent = false) =>
  ({
    draft_id,
    facets: { approval, triage: "none", issue: "none" },
    ...(sent && { newest_delivery: { state: "published" } }),
  }) as DraftWire;

const rows = [
  row("a", "required"),
  row("b", "denied"),
  row("c", "granted"),
  row("d", "voided"),
  row("e", "granted", true),
  row("f", "not_required"),
];

it.each<[string, string, DoneKind, string | null]>([
  ["the next that waits, over what is decided", "a", "decide", "d"],
  ["round to the top", "d", "decide", "a"],
  ["from a draft that is not in the list", "z", "decide", "a"],
  ["after a publish the next to publish", "c", "publish", "f"],
  ["round to the top too", "f", "publish", "c"],
])("%s", (_, from, done, next) => {
  expect(nextDraft(rows, from, done)).toBe(next);
});

it("over what I approved and others have not: it waits for them", () => {
  const mine = { ...row("b", "required"), approved_by_you: true as const };
  expect(nextDraft([row("a", "required"), mine, row("c", "required")], "a", "decide")).toBe("c");
  expect(nextDraft([row("a", "required"), mine], "a", "decide")).toBeNull();
});

it("never the one that was just done, and null when nothing waits", () => {
  expect(nextDraft([row("a", "required"), row("b", "denied")], "a", "decide")).toBeNull();
  expect(nextDraft([row("a", "granted"), row("b", "required")], "a", "publish")).toBe("b");
});
