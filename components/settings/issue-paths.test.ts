import { describe, expect, it } from "vitest";
import { isOldNews, issuePath, issuePlace, messageAt, topKey } from "./issue-paths";

const issue = (path: string, code = "other", message = "Wrong") => ({ path, code, message });

it.each([
  ["incident_monitor.routes.0.name", "routes[0].name", "routes"],
  [
    "monitored_projects[1].log_sources[2].path",
    "monitored_projects[1].log_sources[2].path",
    "monitored_projects",
  ],
  ["default_destination_ids.3", "default_destination_ids[3]", "default_destination_ids"],
  ["repo", "repo", "repo"],
])("%s", (path, normal, key) => {
  expect(issuePath(path)).toBe(normal);
  expect(topKey(path)).toBe(key);
});

describe("the message under a field", () => {
  const issues = [
    issue("routes[1].name", "name_required"),
    issue("routes[10].name"),
    issue("routes[2].destination_ids[0]"),
  ];
  it.each([
    ["routes[1].name", "Give it a name"],
    ["routes[1]", "Give it a name"],
    ["routes[2].destination_ids", "Wrong"],
    ["routes[0].name", undefined],
  ])("%s", (path, message) => expect(messageAt(issues, path)).toBe(message));
});

describe("the place of an issue", () => {
  const section = {
    monitored_projects: [{ project_id: "shop", log_sources: [{ source_id: "api" }] }],
    routes: [{ route_id: "all", name: "All" }],
  };
  it.each([
    ["monitored_projects[0].log_sources[0].path", "shop / api: path"],
    ["monitored_projects[0].repo", "shop: repo"],
    ["routes[9].name", "routes[9].name"],
    ["workspace_root", "workspace root"],
  ])("%s", (path, place) => expect(issuePlace(path, section)).toBe(place));
  it("is old news about a row that is saved as it is", () => {
    expect(isOldNews("routes[0].name", section, { routes: [{ name: "All", route_id: "all" }] })).toBe(true);
    expect(isOldNews("routes[0].name", section, { routes: [{ name: "Any", route_id: "all" }] })).toBe(false);
    expect(isOldNews("workspace_root", section, {})).toBe(false);
  });
});
