import { describe, expect, it } from "vitest";
import { aConfig, aDestination, aProject } from "@/lib/testing/configs";
import { defaultSafetyDefaults } from "./config";
import { nextPlace, profileNameOf, redactedPlaces } from "./redaction-run";

const config = aConfig({
  safetyDefaults: { ...defaultSafetyDefaults, redactionProfile: "clinic" },
  monitoredProjects: [
    aProject({ projectId: "shop", redactionProfile: "strict" }),
    aProject({ projectId: "bank" }),
  ],
  destinations: [
    aDestination({ destinationId: "hook", config: { redaction_profile: "standard" } }),
    aDestination({ destinationId: "local" }),
  ],
});

describe("the profile that a row would be written by now", () => {
  it.each([
    ["its project's", { projectId: "shop", sourceId: null, destinationId: null }, "strict"],
    [
      "the default, where the project names none",
      { projectId: "bank", sourceId: null, destinationId: null },
      "clinic",
    ],
    ["the default, of no project", { projectId: null, sourceId: null, destinationId: null }, "clinic"],
    [
      "the default, of a project that is gone",
      { projectId: "gone", sourceId: "x", destinationId: null },
      "clinic",
    ],
    [
      "the destination's, of what left",
      { projectId: "shop", sourceId: null, destinationId: "hook" },
      "standard",
    ],
    [
      "the default, of a destination that names none",
      { projectId: "shop", sourceId: null, destinationId: "local" },
      "clinic",
    ],
    [
      "the default, of a destination that is gone",
      { projectId: "shop", sourceId: null, destinationId: "gone" },
      "clinic",
    ],
  ])("%s", (_case, origin, name) => {
    expect(profileNameOf(origin, config)).toBe(name);
  });
});

it("a walk comes through every place once and to an end", () => {
  const seen: string[] = [];
  for (
    let place: (typeof redactedPlaces)[number] | null = redactedPlaces[0];
    place;
    place = nextPlace(place)
  ) {
    seen.push(place);
  }
  expect(seen).toEqual([...redactedPlaces]);
});
