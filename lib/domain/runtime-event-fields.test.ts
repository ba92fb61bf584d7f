import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  firstList,
  firstMessage,
  firstText,
  sanitise,
  saysSomething,
  spellings,
  truncateBytes,
  valueAt,
} from "./runtime-event-fields";
import { truncationMark } from "./text";

describe("truncateBytes", () => {
  it.each<[string, string, number, string]>([
    ["short text stays", "abc", 3, "abc"],
    ["a cut is marked", "abcd", 3, `abc${truncationMark}`],
    ["bytes count, not letters", "ééé", 4, `éé${truncationMark}`],
    ["a character is never halved", "aé", 2, `a${truncationMark}`],
    ["nor a pair", "😀😀", 7, `😀${truncationMark}`],
    ["text of exactly the limit stays", "😀", 4, "😀"],
  ])("%s", (_, text, limit, cut) => {
    expect(truncateBytes(text, limit)).toBe(cut);
  });

  it("is well formed and within its limit, whatever the text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(40), (text, limit) => {
        const cut = truncateBytes(text, limit);
        expect(cut.isWellFormed()).toBe(true);
        const kept = cut === text ? text : cut.slice(0, -truncationMark.length);
        expect(new TextEncoder().encode(kept).length).toBeLessThanOrEqual(Math.max(limit, 0));
        expect(text.startsWith(kept)).toBe(true);
      }),
    );
  });
});

describe("keys", () => {
  it.each([
    ["run_id", ["run_id", "runId", "runID"]],
    ["stale_node_ids", ["stale_node_ids", "staleNodeIds", "staleNodeIDs"]],
    ["reason", ["reason"]],
  ])("%s is spelled %j", (key, all) => {
    expect(spellings(key)).toEqual(all);
  });

  it.each<[string, Record<string, unknown>, string, unknown]>([
    ["nested", { task: { id: "t" } }, "task.id", "t"],
    ["flat with a dot", { "task.id": "t" }, "task.id", "t"],
    ["nested, spelled otherwise", { task: { lastError: "e" } }, "task.last_error", "e"],
    ["through something else than an object", { task: "t" }, "task.id", undefined],
    ["an object's own members only", {}, "constructor", undefined],
  ])("%s", (_, properties, path, value) => {
    expect(valueAt(properties, path)).toBe(value);
  });

  it("takes the first that holds text; numbers and booleans are text, blank is none", () => {
    const properties = { a: "  ", b: { x: 1 }, c: 50, d: true };
    expect(firstText(properties, ["a", "b", "c", "d"])).toBe("50");
    expect(firstText(properties, ["d"])).toBe("true");
    expect(firstText(properties, ["a", "b"])).toBeUndefined();
  });

  it("asks an error object for its message", () => {
    expect(firstMessage({ error: { name: "X", message: "broke" } }, ["reason", "error"])).toBe("broke");
  });
});

describe("lists", () => {
  it.each<[string, Record<string, unknown>, string[]]>([
    ["words", { files: ["a", " b ", "", "a"] }, ["a", "b"]],
    ["one word", { files: "a" }, ["a"]],
    ["objects as JSON", { files: [{ path: "a", lines: 3 }] }, ['{"path":"a","lines":3}']],
    ["the first key that holds any", { files: [], more: ["b"] }, ["b"]],
    ["nothing", { files: null }, []],
    ["at most so many", { files: ["1", "2", "3", "4"] }, ["1", "2", "3"]],
  ])("%s", (_, properties, rows) => {
    expect(firstList(properties, ["files", "more"], 3)).toEqual(rows);
  });

  it("a nested object has 300 bytes, and no secret by name", () => {
    const [row] = firstList({ files: [{ api_key: "k", text: "x".repeat(400) }] }, ["files"], 1);
    expect(row).toContain('"api_key":"[redacted]"');
    expect(row?.length).toBe(300 + truncationMark.length);
  });
});

describe("a payload as it may be shown", () => {
  it.each<[string, unknown, unknown]>([
    ...(
      ["token", "api_token", "SECRET", "clientSecret", "password", "db_password", "credentials"] as const
    ).map((name): [string, unknown, unknown] => [name, { [name]: "v" }, { [name]: "[redacted]" }]),
    ["authorization", { Authorization: ["a"] }, { Authorization: "[redacted]" }],
    ["api_key", { api_key: { id: 1 } }, { api_key: "[redacted]" }],
    ["any key", { signing_key: "v", key: "v" }, { signing_key: "[redacted]", key: "v" }],
    ["deep down", { a: [{ b: { token: 5 } }] }, { a: [{ b: { token: "[redacted]" } }] }],
    ["what redaction hid stays named", { token: "[redacted:jwt]" }, { token: "[redacted:jwt]" }],
    ["nothing stays nothing", { token: null }, { token: null }],
    ["other members stay", { tries: 3, ok: false, why: "x" }, { tries: 3, ok: false, why: "x" }],
  ])("%s", (_, value, shown) => {
    expect(sanitise(value)).toEqual(shown);
  });

  it("lists have 40 rows, words 1000 bytes", () => {
    expect(sanitise(Array.from({ length: 50 }, (_, at) => at))).toHaveLength(40);
    expect(sanitise("x".repeat(1_001))).toBe("x".repeat(1_000) + truncationMark);
  });

  it("takes any JSON, however deep, and a __proto__ member stays data", () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => void JSON.stringify(sanitise(value))));
    let deep: unknown = "x";
    for (let at = 0; at < 100; at++) deep = { deep };
    expect(JSON.stringify(sanitise(deep))).toContain("[too deep]");
    sanitise(JSON.parse('{"__proto__":{"polluted":true}}'));
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

it.each<[unknown, boolean]>([
  [{}, false],
  [{ a: { b: [null, " "] } }, false],
  [{ a: { b: [null, "x"] } }, true],
  [{ a: 0 }, true],
])("%j says something: %s", (value, says) => {
  expect(saysSomething(value)).toBe(says);
});
