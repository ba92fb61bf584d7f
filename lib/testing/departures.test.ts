import { describe, expect, it } from "vitest";
import { z } from "zod";
import { requireDocumented } from "./api-answers";
import { departures } from "./departures";

const schema = z.object({
  id: z.string(),
  rows: z.array(z.object({ count: z.int() })),
  extra: z.record(z.string(), z.unknown()).optional(),
});

describe("departures from a schema", () => {
  it.each([
    ["what conforms", { id: "a", rows: [{ count: 1 }], extra: { any: { thing: 1 } } }, []],
    ["a wrong type", { id: 7, rows: [] }, ["id: Invalid input: expected string, received number"]],
    ["a member that is missing", { id: "a" }, ["rows: Invalid input: expected array, received undefined"]],
    ["a member that nobody documented", { id: "a", rows: [], secret: 1 }, ["secret: not in the schema"]],
    ["one deep inside", { id: "a", rows: [{ count: 1, more: 2 }] }, ["rows.0.more: not in the schema"]],
  ])("%s", (_, value, expected) => {
    expect(departures(schema, value)).toEqual(expected);
  });
});

describe("answers of the API", () => {
  const headers = new Headers({ "content-type": "application/json", "x-request-id": "req-1" });
  const health = { ready: true, healthy: true, version: "0.1.0" };

  it("pass when they are what the document says", () => {
    expect(() =>
      requireDocumented("GET", "/global/health", { status: 200, headers, body: health }),
    ).not.toThrow();
  });

  it.each([
    ["a member too many", 200, { ...health, token: "x" }, /token: not in the schema/],
    ["a member too few", 200, { ready: true }, /healthy: /],
    ["an error without its code", 400, { error: "no", request_id: "req-1" }, /code: /],
    ["an error of another request", 400, { error: "no", code: "X", request_id: "req-2" }, /request_id/],
  ])("fail for %s", (_, status, body, message) => {
    expect(() => requireDocumented("GET", "/global/health", { status, headers, body })).toThrow(message);
  });
});
