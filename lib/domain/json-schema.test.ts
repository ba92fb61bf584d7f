import { AjvJsonSchemaValidator } from "@modelcontextprotocol/sdk/validation/ajv";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { schemaFaults, Unknown } from "./json-schema";

const ticket = {
  type: "object",
  properties: {
    title: { type: "string", minLength: 2 },
    labels: { type: "array", items: { type: "string" }, maxItems: 2 },
    priority: { enum: ["low", "high"] },
    count: { type: "integer", minimum: 1 },
    place: { $ref: "#/$defs/place" },
    owner: { anyOf: [{ type: "string" }, { type: "null" }] },
  },
  required: ["title"],
  additionalProperties: false,
  $defs: { place: { type: "object", required: ["room"], properties: { room: { type: "string" } } } },
};

describe("what does not fit, and where", () => {
  it.each<[string, unknown, string[]]>([
    ["everything", { title: "ab", labels: ["x"], priority: "low", count: 1, owner: null }, []],
    ["a missing member", {}, ["title is required"]],
    ["a wrong type", { title: 5 }, ["title must be a string"]],
    ["a short text", { title: "a" }, ["title must be at least 2 characters"]],
    ["an unknown member", { title: "ab", team: "x" }, ["team is not an argument of it"]],
    ["an item", { title: "ab", labels: ["x", 5] }, ["labels[1] must be a string"]],
    ["too many items", { title: "ab", labels: ["x", "y", "z"] }, ["labels must have at most 2 items"]],
    ["not one of a list", { title: "ab", priority: "urgent" }, ['priority must be one of "low", "high"']],
    ["no whole number", { title: "ab", count: 1.5 }, ["count must be an integer"]],
    ["behind a reference", { title: "ab", place: {} }, ["place.room is required"]],
    ["none of the forms", { title: "ab", owner: 5 }, ["owner fits none of the forms it may have"]],
    ["no object at all", "text", ["must be an object"]],
  ])("%s", (_name, value, expected) => {
    expect(schemaFaults(ticket, value).map(({ path, message }) => `${path} ${message}`.trim())).toEqual(
      expected,
    );
  });

  it("of what is not known yet only the type is judged", () => {
    const value = {
      title: new Unknown("string"),
      labels: new Unknown("array"),
      priority: new Unknown("string"),
    };
    expect(schemaFaults(ticket, value)).toEqual([]);
    expect(schemaFaults(ticket, { title: new Unknown("array") })).toEqual([
      { path: "title", message: "must be a string" },
    ]);
    expect(schemaFaults(ticket, { title: "ab", count: new Unknown("integer") })).toEqual([]);
  });

  it("a schema that turns in a circle ends", () => {
    const circle = { $ref: "#/a", a: { $ref: "#/b" }, b: { $ref: "#/a" } };
    expect(schemaFaults(circle, {})).toEqual([]);
    const wide = { anyOf: Array.from({ length: 40 }, () => ({ $ref: "#" })) };
    expect(schemaFaults(wide, {})).toBeInstanceOf(Array);
  });

  it("members called like parts of every object are members", () => {
    const schema = { type: "object", properties: {}, required: ["constructor"] };
    expect(schemaFaults(schema, {})).toEqual([{ path: "constructor", message: "is required" }]);
  });
});

const scalar = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.integer({ min: -3, max: 9 }),
  fc.boolean(),
  fc.constant(null),
);
const names = fc.constantFrom("a", "b", "c");
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    scalar,
    fc.array(tie("value"), { maxLength: 3 }),
    fc.dictionary(names, tie("value"), { maxKeys: 3 }),
  ),
}));
const { schema } = fc.letrec((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<unknown>(
      true,
      false,
      {},
      { type: "string" },
      { type: ["integer", "null"] },
      { enum: ["a", 1] },
    ),
    fc.record({ type: fc.constant("string"), minLength: fc.nat(3), maxLength: fc.nat(6) }),
    fc.record({ minimum: fc.integer({ min: -2, max: 5 }), maximum: fc.integer({ min: 0, max: 9 }) }),
    fc.record({ const: scalar }),
    fc.record({ type: fc.constant("array"), items: tie("schema"), minItems: fc.nat(2) }),
    fc.record({ anyOf: fc.array(tie("schema"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ allOf: fc.array(tie("schema"), { minLength: 1, maxLength: 2 }) }),
    fc.record(
      {
        type: fc.constant("object"),
        properties: fc.dictionary(names, tie("schema"), { maxKeys: 3 }),
        required: fc.uniqueArray(names, { maxLength: 2 }),
        additionalProperties: fc.oneof(fc.boolean(), tie("schema")),
      },
      { requiredKeys: ["type"] },
    ),
  ),
}));

it("never refuses what a full validator accepts, and for these keywords accepts nothing it refuses", () => {
  const full = new AjvJsonSchemaValidator();
  fc.assert(
    fc.property(schema, value, (form, given) => {
      const rootForm = typeof form === "boolean" ? { allOf: [form] } : (form as object);
      const accepted = full.getValidator(rootForm)(given).valid;
      expect(schemaFaults(rootForm, given).length === 0, JSON.stringify({ form, given })).toBe(accepted);
    }),
    { numRuns: 300 },
  );
}, 30_000);
