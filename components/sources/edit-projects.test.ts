import { expect, it } from "vitest";
import { effectiveAllowed } from "./edit-projects";

it.each([
  [[], [], { ids: [], enforced: false }],
  [["a", "b"], [], { ids: ["a", "b"], enforced: true }],
  [[], ["b"], { ids: ["b"], enforced: true }],
  [["a", "b"], ["c", "b", "a"], { ids: ["b", "a"], enforced: true }],
  [["a"], ["b"], { ids: [], enforced: true }],
])("project %j, source %j", (project, source, effective) => {
  expect(effectiveAllowed(project, source)).toEqual(effective);
});
