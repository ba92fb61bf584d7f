import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { builtInProfiles } from "./profiles";
import { redactJson } from "./redact-json";

const { standard, strict } = builtInProfiles;
const redact = (value: unknown): unknown => redactJson(value, standard).value;

describe("redactJson", () => {
  it.each<[string, unknown, unknown]>([
    ["a secret member", { password: "x", user: "ann" }, { password: "[redacted:password]", user: "ann" }],
    ["a secret object", { secret: { value: "abc" } }, { secret: "[redacted:secret]" }],
    ["a secret list", { apiKeys: ["a", "b"] }, { apiKeys: "[redacted:api_key]" }],
    ["a secret number", { password: 12345 }, { password: "[redacted:password]" }],
    ["null and switches", { password: null, token: true }, { password: null, token: true }],
    [
      "counters",
      { tokens: 512, max_tokens: 4, token: { in: 1 } },
      { tokens: 512, max_tokens: 4, token: { in: 1 } },
    ],
    ["a status word", { token: "expired" }, { token: "expired" }],
    [
      "a value named by its sibling",
      { name: "Authorization", value: "Bearer abc" },
      { name: "Authorization", value: "[redacted:authorization]" },
    ],
    ["an ordinary pair", { name: "accept", value: "json" }, { name: "accept", value: "json" }],
    ["text inside", { msg: "password=abc" }, { msg: "password=[redacted:password]" }],
    ["a secret as a name", { "password=abc": 1 }, { "password=[redacted:password]": 1 }],
    ["argv", ["--password", "abc", "--verbose"], ["--password", "[redacted:password]", "--verbose"]],
    [
      "raw headers",
      ["Authorization", "Bearer abc", "Host", "x"],
      ["Authorization", "[redacted:authorization]", "Host", "x"],
    ],
    ["field names", ["password", "email"], ["password", "email"]],
    ["a card as a number", { pan: 4111111111111111 }, { pan: "[redacted:card_number,16]" }],
    ["plain values", [1, true, null, "x"], [1, true, null, "x"]],
    ["a date", { at: new Date(0) }, { at: "1970-01-01T00:00:00.000Z" }],
    ["a map", new Map([["password", "x"]]), { password: "[redacted:password]" }],
  ])("%s", (_case, value, expected) => {
    expect(redact(value)).toEqual(expected);
  });

  it("counts by kind", () => {
    const { redactions } = redactJson({ password: "x", log: ["pwd=abc", "token=a1b2c3d4e5"] }, standard);
    expect(redactions).toEqual([
      { kind: "password", count: 2 },
      { kind: "token", count: 1 },
    ]);
  });

  it("keeps prototypes out of reach", () => {
    const hostile = JSON.parse('{"__proto__":{"admin":true},"constructor":{"prototype":{"x":1}}}');
    const value = redact(hostile) as Record<string, unknown>;
    expect(Object.hasOwn(value, "__proto__")).toBe(true);
    expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
    expect(({} as Record<string, unknown>).admin).toBeUndefined();
  });

  it("survives cycles, depth and getters that fail", () => {
    const cycle: Record<string, unknown> = { a: 1 };
    cycle.self = cycle;
    expect(redact(cycle)).toEqual({ a: 1, self: "[circular]" });
    let deep: unknown = "password=abc";
    for (let level = 0; level < 5_000; level++) deep = [deep];
    expect(JSON.stringify(redact(deep))).not.toContain("abc");
    const broken = {
      get x(): never {
        throw new Error("no");
      },
    };
    expect(redact({ broken })).toEqual({ broken: "[redacted:unreadable]" });
  });

  it("hides a row out of the middle of a private key, and no hash of that length", () => {
    const row = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASC".repeat(2);
    const hash = "0123456789abcdef".repeat(4);
    expect(redact({ added: [`  ${row}`, `// ${row}`, hash, `sha: ${row}x`] })).toEqual({
      added: ["[redacted:private_key]", "[redacted:private_key]", hash, `sha: ${row}x`],
    });
  });

  it("lets the same object appear twice", () => {
    const shared = { a: 1 };
    expect(redact([shared, shared])).toEqual([shared, shared]);
  });

  it("is idempotent and never throws", () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true }),
        (value) => {
          const once = redactJson(value, strict).value;
          expect(redactJson(once, strict).value).toEqual(once);
        },
      ),
      { numRuns: 1_000 },
    );
  }, 20_000);
});
