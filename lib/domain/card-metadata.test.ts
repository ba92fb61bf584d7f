import { describe, expect, it } from "vitest";
import {
  type CardMetadata,
  type CardVersion,
  diffMetadata,
  layerMetadata,
  missingFields,
  nextVersion,
  noMetadata,
  requiredCardFields,
  reviewOf,
  tidyMetadata,
} from "./card-metadata";

const day = 86_400_000;
const said = (fields: Partial<CardMetadata>): CardMetadata => ({ ...noMetadata, ...fields });
const actor = { kind: "user", id: "ada", name: "Ada" } as const;
const version = (fields: Partial<CardVersion> = {}): CardVersion => ({
  ...{ cardId: "automation:a", version: 3, projectId: null, action: "saved", changes: [] },
  ...{ metadata: said({ reviewCadenceDays: 10 }), describedAtMs: 100 * day, reviewedAtMs: null },
  ...{ actor, atMs: 100 * day },
  ...fields,
});

describe("what was said", () => {
  it("leaves blanks, empty entries and a cadence of no days out", () => {
    const tidy = tidyMetadata({
      businessOwner: "  ",
      accountableTeam: " ops ",
      allowedActions: ["", " a "],
      reviewCadenceDays: 0,
    });
    expect(tidy).toEqual(said({ accountableTeam: "ops", allowedActions: ["a"] }));
  });

  it.each<[string, Array<CardMetadata | null>, string | null]>([
    ["nothing", [], null],
    ["the first layer", [said({ businessOwner: "a" }), said({ businessOwner: "b" })], "a"],
    ["the first that says something", [null, said({}), said({ businessOwner: "b" })], "b"],
  ])("%s counts", (_, layers, owner) => {
    expect(layerMetadata(layers).businessOwner).toBe(owner);
  });

  it("each field is decided for itself, and an empty list says nothing", () => {
    const merged = layerMetadata([
      said({ businessOwner: "a", residualRisks: [] }),
      said({ accountableTeam: "b", residualRisks: ["r"] }),
    ]);
    expect(merged).toEqual(said({ businessOwner: "a", accountableTeam: "b", residualRisks: ["r"] }));
  });

  it("eight fields are required", () => {
    expect(missingFields(noMetadata)).toEqual(requiredCardFields);
    expect(requiredCardFields).toHaveLength(8);
    expect(missingFields(said({ businessOwner: "a" }))).not.toContain("businessOwner");
  });

  it("a difference names the fields, in their order", () => {
    const before = said({ businessOwner: "a", allowedActions: ["x"] });
    const after = said({ businessOwner: "b", allowedActions: ["x"], reviewCadenceDays: 5 });
    expect(diffMetadata(before, after)).toEqual([
      { field: "businessOwner", before: "a", after: "b" },
      { field: "reviewCadenceDays", before: null, after: 5 },
    ]);
    expect(diffMetadata(null, noMetadata)).toEqual([]);
  });
});

describe("the next version", () => {
  const change = { cardId: "automation:a", projectId: null, actor, atMs: 120 * day };
  const metadata = said({ businessOwner: "b" });
  const { describedAtMs, reviewedAtMs } = version({ reviewedAtMs: 110 * day });
  it.each<[string, CardVersion | null, CardVersion["action"], CardMetadata | null, Partial<CardVersion>]>([
    ["the first", null, "saved", metadata, { version: 1, describedAtMs: 120 * day, reviewedAtMs: null }],
    [
      ...(["saved over a reviewed one", version({ reviewedAtMs }), "saved", metadata] as const),
      { version: 4, describedAtMs, reviewedAtMs },
    ],
    [
      "a review",
      version(),
      "reviewed",
      version().metadata,
      { changes: [], reviewedAtMs: 120 * day, describedAtMs },
    ],
    ["a removal", version({ reviewedAtMs }), "removed", null, { metadata: null, reviewedAtMs: null }],
    [
      ...(["saved after a removal", version({ metadata: null, reviewedAtMs }), "saved", metadata] as const),
      { version: 4, describedAtMs: 120 * day, reviewedAtMs: null },
    ],
  ])("%s", (_, current, action, next, expected) => {
    expect(nextVersion(current, { ...change, action, metadata: next })).toMatchObject(expected);
  });
});

describe("when a review is due", () => {
  it.each<[string, Partial<CardMetadata>, CardVersion | null, number, number | null, boolean]>([
    ["no cadence and no day", {}, version(), 200, null, false],
    [
      "a cadence that was only sent along has no beginning",
      { reviewCadenceDays: 10 },
      null,
      200,
      null,
      false,
    ],
    ["a cadence from when it was described", { reviewCadenceDays: 10 }, version(), 110, 110, false],
    ["over it", { reviewCadenceDays: 10 }, version(), 111, 110, true],
    [
      "a cadence from the last review",
      { reviewCadenceDays: 10 },
      version({ reviewedAtMs: 105 * day }),
      112,
      115,
      false,
    ],
    ["nothing after a removal", { reviewCadenceDays: 10 }, version({ metadata: null }), 200, null, false],
    ["a day that was set", { nextReassessmentAtMs: 150 * day }, null, 151, 150, true],
    [
      "the earlier of both",
      { reviewCadenceDays: 10, nextReassessmentAtMs: 105 * day },
      version(),
      100,
      105,
      false,
    ],
    [
      ...(["a day that a review is done with", { nextReassessmentAtMs: 105 * day }] as const),
      ...([version({ reviewedAtMs: 106 * day }), 200, null, false] as const),
    ],
  ])("%s", (_, fields, stored, today, due, overdue) => {
    const review = reviewOf(said(fields), stored, today * day);
    expect([review.dueAtMs, review.overdue]).toEqual([due === null ? null : due * day, overdue]);
  });
});
