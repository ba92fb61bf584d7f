import { expect, it } from "vitest";
import type { ProbeResultWire } from "@/lib/contracts/probe";
import { probeIds as known } from "@/lib/domain/probe";
import { byProbe, probeIds, targetPath, targetWords } from "./probe-words";

const result = (probe_id: string) => ({ probe_id }) as ProbeResultWire;

it("every probe has words, and no word is of none", () => {
  expect([...probeIds].sort()).toEqual([...known].sort());
});

it("results stand under their probe, in the order of the probes; an unknown one last", () => {
  const rows = ["new", "webhook_url_policy", "mcp_tool_allowlist", "webhook_url_policy"].map(result);
  expect(byProbe(rows).map((each) => [each.probeId, each.rows.length])).toEqual([
    ["mcp_tool_allowlist", 1],
    ["webhook_url_policy", 2],
    ["new", 1],
  ]);
});

it.each<[ProbeResultWire["target"], string, string | null]>([
  [
    { kind: "destination", id: "hook", name: "Hook" },
    "Destination Hook",
    "/settings/incident-monitor/destinations?id=hook",
  ],
  [{ kind: "project", id: "shop" }, "From project shop", "/settings/incident-monitor/sources?project=shop"],
  [{ kind: "route_preview", id: "x" }, "By default", "/settings/incident-monitor/routing"],
  [
    { kind: "scoped_intake_key", id: "k", name: "ci", project_id: "shop" },
    "Key ci",
    "/settings/incident-monitor/sources?project=shop",
  ],
  [{ kind: "deployment", id: "incident_monitor" }, "This deployment", null],
])("%o", (target, words, path) => {
  expect([targetWords(target), targetPath(target)]).toEqual([words, path]);
});
