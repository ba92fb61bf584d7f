import { describe, expect, it } from "vitest";
import { aConfig, aDestination, aLogSource, aProject, aRoute } from "@/lib/testing/configs";
import { diffConfig } from "./config-diff";
import {
  type ConfigResourceRef,
  type ConfigResourceWrite,
  findResource,
  listResources,
  otherChanges,
  putResource,
  removeResource,
  resourcePath,
} from "./config-resource";

const config = aConfig({
  destinations: [aDestination(), aDestination({ destinationId: "hook", name: "Hook", kind: "webhook" })],
  routes: [
    aRoute({ routeId: "only-hook", destinationIds: ["hook"] }),
    aRoute({ routeId: "both", destinationIds: ["local", "hook"] }),
    aRoute({ routeId: "defaults", destinationIds: [] }),
  ],
  defaultDestinationIds: ["local", "hook"],
  monitoredProjects: [aProject({ logSources: [aLogSource(), aLogSource({ sourceId: "web" })] })],
});
const paths = (next: typeof config) => diffConfig(config, next).map(({ kind, path }) => `${kind} ${path}`);

describe("finding", () => {
  it.each<[ConfigResourceRef, boolean]>([
    [{ kind: "destination", id: "hook" }, true],
    [{ kind: "destination", id: "HOOK" }, false],
    [{ kind: "route", id: "both" }, true],
    [{ kind: "project", id: "shop" }, true],
    [{ kind: "log_source", projectId: "shop", id: "web" }, true],
    [{ kind: "log_source", projectId: "other", id: "web" }, false],
    [{ kind: "route", id: "hook" }, false],
  ])("%o: %s", (ref, found) => {
    expect(findResource(config, ref) !== null).toBe(found);
  });

  it("the sources of a project that does not exist are not an empty list", () => {
    expect(listResources(config, { kind: "log_source", projectId: "other" })).toBeNull();
    expect(listResources(config, { kind: "log_source", projectId: "shop" })).toHaveLength(2);
  });
});

describe("putting", () => {
  it.each<[string, ConfigResourceWrite, string[]]>([
    [
      "replaces in place, whole",
      {
        kind: "destination",
        id: "local",
        given: { destinationId: "local", name: "Renamed", kind: "telemetry" },
      },
      ["changed destinations.local.name"],
    ],
    [
      "adds at the end",
      { kind: "route", id: "last", given: { routeId: "last", name: "Last" } },
      ["added routes.last"],
    ],
    [
      "a project given without sources has none",
      {
        kind: "project",
        id: "shop",
        given: { projectId: "shop", name: "Shop", repo: "acme/shop", workspaceRoot: "/workspace/repos/shop" },
      },
      ["removed monitored_projects.shop.log_sources.api", "removed monitored_projects.shop.log_sources.web"],
    ],
    [
      "a source touches its project's other sources not",
      { kind: "log_source", projectId: "shop", id: "api", given: { sourceId: "api", path: "other.log" } },
      ["changed monitored_projects.shop.log_sources.api.path"],
    ],
  ])("%s", (_, write, changes) => {
    expect(paths(putResource(config, write))).toEqual(changes);
  });
});

describe("removing", () => {
  it.each<[string, ConfigResourceRef, string[]]>([
    [
      "a destination leaves routes and defaults; a route that has no other goes; one that meant the defaults stays",
      { kind: "destination", id: "hook" },
      [
        "changed default_destination_ids",
        "removed destinations.hook",
        "removed routes.only-hook",
        "changed routes.both.destination_ids",
      ],
    ],
    ["a route", { kind: "route", id: "both" }, ["removed routes.both"]],
    ["a project and its sources", { kind: "project", id: "shop" }, ["removed monitored_projects.shop"]],
    [
      "a source",
      { kind: "log_source", projectId: "shop", id: "web" },
      ["removed monitored_projects.shop.log_sources.web"],
    ],
  ])("%s", (_, ref, changes) => {
    const removal = removeResource(config, ref);
    expect(removal.ok && paths(removal.config)).toEqual(changes);
  });

  it("a destination that a project or a source is bound to stays, and says who", () => {
    const bound = aConfig({
      ...config,
      monitoredProjects: [
        aProject({
          allowedDestinationIds: ["hook", "local"],
          logSources: [aLogSource({ defaultDestinationIds: ["hook"] })],
        }),
      ],
    });
    expect(removeResource(bound, { kind: "destination", id: "hook" })).toEqual({
      ok: false,
      referencedBy: [
        "monitored_projects.shop.allowed_destination_ids",
        "monitored_projects.shop.log_sources.api.default_destination_ids",
      ],
    });
  });
});

it("what else changed is told apart from the resource's own, also from one whose id begins alike", () => {
  const ref: ConfigResourceRef = { kind: "destination", id: "hook" };
  const change = (path: string) => ({ path, kind: "changed" as const });
  const changes = [resourcePath(ref), `${resourcePath(ref)}.name`, "destinations.hook-2", "routes.both"];
  expect(otherChanges(ref, changes.map(change)).map(({ path }) => path)).toEqual([
    "destinations.hook-2",
    "routes.both",
  ]);
});
