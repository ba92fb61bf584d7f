import { expect, it } from "vitest";
import { nameOf } from "@/lib/queries/names";
import { barWords, deliveredWords, paceWords, sourceName, successShare } from "./trend-words";

const name = nameOf({ destinations: {}, projects: { shop: "The shop" }, routes: {} });

it("bars are as wide as their words", () => {
  expect([3_600_000, 21_600_000, 86_400_000].map(barWords)).toEqual(["hour", "6 hours", "day"]);
  expect([3_600_000, 21_600_000, 86_400_000].map(paceWords)).toEqual(["hourly", "every 6 hours", "daily"]);
});

it("a source is called by its project and its log, or by how it came in", () => {
  const series = { total: 1, counts: [1] };
  expect(sourceName({ ...series, project_id: "shop", source: "app" }, name)).toBe("The shop / app");
  expect(sourceName({ ...series, source: "operator" }, name)).toBe("reported by people");
});

it("a share is never rounded up to all", () => {
  const ends = { published: 999, failed: 1, ambiguous: 0 };
  expect([successShare(ends), deliveredWords(ends)]).toEqual([99, "999 of 1,000 arrived, 1 failed"]);
  expect(successShare({ published: 0, failed: 0, ambiguous: 0 })).toBe(0);
});
