import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { duplicateMatchMax, isDuplicate, summariseDuplicates } from "./duplicate-summary";
import type { SimilarRecord } from "./triage";

const similar = (fields: Partial<SimilarRecord> = {}): SimilarRecord => ({
  kind: "incident",
  id: "failure-incident-1",
  title: "KeyError",
  match: "similar_words",
  score: 0.5,
  occurrenceCount: 3,
  lastSeenAtMs: 1,
  outcome: null,
  url: null,
  ...fields,
});

describe("the duplicate summary (contract 5.13)", () => {
  it("of nothing", () => {
    expect(summariseDuplicates([])).toEqual({
      reason: "duplicate_failure_pattern",
      matchCount: 0,
      maxRecurrenceCount: 1,
      linkedIssueNumbers: [],
      bestMatch: null,
      matches: [],
    });
  });

  it("equal identities come before any likeness, with the contract's word for it", () => {
    const summary = summariseDuplicates(
      [
        similar({ id: "b", match: "similar_words", score: 0.99 }),
        similar({ id: "a", match: "same_fingerprint", score: 0.1, occurrenceCount: 9 }),
      ],
      "f".repeat(64),
    );
    expect(summary.matches.map((each) => [each.candidateId, each.matchReason, each.fingerprint])).toEqual([
      ["a", "exact_fingerprint", "f".repeat(64)],
      ["b", "similar_words", null],
    ]);
    expect(summary.bestMatch?.candidateId).toBe("a");
    expect(summary.maxRecurrenceCount).toBe(9);
  });

  it.each<[string, Partial<SimilarRecord>, number[]]>([
    ["an issue's address", { kind: "issue", url: "https://github.com/a/b/issues/12" }, [12]],
    ["a receipt's address", { kind: "receipt", url: "https://github.com/a/b/issues/7#issuecomment-1" }, [7]],
    ["a reference", { kind: "issue", id: "#31" }, [31]],
    ["a reference with its repository", { kind: "issue", id: "acme/shop#31" }, [31]],
    ["a Linear issue", { kind: "issue", id: "SHOP-31" }, []],
    ["a draft whose id is a number", { kind: "draft", id: "31" }, []],
    ["an address that only looks like one", { url: "https://x/issues/12/edit" }, []],
  ])("issue numbers of %s", (_name, fields, expected) => {
    expect(summariseDuplicates([similar(fields)]).linkedIssueNumbers).toEqual(expected);
  });

  it("a memory is named as one", () => {
    const [match] = summariseDuplicates([similar({ kind: "memory", id: "bmmem_1" })]).matches;
    expect(match).toMatchObject({ source: "memory", memoryId: "bmmem_1", candidateId: null });
  });

  it("law: bounded, all counted, and in one order however they came", () => {
    const records = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1, maxLength: 4 }),
        score: fc.oneof(fc.double(), fc.constantFrom(1, 2)),
        match: fc.constantFrom("same_fingerprint", "same_marker", "similar_words" as const),
        title: fc.string({ unit: "binary", maxLength: 900 }),
      }),
      { selector: ({ id }) => id, maxLength: 40 },
    );
    fc.assert(
      fc.property(records, (rows) => {
        const list = rows.map((row) => similar(row as Partial<SimilarRecord>));
        const summary = summariseDuplicates(list);
        expect(summary.matchCount).toBe(list.length);
        expect(summary.matches.length).toBe(Math.min(list.length, duplicateMatchMax));
        expect(summariseDuplicates([...list].reverse())).toEqual(summary);
        for (const match of summary.matches) expect(match.summary.length).toBeLessThanOrEqual(500);
      }),
    );
  });
});

describe("a duplicate", () => {
  it.each<[string, Partial<SimilarRecord>, boolean]>([
    ["an open issue with our marker", { kind: "issue", match: "same_marker", outcome: "open" }, true],
    ["one whose state is unknown", { kind: "issue", match: "same_fingerprint", outcome: null }, true],
    ["a closed one", { kind: "issue", match: "same_marker", outcome: "closed" }, false],
    ["a Linear issue that is done", { kind: "issue", match: "same_marker", outcome: "Done" }, false],
    ["an issue that only reads alike", { kind: "issue", match: "similar_words" }, false],
    ["an earlier incident of the same fingerprint", { kind: "incident", match: "same_fingerprint" }, false],
  ])("%s: %s", (_name, fields, expected) => {
    expect(isDuplicate({ similar: [similar(), similar(fields)] })).toBe(expected);
  });
});
