import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseLogfmtLine } from "./log-logfmt";

describe("pairs of a line", () => {
  it.each([
    [
      'time="2026-07-01T12:00:00Z" level=error msg="no route"',
      { time: "2026-07-01T12:00:00Z", level: "error", msg: "no route" },
    ],
    ["level=error err=refused retry", { level: "error", err: "refused", retry: true }],
    ['msg="say \\"no\\"\\nthen go" level=warn', { msg: 'say "no"\nthen go', level: "warn" }],
    ['msg="\\u0041" level=x', { msg: "A", level: "x" }],
    ["level=error level=info a=1", { level: "error", a: "1" }],
    ["level= msg=", { level: "", msg: "" }],
    ["msg=a=b ts=1", { msg: "a=b", ts: "1" }],
    ["  level=info a=1  ", { level: "info", a: "1" }],
  ])("%s", (line, expected) => expect(parseLogfmtLine(line)).toEqual(expected));

  it.each([
    "a=1 b=2",
    "level=error",
    "it failed level=error msg=x",
    'level=error msg="cut off',
    "level=error {json} msg=x",
    "2026-07-01 level=error msg=x",
    "",
    "==",
  ])("no logfmt: %j", (line) => expect(parseLogfmtLine(line)).toBeNull());

  it("a key of the prototype is a pair like any other", () =>
    expect(Object.hasOwn(parseLogfmtLine("level=error __proto__=x") ?? {}, "__proto__")).toBe(true));
});

it("gives back what was written, and never throws", () => {
  const key = fc.stringMatching(/^[a-z][a-z_.]{0,8}$/);
  fc.assert(
    fc.property(fc.dictionary(key, fc.string(), { noNullPrototype: true }), (fields) => {
      const given: Record<string, string> = { ...fields, level: "error", msg: "x" };
      const line = Object.entries(given)
        .map(
          ([name, value]) =>
            `${name}="${value.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n").replaceAll("\r", "\\r")}"`,
        )
        .join(" ");
      expect(parseLogfmtLine(line)).toEqual(given);
    }),
  );
  fc.assert(
    fc.property(fc.string(), (text) => {
      parseLogfmtLine(text);
      parseLogfmtLine(`level=${text}`);
    }),
  );
});
