import { z } from "@hono/zod-openapi";
import {
  configPatchResponseSchema,
  configPatchSchema,
  configResponseSchema,
  dryRunQuerySchema,
  pauseResponseSchema,
} from "@/lib/contracts/config";
import { viewConfig } from "@/lib/pipeline/settings/get-config";
import { patchConfig } from "@/lib/pipeline/settings/patch-config";
import { setPaused } from "@/lib/pipeline/settings/set-paused";
import { configPatchFromWire, configToWire } from "@/lib/wire/config";
import { configOutcomeToWire } from "@/lib/wire/config-resource";
import { answerTagged, etagHeader } from "../etag";
import { EdgeProblem } from "../problem";
import { route } from "../route";
import { parse } from "../serve-route";

const wrappedPatchSchema = z.object({ incident_monitor: configPatchSchema });

export const configRoutes = [
  route({
    method: "get",
    path: "/config/incident-monitor",
    summary:
      "The whole configuration. Secrets are references, never values; webhook URLs are whole for those who may configure.",
    auth: { kind: "actor", permission: "read" },
    response: configResponseSchema,
    run: async ({ ctx, request }) => {
      const { config, tag } = await viewConfig(ctx);
      return answerTagged(request, tag, { incident_monitor: configToWire(config) });
    },
  }),
  route({
    method: "patch",
    path: "/config/incident-monitor",
    summary:
      "Merge at top level: a present key replaces, an absent one is kept, null resets (D-18). dry_run=true only checks.",
    auth: { kind: "actor", permission: "configure" },
    body: z.looseObject({}),
    redacts: "verb",
    bodyShape: wrappedPatchSchema,
    query: dryRunQuerySchema,
    response: configPatchResponseSchema,
    errors: {
      config_invalid: [400, "INCIDENT_MONITOR_CONFIG_INVALID"],
      config_stale: [409, "INCIDENT_MONITOR_CONFIG_STALE"],
    },
    run: async ({ ctx, body, query, request }) => {
      const patch = configOf(body);
      const dryRun = query.dry_run === "true";
      const outcome = await patchConfig(ctx, {
        patch: configPatchFromWire(patch),
        expectedUpdatedAtMs: patch.updated_at_ms,
        ifMatch: request.headers.get("if-match"),
        dryRun,
      });
      return {
        body: { incident_monitor: configToWire(outcome.config), ...configOutcomeToWire(outcome, dryRun) },
        headers: dryRun ? {} : etagHeader(String(outcome.config.version)),
      };
    },
  }),
  ...([true, false] as const).map((paused) =>
    route({
      method: "post",
      path: paused ? "/incident-monitor/pause" : "/incident-monitor/resume",
      summary: paused
        ? "Hold triage, notification and delivery; reports are still taken in (D-15). dry_run=true only checks."
        : "Let what was held flow again. dry_run=true only checks.",
      auth: { kind: "actor", permission: "configure" },
      body: z.looseObject({}),
      query: dryRunQuerySchema,
      response: pauseResponseSchema,
      errors: {
        config_stale: [409, "INCIDENT_MONITOR_CONFIG_STALE"],
        invalid: [400, paused ? "INCIDENT_MONITOR_PAUSE_FAILED" : "INCIDENT_MONITOR_RESUME_FAILED"],
      },
      run: async ({ ctx, query, request }) => {
        const dryRun = query.dry_run === "true";
        const outcome = await setPaused(ctx, { paused, dryRun, ifMatch: request.headers.get("if-match") });
        const incidentMonitor = configToWire(outcome.config);
        return {
          body: { ok: true, incident_monitor: incidentMonitor, ...configOutcomeToWire(outcome, dryRun) },
          headers: dryRun ? {} : etagHeader(String(outcome.config.version)),
        };
      },
    }),
  ),
];

/**
 * Wrapped in `incident_monitor`, or bare as the reference's Python client sends it; a body with no key of the
 * configuration is neither (contract 4.1). The shape inside is checked with paths that name it.
 */
function configOf(body: Record<string, unknown>) {
  const inner = body.incident_monitor;
  const isBare = inner === undefined && Object.keys(body).some((key) => key in configPatchSchema.shape);
  if (isBare) return parse(configPatchSchema, body, 422);
  if (inner === undefined || inner === null) {
    throw new EdgeProblem(400, "INCIDENT_MONITOR_CONFIG_REQUIRED", "incident_monitor is required", {
      field: "incident_monitor",
    });
  }
  return parse(wrappedPatchSchema, body, 422).incident_monitor;
}
