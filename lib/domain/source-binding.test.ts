import { describe, expect, it } from "vitest";
import { aConfig, aLogSource, aProject } from "@/lib/testing/configs";
import { bindSource, effectiveAllowlist, intakeHold } from "./source-binding";

describe("bindSource", () => {
  it("case 5: without binding fields: customer_system, empty lists, inherit", () => {
    expect(bindSource(aProject(), aLogSource())).toMatchObject({
      projectId: "shop",
      sourceId: "api",
      sourceKind: "customer_system",
      allowedDestinationIds: [],
      enforcesAllowlist: false,
      defaultDestinationIds: [],
      routeTags: [],
      approvalPolicy: "inherit",
      dataReadiness: {},
      held: null,
      watches: true,
    });
  });

  it("case 6: the source overrides, allow-lists intersect, tags run project then source, tenant falls through", () => {
    const project = aProject({
      ...{ sourceKind: "ci", workspaceId: "w1", tenantId: "t1", approvalPolicy: "always" },
      allowedDestinationIds: ["a", "b", "c"],
      defaultDestinationIds: ["a"],
      defaultRouteTags: ["x", "y"],
      dataReadiness: { sourceOwner: "p", legalBasis: "contract" },
    });
    const source = aLogSource({
      ...{ sourceKind: "agent_runtime", workspaceId: "w2", approvalPolicy: "never" },
      allowedDestinationIds: ["c", "z", "b"],
      defaultDestinationIds: ["b"],
      defaultRouteTags: ["y", "w"],
      dataReadiness: { sourceOwner: "s" },
    });
    expect(bindSource(project, source)).toMatchObject({
      ...{ sourceKind: "agent_runtime", workspaceId: "w2", tenantId: "t1", approvalPolicy: "never" },
      allowedDestinationIds: ["c", "b"],
      enforcesAllowlist: true,
      defaultDestinationIds: ["b"],
      routeTags: ["x", "y", "w"],
      repo: "acme/shop",
      workspaceRoot: "/workspace/repos/shop",
      dataReadiness: { sourceOwner: "s", legalBasis: "contract" },
    });
  });

  it("the project alone, and a source that inherits", () => {
    const project = aProject({ approvalPolicy: "high_risk", defaultDestinationIds: ["a"], tenantId: "t" });
    expect(bindSource(project)).toMatchObject({
      sourceId: null,
      approvalPolicy: "high_risk",
      watches: false,
    });
    const inherited = { approvalPolicy: "high_risk", defaultDestinationIds: ["a"], tenantId: "t" };
    expect(bindSource(project, aLogSource())).toMatchObject(inherited);
  });

  it.each([
    ["neither", [], [], [], false],
    ["project only", ["a"], [], ["a"], true],
    ["source only", [], ["b"], ["b"], true],
    ["both, in the source's order", ["a", "b"], ["b", "a"], ["b", "a"], true],
    ["disjoint: enforced, and nothing is allowed", ["a"], ["b"], [], true],
  ])("allow-list, %s", (_, project, source, ids, enforced) => {
    expect(effectiveAllowlist(project, source)).toEqual({ ids, enforced });
  });

  it.each([
    ["enabled and running", {}, {}, null, true],
    ["project disabled", { enabled: false }, {}, "project_disabled", false],
    ["project paused", { paused: true }, {}, "project_paused", false],
    ["source disabled: stops the watcher, not intake", {}, { enabled: false }, null, false],
    ["source paused: stops the watcher, not intake", {}, { paused: true }, null, false],
  ])("held, %s", (_, project, source, code, watches) => {
    const binding = bindSource(aProject(project), aLogSource(source));
    expect(binding.held?.code ?? null).toBe(code);
    expect(binding.watches).toBe(watches);
  });

  it.each([
    [{}, {}, null],
    [{ enabled: false }, { paused: true }, "monitor_disabled"],
    [{ paused: true }, {}, "monitor_paused"],
    [{}, { paused: true }, "project_paused"],
  ])("monitor %o, project %o: held because %s", (monitor, project, code) => {
    expect(intakeHold(aConfig(monitor), bindSource(aProject(project)))?.code ?? null).toBe(code);
    expect(intakeHold(aConfig(monitor))?.code ?? null).toBe(code === "project_paused" ? null : code);
  });
});
