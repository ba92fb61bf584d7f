import { describe, expect, it } from "vitest";
import { boundedTexts, textChanges } from "./text-changes";

describe("what reads differently", () => {
  it("names each text with before and after, and leaves out the same", () => {
    expect(
      textChanges(
        { "draft.title": "Old", "draft.detail": "same", gone: "was" },
        { "draft.title": "New", "draft.detail": "same", fresh: "is" },
      ),
    ).toEqual([
      { name: "draft.title", before: "Old", after: "New" },
      { name: "gone", before: "was", after: null },
      { name: "fresh", before: null, after: "is" },
    ]);
  });

  it("a text called like something every object has is a text", () => {
    expect(textChanges({}, { constructor: "x" })).toEqual([
      { name: "constructor", before: null, after: "x" },
    ]);
  });

  it("keeps each text so long and all of them so much, and no empty ones", () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`t${at}`, "x".repeat(5_000)]));
    const kept = boundedTexts({ empty: "", ...many });
    expect(kept.t0).toHaveLength(2_001);
    expect(Object.keys(kept)).toHaveLength(29);
    expect(textChanges(kept, kept)).toEqual([]);
  });
});
