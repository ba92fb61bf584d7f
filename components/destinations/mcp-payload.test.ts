import { expect, it } from "vitest";
import { argumentFault, argumentsOf, withArguments } from "./mcp-payload";

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
  ["", "x", "Name the argument"],
  ["a", "$draft.title", undefined],
  ["a", "$mcp.server", undefined],
  ["a", "$evidence.digest", undefined],
  ["a", "$idempotency_key", undefined],
  ["a", "$draft", "Nothing here has this name"],
  ["a", "$secret.value", "Nothing here has this name"],
  ["twice", "x", "Two arguments have this name"],
])("%s = %s", (name, value, fault) => {
  const all = [{ name, value }, ...(name === "twice" ? [{ name, value: "y" }] : [])];
  expect(argumentFault({ name, value }, all)).toBe(fault);
});
