import { expect, it } from "vitest";
import type { DestinationWire, MonitoredProjectWire, RouteWire } from "@/lib/contracts/config";
import { newRoute } from "./edit-routes";
import { lintRoute } from "./lint-routes";

const route = (part: Partial<RouteWire>): RouteWire => ({
  ...newRoute([]),
  destination_ids: ["hook"],
  ...part,
});
const destination = (destination_id: string, enabled = true): DestinationWire => ({
  ...{
    destination_id,
    name: destination_id,
    kind: "webhook",
    enabled,
    require_approval: false,
    route_tags: [],
  },
});
const known = {
  destinations: [destination("hook"), destination("off", false)],
  monitored_projects: [{ project_id: "shop", log_sources: [{ source_id: "api" }] }] as MonitoredProjectWire[],
  default_destination_ids: [] as string[],
};
const shop = { match_project_ids: ["shop"] };

it.each<[string, RouteWire[], string[]]>([
  ["nothing wrong", [route(shop)], []],
  ["an earlier catch-all takes it", [route({}), route(shop)], ["shadowed"]],
  [
    "an earlier, wider route takes it",
    [route(shop), route({ match_project_ids: ["Shop"], match_risk_levels: ["high"] })],
    ["shadowed"],
  ],
  ["an earlier, narrower route does not", [route({ ...shop, match_risk_levels: ["high"] }), route(shop)], []],
  ["a disabled earlier route does not", [route({ enabled: false }), route(shop)], []],
  ["no project of that name", [route({ match_project_ids: ["gone"] })], ["dead"]],
  ["one of two projects still exists", [route({ match_project_ids: ["gone", "shop"] })], []],
  ["no log source of that name", [route({ match_log_source_ids: ["gone"] })], ["dead"]],
  ["an unknown destination", [route({ ...shop, destination_ids: ["gone"] })], ["unknown_destination"]],
  ["a disabled destination", [route({ ...shop, destination_ids: ["off"] })], ["disabled_destination"]],
  ["no destination and no default", [route({ ...shop, destination_ids: [] })], ["no_destination"]],
  ["a disabled route is left alone", [route({ enabled: false, destination_ids: ["gone"] })], []],
])("%s", (_, routes, codes) => {
  expect(lintRoute(routes, routes.length - 1, known).map((lint) => lint.code)).toEqual(codes);
});
