import type { z } from "@hono/zod-openapi";
import { dryRunQuerySchema } from "@/lib/contracts/config";
import {
  configDeleteResponseSchema,
  destinationListSchema,
  destinationPutSchema,
  destinationResourceSchema,
  logSourceListSchema,
  logSourcePutSchema,
  logSourceResourceSchema,
  projectListSchema,
  projectPutSchema,
  projectResourceSchema,
  putOutcomeShape,
  routeListSchema,
  routePutSchema,
  routeResourceSchema,
} from "@/lib/contracts/config-resource";
import { deleteConfigResource } from "@/lib/pipeline/settings/delete-config-resource";
import { getConfigResource, listConfigResources } from "@/lib/pipeline/settings/get-config-resource";
import { putConfigResource } from "@/lib/pipeline/settings/put-config-resource";
import {
  configDeleteToWire,
  configListFromPath,
  configPutToWire,
  configResourceFromPath,
  configResourcesToWire,
  configResourceToWire,
  configWriteFromWire,
  contradictedId,
} from "@/lib/wire/config-resource";
import { answerTagged, etagHeader, preconditionsOf } from "../etag";
import { EdgeProblem, type RouteErrors } from "../problem";
import { type ApiRoute, route } from "../route";

type Kind = Parameters<typeof configResourceFromPath>[0];
type PutSchema<K extends Kind> = z.ZodType<Parameters<typeof configWriteFromWire<K>>[2]>;

type Definition<K extends Kind> = {
  kind: K;
  /** Below /config/incident-monitor. */
  path: string;
  idName: string;
  words: { one: string; many: string };
  put: PutSchema<K>;
  one: z.ZodObject;
  many: z.ZodType;
};

const writeErrors: RouteErrors = {
  config_invalid: [400, "INCIDENT_MONITOR_CONFIG_INVALID"],
  config_stale: [409, "INCIDENT_MONITOR_CONFIG_STALE"],
  config_exists: [409, "INCIDENT_MONITOR_CONFIG_EXISTS"],
  destination_in_use: [409, "INCIDENT_MONITOR_DESTINATION_IN_USE"],
};

export const configResourceRoutes = [
  ...resourceRoutes({
    kind: "destination",
    path: "/destinations",
    idName: "destination_id",
    words: { one: "destination", many: "destinations" },
    put: destinationPutSchema,
    one: destinationResourceSchema,
    many: destinationListSchema,
  }),
  ...resourceRoutes({
    kind: "route",
    path: "/routes",
    idName: "route_id",
    words: { one: "route", many: "routes" },
    put: routePutSchema,
    one: routeResourceSchema,
    many: routeListSchema,
  }),
  ...resourceRoutes({
    kind: "project",
    path: "/projects",
    idName: "project_id",
    words: { one: "monitored project", many: "monitored projects, each with its log sources" },
    put: projectPutSchema,
    one: projectResourceSchema,
    many: projectListSchema,
  }),
  ...resourceRoutes({
    kind: "log_source",
    path: "/projects/{project_id}/log-sources",
    idName: "source_id",
    words: { one: "log source", many: "log sources of a project" },
    put: logSourcePutSchema,
    one: logSourceResourceSchema,
    many: logSourceListSchema,
  }),
];

/** The four calls of one kind of row: all, one, put, delete. Each has the row's strong ETag. */
function resourceRoutes<K extends Kind>(definition: Definition<K>): ApiRoute[] {
  return [...readRoutes(definition), ...writeRoutes(definition)];
}

function listPath({ path }: { path: string }): string {
  return `/config/incident-monitor${path}`;
}

function rowPath(definition: { path: string; idName: string }): string {
  return `${listPath(definition)}/{${definition.idName}}`;
}

function readRoutes<K extends Kind>({ kind, words, ...definition }: Definition<K>): ApiRoute[] {
  return [
    route({
      method: "get",
      path: listPath(definition),
      summary: `The ${words.many}, in their order`,
      auth: { kind: "actor", permission: "read" },
      response: definition.many,
      run: async ({ ctx, params, request }) => {
        const { resources, tag } = await listConfigResources(ctx, configListFromPath(kind, params));
        return answerTagged(request, tag, configResourcesToWire(kind, resources));
      },
    }),
    route({
      method: "get",
      path: rowPath(definition),
      summary: `One ${words.one}, with its ETag`,
      auth: { kind: "actor", permission: "read" },
      response: definition.one,
      run: async ({ ctx, params, request }) => {
        const { resource, tag } = await getConfigResource(ctx, configResourceFromPath(kind, params));
        return answerTagged(request, tag, configResourceToWire(kind, resource));
      },
    }),
  ];
}

function writeRoutes<K extends Kind>({ kind, words, ...definition }: Definition<K>): ApiRoute[] {
  return [
    route({
      method: "put",
      path: rowPath(definition),
      summary: `Make or replace one ${words.one}, whole. If-Match: only over what was read; If-None-Match: * makes only. dry_run=true only checks.`,
      auth: { kind: "actor", permission: "configure" },
      query: dryRunQuerySchema,
      body: definition.put,
      redacts: "verb",
      response: definition.one.extend(putOutcomeShape),
      errors: writeErrors,
      run: async ({ ctx, params, query, body, request }) => {
        const ref = configResourceFromPath(kind, params);
        refuseOtherId(contradictedId(kind, ref, body));
        const dryRun = query.dry_run === "true";
        const write = configWriteFromWire(kind, ref, body);
        const put = await putConfigResource(ctx, { write, dryRun, ...preconditionsOf(request) });
        return { body: configPutToWire(kind, put, dryRun), headers: dryRun ? {} : etagHeader(put.tag) };
      },
    }),
    route({
      method: "delete",
      path: rowPath(definition),
      summary: `Take one ${words.one} out of the configuration; the answer says what else changed. dry_run=true only checks.`,
      auth: { kind: "actor", permission: "configure" },
      query: dryRunQuerySchema,
      response: configDeleteResponseSchema,
      errors: writeErrors,
      run: async ({ ctx, params, query, request }) => {
        const dryRun = query.dry_run === "true";
        const ref = configResourceFromPath(kind, params);
        const { ifMatch } = preconditionsOf(request);
        return {
          body: configDeleteToWire(await deleteConfigResource(ctx, { ref, dryRun, ifMatch }), dryRun),
        };
      },
    }),
  ];
}

function refuseOtherId(field: string | null): void {
  if (field === null) return;
  const message = `${field}: the path names another one`;
  throw new EdgeProblem(422, "VALIDATION_FAILED", message, { field, retryable: false });
}
