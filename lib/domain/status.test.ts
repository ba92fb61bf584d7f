import { describe, expect, it } from "vitest";
import { aConfig, aDestination } from "@/lib/testing/configs";
import type { MonitorConfig } from "./config";
import { reason } from "./reason";
import { readinessFlags, type StatusFacts, statusError } from "./status";

const row = (destinationId: string, ready: boolean, enabled = true) => ({
  destinationId,
  kind: "telemetry" as const,
  enabled,
  ready,
  missing: ready ? [] : [reason("why", "Something is missing")],
});
const facts = (fields: Partial<StatusFacts> = {}): StatusFacts => ({
  destinations: [row("local", true)],
  sources: [],
  mcpServer: null,
  modelKnown: null,
  ...fields,
});
const local = (fields: Partial<MonitorConfig> = {}) =>
  aConfig({ destinations: [aDestination()], defaultDestinationIds: ["local"], ...fields });

describe("readinessFlags", () => {
  const all = [
    "configValid",
    "ingestReady",
    "publishReady",
    "runtimeReady",
    "destinationReady",
    "sourceReady",
  ] as const;
  const table: [string, MonitorConfig, StatusFacts, string[]][] = [
    ["a first start with one local destination (D-30)", local(), facts(), []],
    [
      "paused",
      local({ paused: true }),
      facts({ destinations: [row("local", false)] }),
      ["ingestReady", "publishReady", "runtimeReady", "destinationReady"],
    ],
    [
      "disabled",
      local({ enabled: false }),
      facts({ destinations: [row("local", false)] }),
      ["ingestReady", "publishReady", "runtimeReady", "destinationReady"],
    ],
    [
      "nothing configured: the legacy row without a repository",
      aConfig(),
      facts({ destinations: [row("legacy-github", false)] }),
      ["configValid", "publishReady", "runtimeReady", "destinationReady"],
    ],
    [
      "a default that does not exist",
      local({ defaultDestinationIds: ["local", "gone"] }),
      facts(),
      ["configValid"],
    ],
    [
      "every destination disabled",
      local({ destinations: [aDestination({ enabled: false })] }),
      facts({ destinations: [row("local", false, false)] }),
      ["configValid", "publishReady", "runtimeReady", "destinationReady"],
    ],
    [
      "one destination of two ready",
      local(),
      facts({ destinations: [row("local", true), row("hook", false)] }),
      [],
    ],
    ["a model is named and not there", local(), facts({ modelKnown: false }), ["runtimeReady"]],
    [
      "an enabled source not ready",
      local(),
      facts({ sources: [{ ready: false, enabled: true } as never] }),
      ["sourceReady"],
    ],
    [
      "a stopped source does not count",
      local(),
      facts({ sources: [{ ready: false, enabled: false } as never] }),
      [],
    ],
  ];
  it.each(table)("%s", (_, config, given, down) => {
    const flags = readinessFlags(config, given);
    expect(all.filter((name) => !flags[name])).toEqual(down);
    expect(flags.routePreviewReady).toBe(true);
    for (const value of Object.values(flags)) expect(typeof value).toBe("boolean");
  });

  it("says of GitHub, MCP and a model only what is there", () => {
    expect(
      readinessFlags(local({ repo: "acme/shop" }), facts({ mcpServer: { connected: false } })),
    ).toMatchObject({
      repoValid: true,
      mcpServerPresent: true,
      mcpConnected: false,
      githubReadReady: false,
      githubWriteReady: false,
      selectedModelReady: false,
    });
  });
});

describe("statusError", () => {
  const table: [string, MonitorConfig, StatusFacts, RegExp | null][] = [
    ["all well", local(), facts(), null],
    ["disabled says nothing", local({ enabled: false, paused: true }), facts(), null],
    ["paused comes first", local({ paused: true, defaultDestinationIds: ["gone"] }), facts(), /paused/],
    [
      "a default that does not exist",
      local({ defaultDestinationIds: ["gone"] }),
      facts(),
      /`gone` is not configured/,
    ],
    [
      "nothing configured",
      aConfig(),
      facts({ destinations: [row("legacy-github", false)] }),
      /No destination is configured/,
    ],
    [
      "all disabled",
      local(),
      facts({ destinations: [row("local", false, false)] }),
      /Every destination is disabled/,
    ],
    [
      "a default not ready",
      local(),
      facts({ destinations: [row("hook", true), row("local", false)] }),
      /`local` is not ready: Something is missing/,
    ],
    [
      "another one not ready, none is default",
      local({ defaultDestinationIds: [] }),
      facts({ destinations: [row("local", true), row("hook", false)] }),
      null,
    ],
    [
      "no default and nothing ready",
      local({ defaultDestinationIds: [] }),
      facts({ destinations: [row("local", false)] }),
      /`local` is not ready/,
    ],
    ["the model last", local(), facts({ modelKnown: false }), /model/],
  ];
  it.each(table)("%s", (_, config, given, words) => {
    const error = statusError(config, given);
    if (words) expect(error).toMatch(words);
    else expect(error).toBeNull();
  });
});
