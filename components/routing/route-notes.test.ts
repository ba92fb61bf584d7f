import { describe, expect, it } from "vitest";
import type { MonitoredProjectWire, RouteWire } from "@/lib/contracts/config";
import { routeLintCodeSchema } from "@/lib/contracts/route-lint";
import { inOrder, newRoute } from "./edit-routes";
import {
  deadLogSources,
  noteFix,
  notesOfFindings,
  notesOfWarnings,
  noteTitle,
  placeAbove,
} from "./route-notes";

const route = (route_id: string, priority: number, part: Partial<RouteWire> = {}): RouteWire => ({
  ...newRoute([]),
  route_id,
  name: route_id.toUpperCase(),
  priority,
  ...part,
});
const routes = [route("narrow", 1), route("wide", 5)];

it("has a title and a way out for every finding of the server", () => {
  for (const code of routeLintCodeSchema.options) {
    expect(noteTitle({ code })).toMatch(/\.$/);
    expect(noteFix({ code })).toMatch(/\.$/);
  }
});

describe("warnings of a check", () => {
  const said = "Whatever NARROW would match, route WIDE takes first.";
  it("stand at their route and know the one in the way by its name", () => {
    const [note] = notesOfWarnings(
      [{ path: "incident_monitor.routes.0", code: "route_shadowed", message: said }],
      routes,
    );
    expect(note).toMatchObject({ routeId: "narrow", otherRouteId: "wide", severity: "warning" });
    expect(note && placeAbove(note, inOrder(routes))).toBe(0);
  });
  it("know it in the sentence about approval too", () => {
    const message = "NARROW asks for approval `always`; its records go by WIDE, which says `never`.";
    const issue = { path: "routes[0]", code: "approval_weaker", message };
    expect(notesOfWarnings([issue], routes)).toMatchObject([{ otherRouteId: "wide", severity: "error" }]);
  });
  it("know the list they are about", () => {
    const issue = { path: "routes[1].match_project_ids", code: "project_unknown", message: "None." };
    expect(notesOfWarnings([issue], routes)).toMatchObject([
      { routeId: "wide", field: "match_project_ids", code: "project_unknown" },
    ]);
  });
  it("are about routing alone", () => {
    const issue = { path: "destinations[0].webhook_url", code: "url_private", message: "Private." };
    expect(notesOfWarnings([issue], routes)).toEqual([]);
  });
  it("may be about no route", () => {
    const issue = { path: "default_destination_ids", code: "no_default", message: "Nowhere." };
    expect(notesOfWarnings([issue], routes)[0]?.routeId).toBeUndefined();
  });
});

it("takes the ids of a finding from the server, and its words without marks", () => {
  const finding = {
    code: "approval_weaker" as const,
    severity: "error" as const,
    path: "routes[0]",
    message: "NARROW asks for approval `always`; its records go by WIDE, which says `never`.",
    route_id: "narrow",
    other_route_id: "wide",
  };
  const [note] = notesOfFindings([finding], routes);
  expect(note).toMatchObject({ severity: "error", routeId: "narrow", otherRouteId: "wide" });
  expect(note?.message).not.toContain("`");
});

it("offers no move that would not help", () => {
  const note = { key: "", code: "route_shadowed" as const, severity: "warning" as const, message: "" };
  const ordered = inOrder(routes);
  expect(placeAbove({ ...note, routeId: "wide", otherRouteId: "narrow" }, ordered)).toBeUndefined();
  expect(placeAbove({ ...note, code: "no_default" }, ordered)).toBeUndefined();
});

describe("a log source that is gone", () => {
  const projects = [{ project_id: "shop", log_sources: [{ source_id: "api" }] }] as MonitoredProjectWire[];
  it.each<[string, Partial<RouteWire>, number]>([
    ["all are gone", { match_log_source_ids: ["gone"] }, 1],
    ["one is there", { match_log_source_ids: ["gone", " API "] }, 0],
    ["none is asked for", {}, 0],
    ["the route is off", { enabled: false, match_log_source_ids: ["gone"] }, 0],
  ])("%s", (_, part, count) => {
    expect(deadLogSources([route("a", 1, part)], projects)).toHaveLength(count);
  });
});
