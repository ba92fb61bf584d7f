import { describe, expect, it } from "vitest";
import { readTrackerReply } from "./tracker-reply";

const read = (fields: Record<string, unknown>) => (typeof fields.number === "number" ? fields.number : null);
const reply = (parts: { structured?: unknown; text?: string; meta?: Record<string, unknown> }) =>
  readTrackerReply({ structured: null, text: "", meta: {}, ...parts }, read);

describe("readTrackerReply", () => {
  it.each([
    ["structured content", { structured: { issue: { number: 7 } }, text: "made #7" }, [7]],
    ["JSON text", { text: '{"issues":[{"number":7},{"number":8}]}' }, [7, 8]],
    ["a list", { text: '[{"number":7}]' }, [7]],
    ["JSON line by line", { text: 'Here:\n{"number":7}\n{"number":8}' }, [7, 8]],
    [
      "structured first, so that nothing counts twice",
      { structured: [{ number: 7 }], text: '{"number":7}' },
      [7],
    ],
    ["case 93: nested metadata", { meta: { "x/result": { data: { issue: { number: 7 } } } } }, [7]],
    ["case 93: JSON as text in metadata", { meta: { payload: '{"data":{"issue":{"number":7}}}' } }, [7]],
    ["nothing inside of an item", { text: '{"number":7,"milestone":{"number":3}}' }, [7]],
    ["prose", { text: "Issue number 7 was made" }, []],
  ])("reads %s", (_, parts, expected) => {
    expect(reply(parts).items).toEqual(expected);
  });

  it.each([
    ["an empty list", { text: '{"issues":[]}' }, true],
    ["an empty array", { structured: [] }, true],
    ["prose", { text: "No issues." }, false],
    ["nothing", {}, false],
    ["broken JSON", { text: '{"issues":[' }, false],
    ["metadata alone", { meta: { took_ms: 3 } }, false],
  ])("%s is data: %s", (_, parts, isData) => {
    expect(reply(parts)).toMatchObject({ items: [], isData });
  });

  it.each([
    [
      "GraphQL's page",
      { pageInfo: { hasNextPage: true, endCursor: "abc" } },
      { cursor: "abc", hasMore: true },
    ],
    [
      "the last page",
      { pageInfo: { hasNextPage: false, endCursor: "abc" } },
      { cursor: null, hasMore: false },
    ],
    ["a cursor alone", { nextCursor: "n2" }, { cursor: "n2", hasMore: null }],
    ["no word of it", {}, { cursor: null, hasMore: null }],
    ["a cursor of another type", { cursor: 7 }, { cursor: null, hasMore: null }],
    ["a cursor without end", { cursor: "x".repeat(3_000) }, { cursor: null, hasMore: null }],
  ])("%s", (_, paging, expected) => {
    expect(reply({ structured: { ...paging, items: [{ number: 1 }] } })).toMatchObject(expected);
  });

  it("is bounded however deep, wide or circular through text an answer is", () => {
    let deep: unknown = { number: 1 };
    for (let level = 0; level < 5_000; level += 1) deep = { deep };
    expect(reply({ structured: deep }).items).toEqual([]);
    const wide = Array.from({ length: 100_000 }, (_, number) => ({ number }));
    expect(reply({ structured: wide }).items.length).toBeLessThanOrEqual(500);
    let nested = '{"number":1}';
    for (let level = 0; level < 8; level += 1) nested = JSON.stringify({ nested });
    expect(reply({ text: nested }).items.length).toBeLessThanOrEqual(1);
  });
});
