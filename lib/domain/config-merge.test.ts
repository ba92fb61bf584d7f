import { describe, expect, it } from "vitest";
import { aConfig, aDestination, aProject, aRoute } from "@/lib/testing/configs";
import { defaultSafetyDefaults } from "./config";
import { additiveFields } from "./config-defaults";
import { type ConfigPatch, mergeConfig } from "./config-merge";
import { normaliseConfig } from "./config-normalise";

const stored = aConfig({
  repo: "acme/shop",
  paused: true,
  triageTimeoutMs: null,
  modelPolicy: { default_model: { provider_id: "p", model_id: "m" } },
  destinations: [aDestination({ destinationId: "hook", kind: "webhook", webhookUrl: "https://a.test" })],
  routes: [aRoute({ priority: 7 })],
  monitoredProjects: [aProject({ tenantId: "t" })],
  safetyDefaults: { ...defaultSafetyDefaults, highRiskCategories: ["payments"], retentionDays: 3 },
});

describe("the top-level merge (D-18)", () => {
  it.each<[string, ConfigPatch, object]>([
    ["nothing", {}, { repo: "acme/shop", paused: true, triageTimeoutMs: null }],
    ["a scalar", { repo: "acme/other" }, { repo: "acme/other", paused: true }],
    ["null: the default", { paused: null, enabled: null }, { paused: false, enabled: true }],
    ["null timeout: no deadline", { triageTimeoutMs: null }, { triageTimeoutMs: null }],
    ["a timeout of 0", { triageTimeoutMs: 0 }, { triageTimeoutMs: 0 }],
    ["null list: empty", { routes: null, monitoredProjects: null }, { routes: [], monitoredProjects: [] }],
    [
      "undefined is absent",
      { paused: undefined, routes: undefined },
      { paused: true, routes: stored.routes },
    ],
    [
      "reassessment",
      { reassessment: { cadenceMs: 5 } },
      { reassessment: { cadenceMs: 5, overdueGraceMs: 86_400_000 } },
    ],
  ])("%s", (_, patch, expected) => {
    expect(mergeConfig(stored, patch)).toMatchObject(expected);
  });

  it("null for an optional key removes it", () => {
    const merged = mergeConfig(stored, { repo: null, modelPolicy: null });
    expect(merged).not.toHaveProperty("repo");
    expect(merged).not.toHaveProperty("modelPolicy");
  });

  it("a row replaces the stored row: contract fields it leaves out have their defaults", () => {
    const patch = { destinations: [{ destinationId: "hook", name: "Hook", kind: null }] };
    expect(mergeConfig(stored, patch).destinations).toEqual([
      {
        destinationId: "hook",
        name: "Hook",
        kind: "github_issue",
        enabled: true,
        requireApproval: false,
        routeTags: [],
      },
    ]);
  });

  it.each<[string, ConfigPatch["safetyDefaults"], object]>([
    ["absent: kept", { redactSecrets: false }, { highRiskCategories: ["payments"], redactSecrets: false }],
    ["null: cleared", { highRiskCategories: null }, { highRiskCategories: [] }],
    ["given: replaced", { highRiskCategories: ["x"] }, { highRiskCategories: ["x"] }],
    ["null for the whole key: reset", null, { highRiskCategories: [] }],
  ])("fields beyond the contract, %s", (_, safetyDefaults, expected) => {
    const merged = mergeConfig(stored, { safetyDefaults });
    expect(merged.safetyDefaults).toMatchObject(expected);
    // A contract field that is left out has its default whatever was stored.
    expect(merged.safetyDefaults).not.toHaveProperty("retentionDays");
  });

  it("a row keeps the fields beyond the contract of the stored row of its id, and of no other", () => {
    const fields = additiveFields.destinations as string[];
    fields.push("webhookUrl");
    try {
      const row = (destinationId: string, more = {}) => ({ destinationId, name: "N", ...more });
      const merged = mergeConfig(stored, { destinations: [row(" hook "), row("other")] });
      expect(merged.destinations.map((one) => one.webhookUrl)).toEqual(["https://a.test", undefined]);
      const cleared = mergeConfig(stored, { destinations: [row("hook", { webhookUrl: null })] });
      expect(cleared.destinations[0]).not.toHaveProperty("webhookUrl");
    } finally {
      fields.pop();
    }
  });

  it.each<[string, object, string | undefined]>([
    ["absent: kept", {}, "{{body}}"],
    ["null: cleared", { issueTemplate: null }, undefined],
    ["blank: cleared", { issueTemplate: " \n" }, undefined],
    ["given: replaced, with one kind of newline", { issueTemplate: "a\r\n{{logs}}\r\n" }, "a\n{{logs}}"],
  ])("a project's issue template, %s", (_, fields, expected) => {
    const project = { projectId: "shop", name: "Shop", repo: "acme/shop", workspaceRoot: "/w" };
    const first = mergeConfig(stored, { monitoredProjects: [{ ...project, issueTemplate: "{{body}}" }] });
    const [row] = mergeConfig(first, { monitoredProjects: [{ ...project, ...fields }] }).monitoredProjects;
    expect(row?.issueTemplate).toBe(expected);
    expect(Object.hasOwn(row ?? {}, "issueTemplate")).toBe(expected !== undefined);
    const [other] = mergeConfig(first, {
      monitoredProjects: [{ ...project, projectId: "other" }],
    }).monitoredProjects;
    expect(other?.issueTemplate).toBeUndefined();
  });

  it("leaves the stored configuration as it was", () => {
    const before = structuredClone(stored);
    mergeConfig(stored, { destinations: [], safetyDefaults: { redactSecrets: false }, paused: false });
    expect(stored).toEqual(before);
  });
});

