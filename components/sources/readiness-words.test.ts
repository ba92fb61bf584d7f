import { expect, it } from "vitest";
import { dataReadinessSchema } from "@/lib/contracts/config";
import { readinessFields } from "./readiness-fields-list";
import { inLabels } from "./readiness-words";

it("every field of data readiness has its place in the form", () => {
  expect(readinessFields.map(({ key }) => key).sort()).toEqual(Object.keys(dataReadinessSchema.shape).sort());
});

it.each([
  ["Set data_readiness.source_owner on the project.", 'Set "Owner" on the project.'],
  ["Set tenant_id and workspace_id on it.", 'Set "Tenant" and "Workspace" on it.'],
  [
    "event_schema_version and data_readiness.expected_schema_version differ.",
    '"Schema version" and "Expected schema version" differ.',
  ],
  ["The source's data readiness has no source_owner.", 'The source\'s data readiness has no "Owner".'],
  ["Set it to one of: no_drift, accepted.", "Set it to one of: no_drift, accepted."],
])("%s", (sentence, words) => {
  expect(inLabels(sentence)).toBe(words);
});
