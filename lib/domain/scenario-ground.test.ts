import { describe, expect, it } from "vitest";
import { aConfig, aDestination, aLogSource, aProject } from "@/lib/testing/configs";
import { aScenario } from "@/lib/testing/scenarios";
import { builtinPack } from "./builtin-scenario-pack";
import { scenarioCategories } from "./scenario";
import { bareReport, scenarioGround, scenarioReport } from "./scenario-ground";
import { bindSource, findLogSource, findProject } from "./source-binding";

const fresh = { projectId: "fresh", nowMs: 1_000 };
const live = aConfig({
  destinations: [aDestination()],
  monitoredProjects: [
    aProject({
      tenantId: "acme",
      defaultRouteTags: ["own"],
      logSources: [aLogSource({ tenantId: "deeper" })],
    }),
  ],
});

describe("the ground of a scenario", () => {
  it("is a project of its own that has what the scenario says, beside everything that is there", () => {
    const before = structuredClone(live);
    const ground = scenarioGround(
      live,
      aScenario({ sourceKind: "ci", tenantId: "t", routeTags: ["vip"] }),
      fresh,
    );
    expect(ground).toMatchObject({ projectId: "fresh", sourceId: null, claimedProjectId: null });
    expect(findProject(ground.config, "fresh")).toMatchObject({
      sourceKind: "ci",
      tenantId: "t",
      defaultRouteTags: ["vip"],
    });
    expect(ground.config.monitoredProjects).toHaveLength(2);
    expect(ground.config.destinations).toEqual(live.destinations);
    expect(live).toEqual(before);
  });

  it("is the project that it names, with what it says laid over project and source", () => {
    const ground = scenarioGround(
      live,
      aScenario({ projectId: "shop", tenantId: "t", routeTags: ["vip"] }),
      fresh,
    );
    const project = findProject(ground.config, "shop");
    expect(ground).toMatchObject({ projectId: "shop", sourceId: "api" });
    expect(ground.config.monitoredProjects).toHaveLength(1);
    if (!project) throw new Error("no project");
    expect(bindSource(project, findLogSource(project, "api"))).toMatchObject({
      tenantId: "t",
      routeTags: ["own", "vip"],
      repo: "acme/shop",
    });
  });

  it("keeps a forger in a project that is not the one claimed, and away from what is closed", () => {
    const ground = scenarioGround(
      live,
      aScenario({
        arrivesBy: "foreign_key",
        projectId: "shop",
        tenantId: "t",
        foreignDestinationIds: ["theirs"],
      }),
      fresh,
    );
    expect(ground).toMatchObject({ projectId: "fresh", claimedProjectId: "shop" });
    expect(findProject(ground.config, "fresh")).toMatchObject({
      tenantId: "scenario-tenant",
      allowedDestinationIds: ["local"],
    });
    expect(ground.config.destinations.map((each) => each.destinationId)).toEqual(["local", "theirs"]);
  });

  it("never takes a destination's place that is set up", () => {
    const ground = scenarioGround(live, aScenario({ unreadyDestinationIds: ["local", "new"] }), fresh);
    expect(ground.config.destinations.map((each) => [each.destinationId, each.kind])).toEqual([
      ["local", "telemetry"],
      ["new", "webhook"],
    ]);
  });
});

it("hostile text stands in title and detail, and only where it is asked for", () => {
  const { input } = aScenario({ promptInjection: "OBEY", title: "T", detail: "D" });
  expect(scenarioReport(input, "f", true)).toMatchObject({
    title: "T: OBEY",
    detail: "D\nOBEY",
    fingerprint: "f",
  });
  expect(scenarioReport(input, "f", false)).toMatchObject({ title: "T", detail: "D" });
  expect(bareReport(input, "f").detail).toBeUndefined();
});

it("the built-in pack has a scenario for each of the eight categories, under a name of its own", () => {
  expect(builtinPack.scenarios.map((each) => each.category).sort()).toEqual([...scenarioCategories].sort());
  expect(new Set(builtinPack.scenarios.map((each) => each.scenarioId)).size).toBe(8);
  for (const { expect: wish } of builtinPack.scenarios)
    expect(wish.approvalRequired ?? wish.blocked).toBe(true);
});
