import { queryOptions, useQuery } from "@tanstack/react-query";
import type { ConfigWire } from "@/lib/contracts/config";
import { api } from "@/lib/paths";
import { getJson } from "./api-error";
import { keys } from "./keys";

/** What people call the things that records know by id. */
export type Names = {
  destinations: Readonly<Record<string, string>>;
  projects: Readonly<Record<string, string>>;
  routes: Readonly<Record<string, string>>;
};

type Named = Pick<ConfigWire, "destinations" | "monitored_projects" | "routes">;

export function namesOf({ destinations, monitored_projects, routes }: Named): Names {
  return {
    destinations: Object.fromEntries(destinations.map((row) => [row.destination_id, row.name])),
    projects: Object.fromEntries(monitored_projects.map((row) => [row.project_id, row.name])),
    routes: Object.fromEntries(routes.map((row) => [row.route_id, row.name])),
  };
}

/** They come with the page, so that no id stands where its name will. */
export function namesQuery() {
  return queryOptions({
    queryKey: keys.configNames,
    queryFn: async ({ signal }) =>
      namesOf((await getJson<{ incident_monitor: ConfigWire }>(api.config(), signal)).incident_monitor),
  });
}

export type NameOf = Readonly<Record<"destination" | "project" | "route", (id: string) => string>>;

/** An id that has no name, or is gone, stands for itself. */
export function nameOf(names: Names | undefined): NameOf {
  const find = (of: keyof Names) => (id: string) => {
    const known = names?.[of];
    return (known && Object.hasOwn(known, id) && known[id]) || id;
  };
  return { destination: find("destinations"), project: find("projects"), route: find("routes") };
}

export function useNames(): NameOf {
  return nameOf(useQuery(namesQuery()).data);
}
