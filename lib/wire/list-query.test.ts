import { describe, expect, it } from "vitest";
import { draftListQuerySchema } from "@/lib/contracts/draft";
import { incidentListQuerySchema } from "@/lib/contracts/incident";
import { readTime } from "@/lib/contracts/list-query";
import { postListQuerySchema } from "@/lib/contracts/post";
import { draftStatuses, incidentStatuses } from "@/lib/contracts/status-words";
import { draftStatusWords } from "@/lib/domain/draft-status";
import { incidentStatusWords } from "@/lib/domain/incident-status";
import { listDraftsFromQuery } from "./draft";
import { listIncidentsFromQuery } from "./incident";
import { listIntakeKeysFromQuery } from "./intake-key";
import { listPostsFromQuery } from "./post";

it("the words of the filters are those that records carry", () => {
  expect([...draftStatuses].sort()).toEqual([...draftStatusWords].sort());
  expect([...incidentStatuses].sort()).toEqual([...incidentStatusWords].sort());
});

describe("times", () => {
  it.each([
    ["milliseconds", "1782734400000", 1_782_734_400_000],
    ["the first of all", "0", 0],
    ["a date, in UTC", "2026-06-29", Date.UTC(2026, 5, 29)],
    ["a time in UTC", "2026-06-29T12:00Z", Date.UTC(2026, 5, 29, 12)],
    ["a time of a zone", "2026-06-29T12:00:00.250+02:00", Date.UTC(2026, 5, 29, 10, 0, 0, 250)],
    ["a time of no zone", "2026-06-29T12:00:00", null],
    ["a day that does not exist", "2026-13-40", null],
    ["words", "yesterday", null],
    ["a negative number", "-1", null],
    ["more than a date can hold", "9999999999999999", null],
    ["nothing", "", null],
  ])("%s", (_, text, atMs) => {
    expect(readTime(text)).toBe(atMs);
  });
});

describe("filters", () => {
  const common = {
    q: " needle ",
    severity: "high",
    risk: "medium",
    project: "shop",
    source: "api",
    destination: "hook",
    fingerprint: "f1",
    since: "5",
    until: "9",
  };
  const expected = {
    search: "needle",
    riskRank: 4,
    riskRankMin: 3,
    projectId: "shop",
    source: "api",
    destinationId: "hook",
    fingerprint: "f1",
    sinceMs: 5,
    untilMs: 9,
  };

  it("mean the same on every list of records", () => {
    const drafts = listDraftsFromQuery(draftListQuerySchema.parse({ ...common, held: "false" }));
    expect(drafts.filter).toMatchObject({ ...expected, held: false });
    const incidents = listIncidentsFromQuery(incidentListQuerySchema.parse({ ...common, status: "queued" }));
    expect(incidents.filter).toMatchObject({ ...expected, status: "queued" });
    expect(listPostsFromQuery(postListQuerySchema.parse(common)).filter).toMatchObject(expected);
  });

  it("the contract's names of a post's filters are taken too, and blank is no filter", () => {
    const byId = postListQuerySchema.parse({ destination_id: "hook", draft_id: "d", q: "  " });
    expect(listPostsFromQuery(byId).filter).toMatchObject({
      destinationId: "hook",
      draftId: "d",
      search: undefined,
    });
    const blank = postListQuerySchema.parse({ destination_id: " ", destination: "hook" });
    expect(listPostsFromQuery(blank).filter.destinationId).toBe("hook");
  });

  it("keys come all at once unless a page is asked for", () => {
    expect(listIntakeKeysFromQuery({}).page).toEqual({ limit: null, cursor: undefined });
    expect(listIntakeKeysFromQuery({ limit: 500 }).page.limit).toBe(200);
    expect(listIntakeKeysFromQuery({ cursor: "c" }).page).toEqual({ limit: 50, cursor: "c" });
  });
});
