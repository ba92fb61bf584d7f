import { describe, expect, it } from "vitest";
import { aConfig, aDestination, aLogSource, aProject, aRoute } from "@/lib/testing/configs";
import type { MonitorConfig } from "./config";
import { type ConfigChange, diffConfig, summariseChanges, summariseConfig } from "./config-diff";

const hook = aDestination({
  ...{ destinationId: "hook", kind: "webhook", webhookUrl: "https://h.test/T0KEN" },
  ...{ webhookSecretRef: "env:TANDEM_S", config: { private_note: "x" } },
});

describe("diffConfig", () => {
  it.each<[string, Partial<MonitorConfig>, Partial<MonitorConfig>, ConfigChange[]]>([
    ["nothing", { repo: "a/b" }, { repo: "a/b" }, []],
    ["version and time do not count", { version: 1, updatedAtMs: 1 }, { version: 2, updatedAtMs: 2 }, []],
    [
      "a scalar",
      { paused: false },
      { paused: true },
      [{ path: "paused", kind: "changed", before: false, after: true }],
    ],
    ["set", {}, { repo: "a/b" }, [{ path: "repo", kind: "added", after: "a/b" }]],
    ["unset", { repo: "a/b" }, {}, [{ path: "repo", kind: "removed", before: "a/b" }]],
    [
      "to null",
      { triageTimeoutMs: 5 },
      { triageTimeoutMs: null },
      [{ path: "triage_timeout_ms", kind: "changed", before: 5, after: null }],
    ],
    [
      "a list of words",
      { defaultDestinationIds: ["a"] },
      { defaultDestinationIds: ["b", "a"] },
      [{ path: "default_destination_ids", kind: "changed", before: ["a"], after: ["b", "a"] }],
    ],
    [
      "one field of a row",
      { routes: [aRoute()] },
      { routes: [aRoute({ priority: 3 })] },
      [{ path: "routes.route.priority", kind: "changed", before: 0, after: 3 }],
    ],
    [
      "the order of rows",
      { routes: [aRoute({ routeId: "a" }), aRoute({ routeId: "b" })] },
      { routes: [aRoute({ routeId: "b" }), aRoute({ routeId: "a" })] },
      [{ path: "routes", kind: "changed", before: ["a", "b"], after: ["b", "a"] }],
    ],
    [
      "a source of a project",
      { monitoredProjects: [aProject({ logSources: [aLogSource()] })] },
      { monitoredProjects: [aProject({ logSources: [aLogSource({ paused: true })] })] },
      [
        {
          path: "monitored_projects.shop.log_sources.api.paused",
          kind: "changed",
          before: false,
          after: true,
        },
      ],
    ],
    [
      "what is hidden: that it changed, not what to",
      { destinations: [hook] },
      {
        destinations: [
          { ...hook, webhookUrl: "https://h.test/OTHER", webhookSecretRef: "B", config: undefined },
        ],
      },
      [
        { path: "destinations.hook.config", kind: "removed", before: "set" },
        { path: "destinations.hook.webhook_secret_ref", kind: "changed", before: "set", after: "set" },
        { path: "destinations.hook.webhook_url", kind: "changed", before: "set", after: "set" },
      ],
    ],
  ])("%s", (_, before, after, expected) => {
    expect(diffConfig(aConfig(before), aConfig(after))).toEqual(expected);
  });

  it("rows that come and go are shown whole, in wire words, secrets as presence", () => {
    const changes = diffConfig(
      aConfig({ destinations: [aDestination()] }),
      aConfig({ destinations: [hook] }),
    );
    expect(changes).toMatchObject([
      { path: "destinations.local", kind: "removed", before: { destination_id: "local", kind: "telemetry" } },
      {
        path: "destinations.hook",
        kind: "added",
        after: { require_approval: false, webhook_url: "set", webhook_secret_ref: "set", config: "set" },
      },
    ]);
  });
});

describe("summaries", () => {
  it("case 7: the audit summary has flags and counts, and nothing to give away", () => {
    const config = aConfig({ destinations: [hook], routes: [aRoute()], monitoredProjects: [aProject()] });
    const summary = summariseConfig(config);
    expect(summary).toMatchObject({
      ...{ destination_count: 1, route_count: 1, monitored_project_count: 1, log_source_count: 0 },
      destinations: [{ has_webhook_url: true, has_webhook_secret_ref: true, has_custom_config: true }],
      routes: [{ route_id: "route", approval_policy: "inherit" }],
      project_ids: ["shop"],
      safety_defaults: { require_approval_for_high_risk: true },
    });
    const everything = JSON.stringify([summary, diffConfig(aConfig(), config)]);
    for (const hidden of ["T0KEN", "TANDEM_S", "private_note"]) expect(everything).not.toContain(hidden);
  });

  it("one line tells of a few changes and counts the rest", () => {
    const change = (path: string): ConfigChange => ({ path, kind: "changed" });
    expect(summariseChanges([change("a"), change("b")])).toBe("changed a, changed b");
    expect(summariseChanges("abcdefg".split("").map(change))).toMatch(/^changed a, .* and 2 more$/);
  });
});
