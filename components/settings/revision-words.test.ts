import { expect, it } from "vitest";
import type { ConfigChangeWire } from "@/lib/contracts/config";
import { changesFromDiff, revisionLines } from "./revision-words";

const diff: ConfigChangeWire[] = [
  { path: "destinations.pager.eu.webhook_url", kind: "changed", before: "set", after: "set" },
  { path: "destinations.pager.eu.enabled", kind: "changed", before: true, after: false },
  { path: "destinations.hook", kind: "added", after: { destination_id: "hook", name: "Hook" } },
  { path: "monitored_projects.shop.log_sources.api.path", kind: "changed", before: "a", after: "b" },
  { path: "monitored_projects.shop.data_readiness.source_owner", kind: "added", after: "ada" },
  { path: "routes", kind: "changed", before: ["a", "b"], after: ["b", "a"] },
  { path: "safety_defaults.retention_days", kind: "removed", before: 30 },
  { path: "default_destination_ids", kind: "changed", before: ["a"], after: ["a", "b"] },
];

it("says a stored difference a line a subject", () => {
  expect(revisionLines(diff)).toEqual([
    "Destination pager.eu: webhook url, enabled",
    "Destination hook added",
    "Project shop: log sources, api, path, data readiness, source owner",
    "Order of routes: order",
    "Safety defaults: retention days",
    "Default destination ids: value",
  ]);
});

it("keeps to the keys of a page", () => {
  expect(revisionLines(diff, ["routes", "default_destination_ids"])).toEqual([
    "Order of routes: order",
    "Default destination ids: value",
  ]);
});

it("has what each was and became, as far as it was stored", () => {
  const [pager, hook] = changesFromDiff(diff, ["destinations"]);
  expect(pager?.fields).toEqual([
    { label: "webhook url", before: "set", after: "set" },
    { label: "enabled", before: "yes", after: "no" },
  ]);
  expect(hook).toMatchObject({ kind: "added", subject: "hook", fields: [] });
});
