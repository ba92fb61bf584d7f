import { describe, expect, it } from "vitest";
import { lastDayOf, untilOf } from "@/components/layout/day-span";
import { draftListQuerySchema } from "@/lib/contracts/draft";
import type { DraftFilters } from "@/lib/queries/drafts";
import { nameOf } from "@/lib/queries/names";
import { changeOfState, draftFilterChips, draftFiltersFrom, isNarrowed, isSameList } from "./draft-filters";

describe("the queue's filters in its URL", () => {
  it.each([
    ["", {}],
    ["state=open&sort=risk", { state: "open", sort: "risk" }],
    ["risk=high&source=ci&fingerprint=fp1", { risk: "high", source: "ci", fingerprint: "fp1" }],
    ["state=approval_due&quiet=false", { state: "approval_due", quiet: "false" }],
    ["since=2026-06-01&until=2026-07-01", { since: "2026-06-01", until: "2026-07-01" }],
    ["state=none&sort=fastest&since=yesterday&q=", {}],
    ["q=pay&unknown=1&limit=7&cursor=x", { q: "pay" }],
  ])("%s", (search, filters) => {
    expect(draftFiltersFrom(new URLSearchParams(search))).toEqual(filters);
  });

  it.each([
    ...["state=open", "state=none", "severity=high", "severity=grave", "risk=info", "sort=risk", "sort=best"],
    ...[`q=${"x".repeat(200)}`, `q=${"x".repeat(201)}`, `fingerprint=${"x".repeat(301)}`, "project=shop"],
    ...["quiet=true", "quiet=false", "quiet=yes"],
    ...["since=2026-06-01", "since=soon", "until=1767225600000", "until=99999999999999999"],
  ])("%s is read as the API reads it", (search) => {
    const [name = "", value = ""] = search.split("=");
    const read = draftListQuerySchema.safeParse({ [name]: value });
    const expected = read.success ? { [name]: value } : {};
    expect(draftFiltersFrom(new URLSearchParams(search))).toEqual(expected);
  });

  it("an order narrows nothing, and newest first is the order without one", () => {
    expect([isNarrowed({ sort: "risk" }), isNarrowed({ sort: "risk", q: "x" })]).toEqual([false, true]);
    expect(isSameList({ sort: "newest", state: undefined }, {})).toBe(true);
    expect(isSameList({ sort: "oldest" }, {})).toBe(false);
    expect(isSameList({ project: "a" }, { project: "b" })).toBe(false);
  });

  it.each<[string, DraftFilters, DraftFilters["state"], Partial<DraftFilters>]>([
    ["what waits leaves out what is quiet", {}, "approval_due", { state: "approval_due", quiet: "false" }],
    [
      "unless quiet ones are asked for",
      { quiet: "true" },
      "approval_due",
      { state: "approval_due", quiet: "true" },
    ],
    [
      "another state takes that off",
      { state: "approval_due", quiet: "false" },
      "open",
      { state: "open", quiet: undefined },
    ],
    ["not what was chosen before", { state: "approval_due", quiet: "true" }, undefined, { state: undefined }],
    ["nor without it", { quiet: "false" }, "open", { state: "open" }],
  ])("%s", (_, filters, state, change) => {
    expect(changeOfState(filters, state)).toEqual(change);
  });

  it("a span is said by its last day and asked for by the day after", () => {
    expect([untilOf("2026-06-30"), lastDayOf("2026-07-01")]).toEqual(["2026-07-01", "2026-06-30"]);
    expect([untilOf(""), lastDayOf(undefined), lastDayOf("1767225600000")]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    const chips = draftFilterChips(
      { since: "2026-06-01", until: "2026-07-01", risk: "high" },
      nameOf(undefined),
    );
    expect(chips.map(({ words }) => words)).toEqual([
      "risk: high or higher",
      "from: 2026-06-01",
      "to: 2026-06-30",
    ]);
  });
});
