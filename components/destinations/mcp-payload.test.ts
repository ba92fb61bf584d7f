import { expect, it } from "vitest";
import { argumentsTaken, missingArguments } from "@/components/mcp/tool-arguments";
import { argumentFault, argumentsOf, valueFault, withArguments } from "./mcp-payload";

it("a mapping is read as fields and written back the same, JSON included", () => {
  const config = {
    allow_publish: true,
    payload: { title: "$draft.title", labels: ["a", "b"], count: 2, note: "plain words", flag: true },
  };
  const rows = argumentsOf(config);
  expect(rows.map(({ value }) => value)).toEqual(["$draft.title", '["a","b"]', "2", "plain words", "true"]);
  expect(withArguments(config, rows)).toEqual(config);
});

it("keeps the older name of the mapping where it was used, and takes it out when it is empty", () => {
  const config = { arguments: { title: "x" } };
  expect(withArguments(config, [{ name: "title", value: "y" }])).toEqual({ arguments: { title: "y" } });
  expect(withArguments(config, [])).toBeUndefined();
});

it("what only looks like JSON stays text", () => {
  expect(withArguments(undefined, [{ name: "t", value: "{not json" }])).toEqual({
    payload: { t: "{not json" },
  });
});

it.each([
  ["", "Name the argument"],
  ["a", undefined],
  ["twice", "Two arguments have this name"],
])("an argument called %j", (name, fault) => {
  const all = [{ name, value: "x" }, ...(name === "twice" ? [{ name, value: "y" }] : [])];
  expect(argumentFault({ name, value: "x" }, all)).toBe(fault);
});

const taken = argumentsTaken({
  input_schema: {
    properties: {
      labels: { type: "array" },
      title: { type: "string", description: "What it is" },
      priority: { enum: ["low", "high"] },
      seen: { type: ["number", "null"] },
      any: {},
    },
    required: ["title"],
    additionalProperties: false,
  },
});

it.each([
  ["title", "$draft.title", undefined],
  ["title", "plain", undefined],
  ["title", "$mcp.server", undefined],
  ["title", "$draft", "Nothing here has this name"],
  ["title", "$secret.value", "Nothing here has this name"],
  ["title", "$incident.fingerprint", "Nothing here has this name"],
  ["title", "$draft.route_tags", "It takes text, this is a list"],
  ["title", "5", "It takes text, this is a whole number"],
  ["labels", "$draft.route_tags", undefined],
  ["labels", '["a"]', undefined],
  ["labels", "a", "It takes a list, this is text"],
  ["priority", "high", undefined],
  ["priority", "urgent", "It takes low, high"],
  ["priority", "$draft.risk_level", undefined],
  ["seen", "$incident.occurrence_count", undefined],
  ["seen", "null", undefined],
  ["any", "{}", undefined],
  ["team", "x", "The tool has no argument of this name"],
])("a tool's %s = %s", (name, value, fault) => {
  expect(valueFault({ name, value }, taken, false)).toBe(fault);
});

it("without an inspection nothing but a placeholder that there is not is held against a value", () => {
  expect(valueFault({ name: "team", value: "5" }, [], true)).toBeUndefined();
  expect(valueFault({ name: "team", value: "$nobody" }, [], true)).toBe("Nothing here has this name");
});

it("names what a tool requires and nothing is mapped to, required ones first", () => {
  expect(taken.map(({ name }) => name)).toEqual(["title", "labels", "priority", "seen", "any"]);
  expect(missingArguments(taken, ["labels"])).toEqual(["title"]);
  expect(missingArguments(taken, ["title"])).toEqual([]);
});
