import type { CallOptions, Transport } from "../transport.js";
import type {
  Config,
  ConfigChangeResponse,
  ConfigPatch,
  ConfigResponse,
  Destination,
  DestinationInput,
  RouteInput,
} from "../types/config.js";
import type { Route } from "../types/route.js";

export interface ChangeOptions extends CallOptions {
  /** Only checks: the answer is what the configuration would become. */
  dryRun?: boolean;
  /** An etag: 409 when it was changed since. */
  ifMatch?: string;
}

const path = "/config/incident-monitor";

export function configMethods(transport: Transport) {
  const getConfig = (options?: CallOptions): Promise<ConfigResponse> =>
    transport.json({ method: "GET", path }, options);

  const patchConfig = (
    patch: ConfigPatch | { incident_monitor: ConfigPatch },
    options: ChangeOptions = {},
  ): Promise<ConfigChangeResponse> =>
    transport.json(
      {
        method: "PATCH",
        path,
        query: { dry_run: options.dryRun ? "true" : undefined },
        headers: { "if-match": options.ifMatch },
        body: "incident_monitor" in patch ? patch : { incident_monitor: patch },
      },
      options,
    );

  const readConfig = async (options?: CallOptions): Promise<Config> =>
    (await getConfig(options)).incident_monitor;

  return {
    /** The whole configuration. Secrets are references, never values. */
    getConfig,

    /** Merged at top level: a present key replaces, an absent one is kept, null resets. A stale updated_at_ms is 409. */
    patchConfig,

    /** As configured; `status.destinations` has the effective ones. */
    listDestinations: async (options?: CallOptions): Promise<Destination[]> =>
      (await readConfig(options)).destinations ?? [],

    /** The row goes to the end. The whole configuration is sent back, so a change in between is refused (409). */
    upsertDestination: async (
      destination: DestinationInput,
      options?: CallOptions,
    ): Promise<ConfigChangeResponse> => {
      const id = idOf(destination.destination_id, "destination_id");
      const config = await readConfig(options);
      const others = (config.destinations ?? []).filter((row) => row.destination_id.trim() !== id);
      return patchConfig({ ...config, destinations: [...others, destination] }, options);
    },

    /** Also out of the defaults and the routes; a route left without a destination goes too. */
    removeDestination: async (
      destinationId: string,
      options?: CallOptions,
    ): Promise<ConfigChangeResponse> => {
      const id = idOf(destinationId, "destinationId");
      const config = await readConfig(options);
      const isOther = (each: string) => each.trim() !== id;
      const routes = (config.routes ?? [])
        .map((route) => ({ before: route, left: (route.destination_ids ?? []).filter(isOther) }))
        .filter(({ before, left }) => left.length > 0 || (before.destination_ids ?? []).length === 0)
        .map(({ before, left }) => ({ ...before, destination_ids: left }));
      return patchConfig(
        {
          ...config,
          destinations: (config.destinations ?? []).filter((row) => isOther(row.destination_id)),
          default_destination_ids: (config.default_destination_ids ?? []).filter(isOther),
          routes,
        },
        options,
      );
    },

    listRoutes: async (options?: CallOptions): Promise<Route[]> => (await readConfig(options)).routes ?? [],

    /** The row goes to the end. The whole configuration is sent back, so a change in between is refused (409). */
    upsertRoute: async (route: RouteInput, options?: CallOptions): Promise<ConfigChangeResponse> => {
      const id = idOf(route.route_id, "route_id");
      const config = await readConfig(options);
      const others = (config.routes ?? []).filter((row) => row.route_id.trim() !== id);
      return patchConfig({ ...config, routes: [...others, route] }, options);
    },

    removeRoute: async (routeId: string, options?: CallOptions): Promise<ConfigChangeResponse> => {
      const id = idOf(routeId, "routeId");
      const config = await readConfig(options);
      return patchConfig(
        { ...config, routes: (config.routes ?? []).filter((row) => row.route_id.trim() !== id) },
        options,
      );
    },
  };
}

function idOf(value: string, name: string): string {
  const id = typeof value === "string" ? value.trim() : "";
  if (id === "") throw new TypeError(`${name} must not be blank`);
  return id;
}
