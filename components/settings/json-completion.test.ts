import { describe, expect, it } from "vitest";
import { configJsonSchema, readConfigPart } from "@/lib/contracts/config-json-schema";
import { completionsAt, type JsonSchema } from "./json-completion";

const routing = configJsonSchema(["routes", "default_destination_ids"]) as JsonSchema;
const safety = configJsonSchema(["enabled", "safety_defaults"]) as JsonSchema;

/** The caret is where the bar stands. */
function optionsAt(marked: string, schema: JsonSchema) {
  return completionsAt(marked.replace("|", ""), marked.indexOf("|"), schema);
}
const labels = (marked: string, schema = routing) => optionsAt(marked, schema).map(({ label }) => label);

describe("what may stand at the caret", () => {
  it("settings of the section, without those that are there, before or behind", () => {
    expect(labels("{|}")).toEqual(["routes", "default_destination_ids"]);
    expect(labels('{"routes": [], |}')).toEqual(["default_destination_ids"]);
    expect(labels('{|, "routes": [{"mode": "live"}]}')).toEqual(["default_destination_ids"]);
  });

  it("keys of a row, by what is typed of them, whole lines or not", () => {
    const keys = labels('{"routes": [{"route_id": "a", "match_s|\n}]}');
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.every((key) => key.startsWith("match_s"))).toBe(true);
    expect(labels('{"routes": [{"route_id": "a"}, {|}]}')).toContain("route_id");
    expect(labels('{"routes": [{"route_id": "a", |}]}')).not.toContain("route_id");
  });

  it("the words that a setting knows", () => {
    expect(labels('{"routes": [{"approval_policy": |}]}')).toEqual(expect.arrayContaining(["always"]));
    expect(labels('{"routes": [{"mode": "sh|"}]}')).toEqual(["shadow"]);
    expect(labels('{"enabled": |}', safety)).toEqual(["true", "false"]);
    expect(labels('{"routes": |}')).toEqual(["[]"]);
  });

  it("nothing where nothing is to be chosen: outside, behind a value, in free text", () => {
    expect(labels('|{"routes": []}')).toEqual([]);
    expect(labels('{"routes": [{"name": "Pay|"}]}')).toEqual([]);
    expect(labels('{"unheard": {|}}')).toEqual([]);
  });

  it("an option replaces what is typed, brings its colon, and not a second one", () => {
    const [option] = optionsAt('{"rou|}', routing);
    expect(option).toMatchObject({ label: "routes", insert: '"routes": ', from: 1 });
    const [renamed] = optionsAt('{"rou|": []}', routing);
    expect(renamed).toMatchObject({ insert: '"routes"', from: 1, to: 6 });
    expect(optionsAt('{"routes": [{"mode": |}]}', routing)[0]?.insert).toMatch(/^"\w+"$/);
  });

  it("says what a key takes and that it must be there", () => {
    expect(optionsAt("{|}", safety)[0]).toMatchObject({ label: "enabled", about: "true or false, required" });
  });
});

describe("a section that somebody wrote", () => {
  it("is read whole, or every finding names its setting", () => {
    expect(readConfigPart(["default_destination_ids"], { default_destination_ids: ["a"] })).toEqual({
      ok: true,
      part: { default_destination_ids: ["a"] },
    });
    const refused = readConfigPart(["routes", "default_destination_ids"], {
      routes: [{ route_id: 7 }],
      flavour: "mint",
    });
    const paths = refused.ok ? [] : refused.issues.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(["routes[0].route_id", "default_destination_ids"]));
    expect(refused.ok ? "" : JSON.stringify(refused.issues)).toContain("flavour");
  });
});
