import type { CallOptions } from "../transport.js";
import { type Request, segment, type Transport } from "../transport.js";
import type {
  ConfigChangeResponse,
  ConfigHistory,
  ConfigHistoryQuery,
  ConfigRevisionResponse,
  ConfigRow,
  ConfigRows,
  Destination,
  DestinationInput,
  LogSource,
  LogSourceInput,
  MonitoredProject,
  MonitoredProjectInput,
  RemovedConfigRow,
  RouteInput,
  SavedConfigRow,
} from "../types/config.js";
import type { Route } from "../types/route.js";
import type { ChangeOptions } from "./config.js";

export interface PutOptions extends ChangeOptions {
  /** `*`: only make it, never replace one (409 when it is there). */
  ifNoneMatch?: "*";
}

export interface RestoreOptions extends ChangeOptions {
  /** `updated_at_ms` of what was seen: 409 when it changed since. */
  updatedAtMs?: number;
  /** Only these keys are made as they were: `["destinations"]`. */
  keys?: string[];
}

const path = "/config/incident-monitor";

/** The configuration row by row, each with the etag of what was read, and its history. */
export function configRowMethods(transport: Transport) {
  const call = async <T>(request: Request, options: PutOptions = {}): Promise<T> => {
    const { body, headers } = await transport.answer<object>(
      {
        ...request,
        query: { ...request.query, dry_run: options.dryRun ? "true" : undefined },
        headers: { "if-match": options.ifMatch, "if-none-match": options.ifNoneMatch },
      },
      options,
    );
    return (request.method === "DELETE" ? body : { ...body, etag: headers.get("etag") }) as T;
  };

  /** The four calls of one kind of row. PUT makes it or replaces it whole. */
  const rows = <One extends string, Many extends string, Row, Input>(list: string, name: string) => {
    const rowPath = (id: string) => `${list}/${segment(id, name)}`;
    return {
      all: (options?: CallOptions) => call<ConfigRows<Many, Row>>({ method: "GET", path: list }, options),
      get: (id: string, options?: CallOptions) =>
        call<ConfigRow<One, Row>>({ method: "GET", path: rowPath(id) }, options),
      put: (id: string, row: Input, options?: PutOptions) =>
        call<SavedConfigRow<One, Row>>({ method: "PUT", path: rowPath(id), body: row }, options),
      remove: (id: string, options?: ChangeOptions) =>
        call<RemovedConfigRow>({ method: "DELETE", path: rowPath(id) }, options),
    };
  };
  const destinations = rows<
    "destination",
    "destinations",
    Destination,
    PutRow<DestinationInput, "destination_id">
  >(`${path}/destinations`, "destinationId");
  const routes = rows<"route", "routes", Route, PutRow<RouteInput, "route_id">>(`${path}/routes`, "routeId");
  const projects = rows<"project", "projects", MonitoredProject, PutRow<MonitoredProjectInput, "project_id">>(
    `${path}/projects`,
    "projectId",
  );
  const logSources = (projectId: string) =>
    rows<"log_source", "log_sources", LogSource, PutRow<LogSourceInput, "source_id">>(
      `${path}/projects/${segment(projectId, "projectId")}/log-sources`,
      "sourceId",
    );

  return {
    listDestinationRows: destinations.all,
    getDestination: destinations.get,
    putDestination: destinations.put,
    deleteDestination: destinations.remove,

    listRouteRows: routes.all,
    getRoute: routes.get,
    putRoute: routes.put,
    deleteRoute: routes.remove,

    listProjects: projects.all,
    getProject: projects.get,
    putProject: projects.put,
    deleteProject: projects.remove,

    listLogSources: async (projectId: string, options?: CallOptions) => logSources(projectId).all(options),
    getLogSource: async (projectId: string, sourceId: string, options?: CallOptions) =>
      logSources(projectId).get(sourceId, options),
    putLogSource: async (
      projectId: string,
      sourceId: string,
      row: PutRow<LogSourceInput, "source_id">,
      options?: PutOptions,
    ) => logSources(projectId).put(sourceId, row, options),
    deleteLogSource: async (projectId: string, sourceId: string, options?: ChangeOptions) =>
      logSources(projectId).remove(sourceId, options),

    /** Who changed what, newest first; one page. */
    getConfigHistory: (query: ConfigHistoryQuery = {}, options?: CallOptions): Promise<ConfigHistory> =>
      transport.json({ method: "GET", path: `${path}/history`, query: { ...query } }, options),

    /** One revision, with the configuration as it left it. */
    getConfigRevision: async (version: number, options?: CallOptions): Promise<ConfigRevisionResponse> =>
      call({ method: "GET", path: `${path}/history/${segment(String(version), "version")}` }, options),

    /** Makes an earlier revision, or some keys of it, the configuration again, as a new one. */
    restoreConfig: async (
      version: number,
      { updatedAtMs, keys, ...options }: RestoreOptions = {},
    ): Promise<ConfigChangeResponse & { etag: string | null }> =>
      call(
        {
          method: "POST",
          path: `${path}/history/${segment(String(version), "version")}/restore`,
          body: { updated_at_ms: updatedAtMs, keys },
        },
        options,
      ),
  };
}

/** The id is the path's; the row may repeat it. */
type PutRow<Input, Id extends keyof Input> = Omit<Input, Id> & Partial<Pick<Input, Id>>;
