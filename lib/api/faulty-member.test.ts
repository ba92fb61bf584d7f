import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { depthMax, findFaultyMember } from "./faulty-member";

const find = (text: string) => findFaultyMember(text, JSON.parse(text));
const nested = (depth: number) => `${'{"a":'.repeat(depth)}1${"}".repeat(depth)}`;

describe("findFaultyMember", () => {
  it.each([
    ["twice at the top", '{"title":"a","title":"b"}', "title"],
    ["twice inside", '{"report":{"title":"a","detail":"x","title":"b"}}', "report.title"],
    ["twice in a row of an array", '{"rows":[{"a":1},{"b":1,"b":1}]}', "rows[1].b"],
    ["spelled with an escape", '{"title":1,"t\\u0069tle":2}', "title"],
    ["a prototype's name", '{"__proto__":1,"__proto__":2}', "__proto__"],
    ["whatever the spacing", '{ "a" : 1 ,\n "a"\t:\r2 }', "a"],
  ])("names a member %s", (_, text, path) => expect(find(text)).toEqual({ fault: "repeated", path }));

  it.each([
    ["colons and quotes in strings", '{"a":"\\"b\\":1","c":"x:y","d\\\\":"\\\\"}'],
    ["the same name in different objects", '{"a":{"a":{"a":1}},"b":[{"a":1},{"a":2}]}'],
    ["an empty name", '{"":{"":""}}'],
    ["no object at all", '["a","a",1,null]'],
  ])("passes %s", (_, text) => expect(find(text)).toBeNull());

  it("bounds the depth, however deep", () => {
    expect(find(nested(depthMax))).toBeNull();
    expect(find(nested(depthMax + 1))?.fault).toBe("deep");
    expect(find(`{"report":{"x":${"[".repeat(100_000)}${"]".repeat(100_000)}}}`)).toMatchObject({
      fault: "deep",
      path: expect.stringMatching(/^report\.x\[0\]/),
    });
  });

  it("never finds one in what JSON.stringify wrote", () => {
    fc.assert(fc.property(fc.jsonValue({ maxDepth: 6 }), (value) => find(JSON.stringify(value)) === null));
  });

  it("always finds one that was added", () => {
    const members = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1, maxKeys: 5 });
    fc.assert(
      fc.property(members, fc.jsonValue({ maxDepth: 2 }), (value, more) => {
        const [name] = Object.keys(value);
        const text = `${JSON.stringify(value).slice(0, -1)},${JSON.stringify(name)}:${JSON.stringify(more)}}`;
        return find(text)?.path === (name ?? "").slice(0, 200);
      }),
    );
  });
});
