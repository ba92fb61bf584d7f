import { dryRunQuerySchema } from "@/lib/contracts/config";
import {
  configHistoryQuerySchema,
  configHistorySchema,
  configRestoreResponseSchema,
  configRestoreSchema,
  configRevisionResponseSchema,
} from "@/lib/contracts/config-history";
import { getConfigRevision, listConfigRevisions } from "@/lib/pipeline/settings/list-config-revisions";
import { restoreConfig } from "@/lib/pipeline/settings/restore-config";
import { configToWire } from "@/lib/wire/config";
import {
  configHistoryToWire,
  configRevisionToWire,
  listConfigRevisionsFromQuery,
  restoredKeys,
} from "@/lib/wire/config-history";
import { configOutcomeToWire } from "@/lib/wire/config-resource";
import { etagHeader } from "../etag";
import { EdgeProblem } from "../problem";
import { route } from "../route";

const path = "/config/incident-monitor/history";

export const configHistoryRoutes = [
  route({
    method: "get",
    path,
    summary: "Who changed what of the configuration, newest first",
    auth: { kind: "actor", permission: "read" },
    query: configHistoryQuerySchema,
    response: configHistorySchema,
    run: async ({ ctx, query }) => ({
      body: configHistoryToWire(await listConfigRevisions(ctx, listConfigRevisionsFromQuery(query))),
    }),
  }),
  route({
    method: "get",
    path: `${path}/{version}`,
    summary: "One revision, with the configuration as it left it",
    auth: { kind: "actor", permission: "read" },
    response: configRevisionResponseSchema,
    run: async ({ ctx, params }) => {
      const { revision, config } = await getConfigRevision(ctx, { version: versionOf(params) });
      return {
        body: { revision: configRevisionToWire(revision), incident_monitor: configToWire(config) },
        headers: etagHeader(String(revision.version)),
      };
    },
  }),
  route({
    method: "post",
    path: `${path}/{version}/restore`,
    summary:
      "Make an earlier revision the configuration again, whole or some keys of it, as a new one. dry_run=true only checks.",
    auth: { kind: "actor", permission: "configure" },
    query: dryRunQuerySchema,
    body: configRestoreSchema,
    response: configRestoreResponseSchema,
    errors: {
      config_invalid: [400, "INCIDENT_MONITOR_CONFIG_INVALID"],
      config_stale: [409, "INCIDENT_MONITOR_CONFIG_STALE"],
    },
    run: async ({ ctx, params, query, body, request }) => {
      const dryRun = query.dry_run === "true";
      const outcome = await restoreConfig(ctx, {
        version: versionOf(params),
        keys: restoredKeys(body),
        expectedUpdatedAtMs: body.updated_at_ms,
        ifMatch: request.headers.get("if-match"),
        dryRun,
      });
      return {
        body: { incident_monitor: configToWire(outcome.config), ...configOutcomeToWire(outcome, dryRun) },
        headers: dryRun ? {} : etagHeader(String(outcome.config.version)),
      };
    },
  }),
];

/** @throws EdgeProblem 400 for a version that cannot be one */
function versionOf({ version = "" }: Record<string, string>): number {
  if (/^\d{1,15}$/.test(version)) return Number(version);
  throw new EdgeProblem(400, "VALIDATION_FAILED", "version: a whole number", {
    field: "version",
    retryable: false,
  });
}
