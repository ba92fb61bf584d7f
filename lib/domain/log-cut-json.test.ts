import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseCutJson } from "./log-cut-json";

describe("what is left of an object that was cut", () => {
  it.each<[string, unknown]>([
    ['{"level":"error","msg":"abc', { level: "error", msg: "abc" }],
    ['{"level":"error","msg":"abc"', { level: "error", msg: "abc" }],
    ['{"level":"error","ms', { level: "error" }],
    ['{"level":"error","msg"', { level: "error" }],
    ['{"level":"error","msg":', { level: "error" }],
    ['{"level":"error",', { level: "error" }],
    ['{"level":"error"}', { level: "error" }],
    ['{"a":1,"n":12', { a: 1 }],
    ['{"a":1,"t":tru', { a: 1 }],
    ['{"a":"x\\', { a: "x" }],
    ['{"a":"x\\\\', { a: "x\\" }],
    ['{"a":"x\\u00', { a: "x" }],
    ['{"a":{"b":1,"c":"d', { a: { b: 1, c: "d" } }],
    ['{"a":[1,{"b":"}"}],"c":"d', { a: [1, { b: "}" }], c: "d" }],
    ['{"a":1,"b":[1,2', { a: 1 }],
    [' { "a" : null , "b" : false , "c', { a: null, b: false }],
    ["{", null],
    ["[1", null],
    ["", null],
    ['{"a', null],
  ])("%s", (text, expected) => expect(parseCutJson(text)).toEqual(expected));

  it("never throws, is never slow, and invents nothing", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1, noNullPrototype: true }),
        fc.nat(),
        (fields, at) => {
          const text = JSON.stringify(fields);
          const cut = parseCutJson(text.slice(0, at % (text.length + 1)));
          for (const key of Object.keys(cut ?? {})) expect(Object.hasOwn(fields, key)).toBe(true);
          expect(parseCutJson(text)).toEqual(JSON.parse(text));
        },
      ),
    );
    for (const text of ['{"a":', "[", '{"a":"\\', '{"a":1,', "{"].map((each) => each.repeat(50_000)))
      parseCutJson(text);
  });
});
