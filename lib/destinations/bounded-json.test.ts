import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boundJson, boundText, cutText, isSensitiveName, storableText } from "./bounded-json";
import { hashParts } from "./hash-parts";
import { orderedJson } from "./ordered-json";

describe("boundText", () => {
  it.each([
    ["short", 10, "short"],
    ["exactly ten", 11, "exactly ten"],
    ["a longer text than fits", 20, "a long...<truncated>"],
    ["nul\u0000 and lone \ud800 surrogate", 100, "nul and lone \ufffd surrogate"],
    ["text", 0, ""],
  ])("%j in %i is %j", (text, max, expected) => expect(boundText(text, max)).toBe(expected));

  it("never exceeds its limit and never splits a character", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), fc.nat(120), (text, max) => {
        const bounded = boundText(text, max);
        expect(bounded.length).toBeLessThanOrEqual(max);
        expect(bounded).toBe(storableText(bounded));
        expect(boundText(bounded, max)).toBe(bounded);
      }),
    );
  });

  it("cuts before a surrogate pair, not inside it", () => {
    expect(cutText("ab🔥c", 3)).toBe("ab");
    expect(cutText("ab🔥c", 4)).toBe("ab🔥");
    expect(cutText("🔥", 0)).toBe("");
  });
});

describe("boundJson", () => {
  it("masks values under sensitive names at any depth, and keeps null", () => {
    const value = {
      password: "hunter2",
      nested: { clientSecret: { a: 1 }, "X-Api-Key": "k", api_key: 7, token: null },
      list: [{ authorization: "Bearer x" }],
      author: "Ada",
      tokenizer: "bpe",
      failure_signature: "TypeError",
    };
    expect(boundJson(value)).toEqual({
      password: "<redacted>",
      nested: { clientSecret: "<redacted>", "X-Api-Key": "<redacted>", api_key: "<redacted>", token: null },
      list: [{ authorization: "<redacted>" }],
      author: "Ada",
      tokenizer: "bpe",
      failure_signature: "TypeError",
    });
  });

  it("bounds depth, entries and text, and drops what is not JSON", () => {
    let deep: unknown = "bottom";
    for (let level = 0; level < 20; level += 1) deep = { level: deep };
    expect(JSON.stringify(boundJson(deep)).match(/level/g)).toHaveLength(8);
    const many = Object.fromEntries(Array.from({ length: 200 }, (_, index) => [`k${index}`, index]));
    expect(Object.keys(boundJson(many) as object)).toHaveLength(80);
    expect(boundJson(Array.from({ length: 200 }, () => 1))).toHaveLength(80);
    expect((boundJson("x".repeat(5_000)) as string).length).toBe(2_000);
    expect(boundJson({ a: undefined, b: Number.NaN, c: () => 1, d: 10n })).toEqual({
      b: null,
      c: null,
      d: null,
    });
  });

  it("keeps a key named __proto__ as a plain key", () => {
    const bounded = boundJson(JSON.parse('{"__proto__":{"polluted":true}}')) as Record<string, unknown>;
    expect(Object.hasOwn(bounded, "__proto__")).toBe(true);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("gives plain JSON for anything JSON can hold", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const bounded = boundJson(value);
        expect(JSON.parse(JSON.stringify(bounded))).toEqual(JSON.parse(JSON.stringify(bounded)));
        expect(boundJson(bounded)).toEqual(bounded);
      }),
    );
  });
});

it.each([
  ["password", true],
  ["DB_PASSWORD", true],
  ["dbpassword", true],
  ["accessKey", true],
  ["private-key", true],
  ["apikey", true],
  ["auth_token", true],
  ["set-cookie", true],
  ["webhookSecret", true],
  ["author", false],
  ["key", false],
  ["keyboard", false],
  ["title", false],
  ["required_tool_scopes", false],
])("isSensitiveName(%j) is %j", (name, expected) => expect(isSensitiveName(name)).toBe(expected));

it("orderedJson sorts below the top and keeps the given order at it", () => {
  const one = orderedJson({ z: 1, first: { b: [{ y: 1, x: 2 }], a: 2 }, skip: undefined }, ["first"]);
  expect(one).toBe('{"first":{"a":2,"b":[{"x":2,"y":1}]},"z":1}');
});

it("hashParts separates its parts", () => {
  expect(hashParts("ab", "c")).not.toBe(hashParts("a", "bc"));
  expect(hashParts("a")).toMatch(/^[0-9a-f]{64}$/);
});
