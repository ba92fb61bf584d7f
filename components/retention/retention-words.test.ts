import { describe, expect, it } from "vitest";
import { nameOf } from "@/lib/queries/names";
import { bytesWords, countsWords, daysWords, whereWords } from "./retention-words";

const name = nameOf({ destinations: {}, projects: { shop: "The shop" }, routes: {} });

describe("words of retention", () => {
  it.each<[Record<string, number>, string]>([
    [{}, "nothing"],
    [{ incidents: 0 }, "nothing"],
    [{ incidents: 1, drafts: 2_000 }, "1 incident, 2,000 drafts"],
    [{ evidence: 1, quarantine: 1 }, "1 piece of evidence, 1 line set aside"],
    [{ something_new: 3 }, "3 something new"],
  ])("%j: %s", (counts, words) => {
    expect(countsWords(counts)).toBe(words);
  });

  it.each([
    [0, "0 B"],
    [1_023, "1023 B"],
    [1_024, "1.0 KiB"],
    [5 * 1_024 * 1_024, "5.0 MiB"],
    [3 * 1_024 ** 5, "3072 TiB"],
  ])("%d bytes: %s", (bytes, words) => {
    expect(bytesWords(bytes)).toBe(words);
  });

  it("days and places", () => {
    expect([daysWords(undefined), daysWords(0), daysWords(1), daysWords(90)]).toEqual([
      ...["for ever", "for ever", "1 day", "90 days"],
    ]);
    expect([
      whereWords({}, name),
      whereWords({ project_id: "shop" }, name),
      whereWords({ project_id: "shop", source_id: "app" }, name),
    ]).toEqual(["Everything else", "The shop", "The shop / app"]);
  });
});
