import { describe, expect, it } from "vitest";
import type { ConfigPatchWire, ConfigWire } from "@/lib/contracts/config";
import { everyKeyOfConfig } from "@/lib/testing/configs";
import { configFileName, importPatch, readConfigFile, splitWarnings, writeConfigFile } from "./config-file";
import type { ConfigKey } from "./config-section";

const config: ConfigWire = { ...everyKeyOfConfig, updated_at_ms: 7 };
const keys = Object.keys(everyKeyOfConfig) as ConfigKey[];
const nowMs = Date.UTC(2026, 6, 1, 3, 14);
const write = (only: readonly ConfigKey[] = keys) =>
  writeConfigFile({ config, keys: only, origin: "https://monitor.example.com", nowMs });

describe("a file", () => {
  it("holds what was exported, is read back the same, and is the body of a PATCH without a version", () => {
    const read = readConfigFile(write());
    expect(read).toEqual({
      ...{ ok: true, patch: everyKeyOfConfig, unknown: [] },
      ...{ exportedAt: "2026-07-01T03:14:00.000Z", exportedFrom: "https://monitor.example.com" },
    });
    expect(Object.keys(JSON.parse(write()).incident_monitor)).not.toContain("updated_at_ms");
  });

  it("holds only the keys asked for", () => {
    expect(Object.keys(JSON.parse(write(["routes"])).incident_monitor)).toEqual(["routes"]);
  });

  it("has a name with the part and the time", () => {
    expect(configFileName("routing", nowMs)).toBe("incident-monitor-routing-2026-07-01-0314.json");
  });
});

describe("reading", () => {
  it.each([
    ["no JSON", "destinations: []", "not_json"],
    ["a list", "[]", "not_json"],
    ["something else", '{"hello": 1}', "nothing_known"],
    ["another shape", '{"destinations": 7}', "invalid_type"],
    ["a row without its id", '{"incident_monitor": {"destinations": [{"name": "X"}]}}', "invalid_type"],
    ["too much", `{"repo": "${"x".repeat(2 * 1024 * 1024)}"}`, "too_large"],
  ])("refuses %s", (_, text, code) => {
    const read = readConfigFile(text);
    expect(read.ok ? null : read.issues[0]?.code).toBe(code);
  });

  it("takes the bare configuration too, and names what this version does not know", () => {
    const text = JSON.stringify({
      destinations: [{ destination_id: "a", name: "A", flavour: "mint" }],
      future: { key: 1 },
      safety_defaults: { retention_days: 3, sampling: 0.5 },
    });
    expect(readConfigFile(text)).toMatchObject({
      ok: true,
      unknown: ["destinations[0].flavour", "future", "safety_defaults.sampling"],
    });
  });
});

describe("what importing sends", () => {
  const row = (destination_id: string, name = destination_id) => ({ destination_id, name });
  const here = {
    ...config,
    destinations: [row("a"), row("b")],
    default_destination_ids: ["a"],
  } as ConfigWire;
  const file = {
    destinations: [row("b", "B anew"), row("c")],
    default_destination_ids: ["c"],
    repo: config.repo,
  } as ConfigPatchWire;

  it.each([
    ["add", [row("a"), row("b", "B anew"), row("c")], ["a", "c"]],
    ["replace", [row("b", "B anew"), row("c")], ["c"]],
  ] as const)("%s", (mode, destinations, ids) => {
    expect(importPatch(here, file, ["destinations", "default_destination_ids", "repo"], mode)).toEqual({
      destinations,
      default_destination_ids: ids,
    });
  });

  it("leaves out the parts that were not chosen", () => {
    expect(importPatch(here, file, ["routes", "default_destination_ids"], "replace")).toEqual({
      default_destination_ids: ["c"],
    });
  });
});

it("tells what is missing on this host from what is wrong with the configuration", () => {
  const issue = (code: string) => ({ path: "x", code, message: "m" });
  const codes = ["secret_unset", "destination_unknown", "workspace_root_not_allowed", "mcp_server_unknown"];
  const { host, other } = splitWarnings(codes.map(issue));
  expect(host.map(({ code }) => code)).toEqual([
    "secret_unset",
    "workspace_root_not_allowed",
    "mcp_server_unknown",
  ]);
  expect(other.map(({ code }) => code)).toEqual(["destination_unknown"]);
});
