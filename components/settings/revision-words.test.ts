import { expect, it } from "vitest";
import type { ConfigChangeWire } from "@/lib/contracts/config";
import { configKeySchema } from "@/lib/contracts/config-history";
import { changesFromDiff, revisionLines } from "./revision-words";

const diff: ConfigChangeWire[] = [
  { path: "destinations.pager.eu.webhook_url", kind: "changed", before: "set", after: "set" },
  { path: "destinations.pager.eu.enabled", kind: "changed", before: true, after: false },
  { path: "destinations.hook", kind: "added", after: { destination_id: "hook", name: "Hook" } },
  { path: "monitored_projects.shop.log_sources.api.path", kind: "changed", before: "a", after: "b" },
  { path: "monitored_projects.shop.log_sources.api.v2", kind: "added", after: { source_id: "api.v2" } },
  {
    path: "monitored_projects.shop.log_sources.api.data_readiness.allowed_use",
    ...{ kind: "removed", before: "triage" },
  },
  { path: "monitored_projects.shop.log_sources", kind: "changed", before: ["a", "b"], after: ["b", "a"] },
  { path: "monitored_projects.shop.data_readiness.source_owner", kind: "added", after: "ada" },
  { path: "routes", kind: "changed", before: ["a", "b"], after: ["b", "a"] },
  { path: "safety_defaults.retention_days", kind: "removed", before: 30 },
  { path: "default_destination_ids", kind: "changed", before: ["a"], after: ["a", "b"] },
];

it("says a stored difference a line a subject", () => {
  expect(revisionLines(diff)).toEqual([
    "Destination pager.eu: webhook url, enabled",
    "Destination hook added",
    "Project shop: path of log source api, log source api.v2 added, allowed use of log source api, order of log sources, source owner",
    "Order of routes",
    "Safety defaults: retention days",
    "Default destinations: b added",
  ]);
});

it("keeps to the keys of a page", () => {
  expect(revisionLines(diff, ["routes", "default_destination_ids"])).toEqual([
    "Order of routes",
    "Default destinations: b added",
  ]);
});

it.each([
  [["a", "b"], ["c", "b"], "Default destinations: a removed, c added"],
  [["a", "b"], ["b", "a"], "Default destinations: in another order"],
  [[], ["a"], "Default destinations: a added"],
])("default destinations from %j to %j", (before, after, line) => {
  expect(revisionLines([{ path: "default_destination_ids", kind: "changed", before, after }])).toEqual([
    line,
  ]);
});

it("puts what stands alone under the words of its page", () => {
  const diff = ["paused", "repo", "workspace_root", "label_mode", "triage_timeout_ms"].map(
    (path): ConfigChangeWire => ({ path, kind: "changed", before: "a", after: "b" }),
  );
  expect(revisionLines(diff)).toEqual([
    "Monitor: paused",
    "Reports without a project: repository, folder",
    "GitHub (legacy settings): labels",
    "Triage: deadline",
  ]);
});

it.each(configKeySchema.options)("has words for %s", (key) => {
  const [line] = revisionLines([{ path: key, kind: "changed", before: 1, after: 2 }]);
  expect(line).not.toMatch(/_|: value$/);
});

it("has what each was and became, as far as it was stored", () => {
  const [pager, hook] = changesFromDiff(diff, ["destinations"]);
  expect(pager?.fields).toEqual([
    { label: "webhook url", before: "set", after: "set" },
    { label: "enabled", before: "yes", after: "no" },
  ]);
  expect(hook).toMatchObject({ kind: "added", subject: "hook", fields: [] });
});
