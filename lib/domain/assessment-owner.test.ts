import { describe, expect, it } from "vitest";
import { aConfig, aDestination, aLogSource, aProject } from "@/lib/testing/configs";
import { type OwnedObject, ownersOf } from "./assessment-owner";
import type { AuthorityInventory } from "./authority-inventory";

const config = aConfig({
  destinations: [aDestination({ destinationId: "hook" }), aDestination({ destinationId: "local" })],
  monitoredProjects: [
    aProject({
      projectId: "shop",
      allowedDestinationIds: ["hook"],
      dataReadiness: { sourceOwner: "Payments" },
      logSources: [
        aLogSource({ sourceId: "api", dataReadiness: { sourceOwner: "API on call" } }),
        aLogSource({ sourceId: "web" }),
      ],
    }),
    aProject({
      projectId: "bank",
      dataReadiness: { sourceOwner: "Somebody else" },
      allowedDestinationIds: ["hook"],
    }),
    aProject({ projectId: "bare", dataReadiness: { sourceOwner: " " } }),
  ],
});
/** The reader sees no `bank`. */
const inventory = {
  monitoredSources: [{ projectId: "shop" }, { projectId: "bare" }],
  automationSpecs: [
    { automationId: "nightly", creatorId: "ada" },
    { automationId: "old", creatorId: null },
  ],
} as unknown as AuthorityInventory["inventory"];
const ownerOf = ownersOf(config, { inventory });

describe("who is to act", () => {
  it.each<[string, OwnedObject | undefined, string, string]>([
    [
      "a source's own owner",
      { kind: "log_source", id: "shop/api", projectId: "shop", sourceId: "api" },
      "API on call",
      "source_owner",
    ],
    [
      "else its project's",
      { kind: "log_source", id: "shop/web", projectId: "shop", sourceId: "web" },
      "Payments",
      "project_owner",
    ],
    ["a project's by its id alone", { kind: "project", id: "shop" }, "Payments", "project_owner"],
    ["a blank name is none", { kind: "project", id: "bare", projectId: "bare" }, "unassigned", "none"],
    [
      "of a project that the reader does not see, nobody",
      { kind: "project", id: "bank", projectId: "bank" },
      "unassigned",
      "none",
    ],
    [
      "an automation's creator",
      { kind: "agent", id: "nightly/writer", automationId: "nightly" },
      "ada",
      "registered_creator",
    ],
    ["an automation without one", { kind: "automation", id: "old" }, "unassigned", "none"],
    [
      "of a destination, the owners whose sources go there",
      { kind: "destination", id: "hook" },
      "API on call, Payments",
      "destination_sources",
    ],
    [
      "of a destination that no source is bound to, nobody",
      { kind: "destination", id: "local" },
      "unassigned",
      "none",
    ],
    [
      "of the deployment's own settings, nobody",
      { kind: "safety_defaults", id: "safety_defaults" },
      "unassigned",
      "none",
    ],
    ["of nothing, nobody", undefined, "unassigned", "none"],
  ])("%s", (_, object, name, basis) => {
    expect(ownerOf(object)).toEqual({ assigned: basis !== "none", name, basis });
  });
});
