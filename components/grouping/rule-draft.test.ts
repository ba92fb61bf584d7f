import { describe, expect, it } from "vitest";
import { groupingRequestSchema } from "@/lib/contracts/grouping";
import type { IncidentWire } from "@/lib/contracts/incident";
import { requestOf, ruleDraftOf, ruleWords } from "./rule-draft";

const incident = {
  project_id: "shop",
  identity: [
    { name: "type", value: "TypeError" },
    { name: "event", value: "checkout.failed" },
  ],
} as unknown as IncidentWire;

describe("a rule while it is written", () => {
  it("begins with what the incident is", () => {
    expect(ruleDraftOf(incident, null)).toMatchObject({
      ...{ project: "shop", type: "TypeError", event: "checkout.failed" },
    });
  });

  it.each([
    ["nothing left out", { kind: "ignore", parts: [] }],
    ["no expression", { kind: "variable", pattern: " " }],
    ["no name", { kind: "group", key: "" }],
  ] as const)("cannot be tried: %s", (_, fields) => {
    expect(requestOf({ ...ruleDraftOf(incident, null), ...fields })).toBeNull();
  });

  it("is a request that the API takes", () => {
    const request = requestOf({ ...ruleDraftOf(incident, null), kind: "variable", pattern: "batch .+" });
    expect(groupingRequestSchema.parse(request)).toMatchObject({
      ...{
        project_id: "shop",
        match: { type: "TypeError" },
        effect: { kind: "variable", pattern: "batch .+" },
      },
    });
  });
});

describe("a rule read aloud", () => {
  it.each([
    [
      { match: { type: "E" }, effect: { kind: "ignore", parts: ["component"] } },
      "Where type is E: component left out",
    ],
    [{ match: {}, effect: { kind: "add", attribute: "risk_level" } }, "Everywhere: told apart by risk level"],
    [
      { split: { from_id: "a", incident_id: "b", attribute: "release", value: "2", moved: 1 } },
      "release “2” is an incident of its own",
    ],
  ] as const)("%#", (rule, words) => {
    expect(ruleWords({ kind: "identity", ...rule } as unknown as Parameters<typeof ruleWords>[0])).toBe(
      words,
    );
  });
});
