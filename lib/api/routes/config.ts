import { z } from "@hono/zod-openapi";
import {
  configIssueSchema,
  configPatchSchema,
  configResponseSchema,
  pauseResponseSchema,
} from "@/lib/contracts/config";
import type { MonitorConfig } from "@/lib/domain/config";
import { getConfig } from "@/lib/pipeline/settings/get-config";
import { patchConfig } from "@/lib/pipeline/settings/patch-config";
import { setPaused } from "@/lib/pipeline/settings/set-paused";
import { configPatchFromWire, configToWire } from "@/lib/wire/config";
import { EdgeProblem } from "../problem";
import { route } from "../route";
import { parse } from "../serve-route";

const etagOf = (config: MonitorConfig) => ({ etag: `"${config.version}"` });

export const configRoutes = [
  route({
    method: "get",
    path: "/config/incident-monitor",
    summary: "The whole configuration. Secrets are references, never values.",
    auth: { kind: "actor", permission: "read" },
    response: configResponseSchema,
    run: async ({ ctx }) => {
      const config = await getConfig(ctx);
      return { body: { incident_monitor: configToWire(config) }, headers: etagOf(config) };
    },
  }),
  route({
    method: "patch",
    path: "/config/incident-monitor",
    summary:
      "Merge at top level: a present key replaces, an absent one is kept, null resets (D-18). dry_run=true only checks.",
    auth: { kind: "actor", permission: "configure" },
    body: z.looseObject({}),
    query: z.object({ dry_run: z.enum(["true", "false"]).optional() }),
    response: configResponseSchema.extend({ warnings: z.array(configIssueSchema) }),
    errors: {
      config_invalid: [400, "INCIDENT_MONITOR_CONFIG_INVALID"],
      config_stale: [409, "INCIDENT_MONITOR_CONFIG_STALE"],
    },
    run: async ({ ctx, body, query, request }) => {
      const patch = configOf(body);
      const result = await patchConfig(ctx, {
        patch: configPatchFromWire(patch),
        expectedUpdatedAtMs: patch.updated_at_ms,
        ifMatch: request.headers.get("if-match"),
        dryRun: query.dry_run === "true",
      });
      return {
        body: { incident_monitor: configToWire(result.config), warnings: result.warnings },
        headers: etagOf(result.config),
      };
    },
  }),
  ...([true, false] as const).map((paused) =>
    route({
      method: "post",
      path: paused ? "/incident-monitor/pause" : "/incident-monitor/resume",
      summary: paused
        ? "Hold triage, notification and delivery; reports are still taken in (D-15)"
        : "Let what was held flow again",
      auth: { kind: "actor", permission: "configure" },
      body: z.looseObject({}),
      response: pauseResponseSchema,
      errors: {
        invalid: [400, paused ? "INCIDENT_MONITOR_PAUSE_FAILED" : "INCIDENT_MONITOR_RESUME_FAILED"],
      },
      run: async ({ ctx }) => ({
        body: { ok: true, incident_monitor: configToWire(await setPaused(ctx, { paused })) },
      }),
    }),
  ),
];

/** The wrapper key is required by the contract; the shape inside is checked with paths that name it. */
function configOf(body: Record<string, unknown>) {
  const inner = body.incident_monitor;
  if (inner === undefined || inner === null) {
    throw new EdgeProblem(400, "INCIDENT_MONITOR_CONFIG_REQUIRED", "incident_monitor is required", {
      field: "incident_monitor",
    });
  }
  return parse(z.object({ incident_monitor: configPatchSchema }), body, 422).incident_monitor;
}
