import { expect, it } from "vitest";
import type { MonitoredProjectWire, RouteWire } from "@/lib/contracts/config";
import {
  type BoundSection,
  legacyGithub,
  newDestination,
  ownGithubRow,
  usedByWords,
  usesOf,
  withoutDestination,
} from "./edit-destinations";

const hook = { ...newDestination("webhook", []), destination_id: "hook" };
const local = { ...newDestination("telemetry", []), destination_id: "local" };
const section: BoundSection = {
  destinations: [hook, local],
  default_destination_ids: ["local", "hook"],
  routes: [
    { name: "One", destination_ids: ["hook"] },
    { name: "Two", destination_ids: ["local", "hook"] },
  ] as RouteWire[],
  monitored_projects: [
    {
      name: "Shop",
      allowed_destination_ids: ["hook", "local"],
      default_destination_ids: ["hook"],
      log_sources: [{ allowed_destination_ids: ["hook"], default_destination_ids: [] as string[] }],
    },
  ] as MonitoredProjectWire[],
};

it("knows who sends to a destination, and who could send nowhere else", () => {
  expect(usesOf(section, "hook")).toEqual({
    isDefault: true,
    routes: [
      { name: "One", onlyOne: true },
      { name: "Two", onlyOne: false },
    ],
    projects: [{ name: "Shop", onlyAllowed: true }],
  });
  expect(usedByWords(usesOf(section, "hook"))).toBe("2 routes, default");
  expect(usedByWords(usesOf(section, "gone"))).toBe("no route");
});

it("takes a destination out of everything that names it", () => {
  const left = withoutDestination(section, "hook");
  expect(JSON.stringify(left)).not.toContain("hook");
  expect(left.routes.map((route) => route.destination_ids)).toEqual([[], ["local"]]);
  expect(left.default_destination_ids).toEqual(["local"]);
});

it("the legacy GitHub settings make one row, and a row of its own with the same settings", () => {
  const settings = { enabled: true, require_approval_for_new_issues: true, repo: "acme/shop" };
  expect(legacyGithub(settings)).toEqual({
    ...{ destination_id: "legacy-github", name: "GitHub (legacy settings)", kind: "github_issue" },
    ...{ enabled: true, require_approval: true, repo: "acme/shop", route_tags: ["legacy_github"] },
  });
  expect(ownGithubRow(settings, ["github"])).toMatchObject({
    ...{ destination_id: "github-2", name: "GitHub", repo: "acme/shop", route_tags: [] },
  });
});
