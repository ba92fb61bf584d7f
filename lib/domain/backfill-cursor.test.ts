import { describe, expect, it } from "vitest";
import { decodeBackfillCursor, encodeBackfillCursor } from "./backfill-cursor";

const range = { projectId: "shop", sourceId: "api", fromMs: 1_000, toMs: 2_000 };
const place = { fileId: "2049:131", modifiedAtMs: 1_800_000_000_000.25, offset: 4_096 };

describe("the cursor of a backfill", () => {
  it("leads back to where it was made, to the millisecond", () => {
    const cursor = encodeBackfillCursor(place, range);
    expect(decodeBackfillCursor(cursor, range)).toEqual({ ...place, modifiedAtMs: 1_800_000_000_000 });
  });

  it.each([
    ["another source", { ...range, sourceId: "web" }],
    ["another project", { ...range, projectId: "other" }],
    ["another range", { ...range, toMs: 3_000 }],
  ])("is none for %s", (_, other) => {
    expect(decodeBackfillCursor(encodeBackfillCursor(place, range), other)).toBeNull();
  });

  it.each(["", "x", "shop~api~1000~2000~", "shop~api~1000~2000~2049:131~1~-1", "shop~api~1000~2000~a:b~1~1"])(
    "%j is none",
    (cursor) => {
      expect(decodeBackfillCursor(cursor, range)).toBeNull();
    },
  );
});