describe("normalisation", () => {
  it("trims, unsets what is blank, drops repeats", () => {
    const merged = mergeConfig(stored, {
      repo: "  ",
      workspaceRoot: " /w ",
      defaultDestinationIds: [" a", "a ", ""],
      destinations: [
        { destinationId: " x ", name: " ", linearTeam: " ", telemetryPath: "  ", routeTags: ["t", "t"] },
      ],
      monitoredProjects: [
        {
          ...aProject(),
          tenantId: " ",
          dataReadiness: { sourceOwner: " o ", lineageRef: " ", freshnessSlaMs: 0 },
        },
      ],
    });
    expect(merged).not.toHaveProperty("repo");
    expect(merged).toMatchObject({ workspaceRoot: "/w", defaultDestinationIds: ["a"] });
    expect(merged.destinations[0]).toMatchObject({ destinationId: "x", name: "x", routeTags: ["t"] });
    expect(merged.destinations[0]).not.toHaveProperty("linearTeam");
    // Blank is not unset here: it makes the destination unready (contract 8.1).
    expect(merged.destinations[0]?.telemetryPath).toBe("");
    expect(merged.monitoredProjects[0]).not.toHaveProperty("tenantId");
    expect(merged.monitoredProjects[0]?.dataReadiness).toEqual({ sourceOwner: "o", freshnessSlaMs: 0 });
  });

  it.each([
    ["watchIntervalSeconds", 0, 1],
    ["watchIntervalSeconds", 86_401, 86_400],
    ["maxBytesPerPoll", 1_023, 1_024],
    ["maxBytesPerPoll", 10_485_761, 10_485_760],
    ["maxCandidatesPerPoll", 0, 1],
    ["maxCandidatesPerPoll", 201, 200],
    ["fingerprintCooldownMs", 0, 0],
  ])("case 10: %s %d becomes %d", (field, given, kept) => {
    const logSources = [{ sourceId: "s", path: "p", [field]: given }];
    const merged = mergeConfig(stored, { monitoredProjects: [{ ...aProject(), logSources }] });
    expect(merged.monitoredProjects[0]?.logSources[0]).toMatchObject({ [field]: kept });
  });

  it("text that PostgreSQL cannot hold is made storable, inside opaque objects too", () => {
    const config = { "a\u0000": ["\ud800", { deep: "\u0000" }] };
    const merged = mergeConfig(stored, { destinations: [{ destinationId: "d", name: "n\u0000", config }] });
    expect(merged.destinations[0]).toMatchObject({
      name: "n\uFFFD",
      config: { "a\uFFFD": ["\uFFFD", { deep: "\uFFFD" }] },
    });
  });

  it("is idempotent", () => {
    const once = mergeConfig(stored, { repo: " a/b ", destinations: [{ destinationId: " d ", name: "" }] });
    expect(normaliseConfig(once)).toEqual(once);
  });
});
