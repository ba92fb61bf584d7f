import { expect, it } from "vitest";
import { configSchema } from "@/lib/contracts/config";
import { sectionsOf, settingsSections } from "./sections";

it("every key of the configuration is on exactly one page", () => {
  const keys = settingsSections.flatMap((section) => section.keys);
  const { updated_at_ms: _, ...shape } = configSchema.shape;
  expect([...keys].sort()).toEqual(Object.keys(shape).sort());
});

it.each([
  [["routes"], ["routing"]],
  [
    ["mcp_server", "paused", "repo"],
    ["sources", "destinations", "safety"],
  ],
  [["not_ours"], []],
])("%j are of %j", (keys, names) => {
  expect(sectionsOf(keys).map(({ name }) => name)).toEqual(names);
});
