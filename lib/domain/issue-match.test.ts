import { describe, expect, it } from "vitest";
import type { FoundIssue } from "./found-issue";
import { bestMatch, matchStep } from "./issue-match";

const anIssue = (fields: Partial<FoundIssue> = {}): FoundIssue => ({
  ...{ externalId: "12", reference: "#12", url: null, title: "Checkout times out" },
  ...{ state: "open", createdAtMs: 1 },
  ...fields,
});

describe("an issue of the same failure", () => {
  const open = anIssue();
  const closed = anIssue({ state: "closed" });
  it.each([
    ["none: a new one", null, true, null, "create"],
    ["case 95: open: a comment", open, true, null, "comment"],
    ["case 95: open, comments off: linked and nothing sent", open, false, null, "link"],
    ["closed: a person sees the regression first", closed, true, null, "wait"],
    ["closed, and the draft says so: a new one", closed, true, "#12", "create"],
    ["closed, and the draft names another", closed, true, "#9", "wait"],
    ["open again, though the draft says closed: a comment", open, true, "#12", "comment"],
  ] as const)("%s", (_name, match, commentsOnOpen, toldClosedReference, step) => {
    const next = matchStep(match, { commentsOnOpen, toldClosedReference });
    expect(next.step).toBe(step);
    if (next.step === "wait") expect(next.reason).toMatchObject({ code: "matched_closed" });
  });
});

describe("case 101: the best of several", () => {
  const oldOpen = anIssue({ externalId: "1", createdAtMs: 1 });
  const newOpen = anIssue({ externalId: "3", createdAtMs: 3 });
  const newest = anIssue({ externalId: "9", createdAtMs: 9, state: "closed" });
  it.each([
    ["an open one beats a newer closed one", [newest, oldOpen], "1"],
    ["the newest open one", [oldOpen, newest, newOpen], "3"],
    ["closed only where nothing is open", [anIssue({ externalId: "5", state: "closed" }), newest], "9"],
  ])("%s", (_name, matches, expected) => expect(bestMatch(matches)?.externalId).toBe(expected));
  it("of none is none", () => expect(bestMatch([])).toBeNull());
});
