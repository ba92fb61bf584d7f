import { z } from "@hono/zod-openapi";
import { dryRunQuerySchema } from "@/lib/contracts/config";
import {
  backfillLogSourceResponseSchema,
  backfillLogSourceSchema,
  logSourceHealthListQuerySchema,
  logSourceHealthListSchema,
  logSourceHealthResponseSchema,
  quarantineListQuerySchema,
  quarantineListSchema,
  replayLogSourceResponseSchema,
  replayQuarantineResponseSchema,
  replayQuarantineSchema,
  resetLogSourceResponseSchema,
} from "@/lib/contracts/log-source";
import { backfillLogSource } from "@/lib/pipeline/sources/backfill-log-source";
import { getLogSource } from "@/lib/pipeline/sources/get-log-source";
import { listLogSources } from "@/lib/pipeline/sources/list-log-sources";
import { listQuarantine } from "@/lib/pipeline/sources/list-quarantine";
import { replayLogSource } from "@/lib/pipeline/sources/replay-log-source";
import { replayQuarantine } from "@/lib/pipeline/sources/replay-quarantine";
import { resetLogSource } from "@/lib/pipeline/sources/reset-log-source";
import {
  backfilledToWire,
  backfillFromWire,
  listLogSourcesFromQuery,
  listQuarantineFromQuery,
  logSourceHealthListToWire,
  logSourceHealthToWire,
  quarantineListToWire,
  replayedQuarantineToWire,
  replayLogSourceToWire,
  replayQuarantineFromWire,
  resetLogSourceToWire,
} from "@/lib/wire/log-source";
import type { RouteErrors } from "../problem";
import { route } from "../route";

const all = "/incident-monitor/log-sources";
const one = `${all}/{project_id}/{source_id}`;
const sourceOf = (params: Record<string, string>) => ({
  projectId: params.project_id ?? "",
  sourceId: params.source_id ?? "",
});
const isDry = ({ dry_run }: { dry_run?: "true" | "false" }) => dry_run === "true";

const missing: [404, string] = [404, "INCIDENT_MONITOR_LOG_SOURCE_NOT_FOUND"];
const unknown: RouteErrors = { log_source_not_found: missing, not_found: missing };
const configures = { kind: "actor", permission: "configure" } as const;
const reads = { kind: "actor", permission: "read" } as const;

export const logSourceRoutes = [
  route({
    method: "get",
    path: all,
    summary: "How every log source stands: its state, lag, rates and what to do about it",
    auth: reads,
    query: logSourceHealthListQuerySchema,
    response: logSourceHealthListSchema,
    run: async ({ ctx, query }) => ({
      body: logSourceHealthListToWire(await listLogSources(ctx, listLogSourcesFromQuery(query))),
    }),
  }),
  route({
    method: "get",
    path: one,
    summary: "How one log source stands",
    auth: reads,
    response: logSourceHealthResponseSchema,
    errors: unknown,
    run: async ({ ctx, params }) => ({
      body: { source: logSourceHealthToWire(await getLogSource(ctx, sourceOf(params))) },
    }),
  }),
  route({
    method: "post",
    path: `${one}/reset-offset`,
    summary:
      "Read a log from its beginning again. Lines that were counted are not counted again. A dry run tells what would be read and found.",
    auth: configures,
    body: z.looseObject({}),
    query: dryRunQuerySchema,
    response: resetLogSourceResponseSchema,
    errors: {
      ...unknown,
      log_source_reset_failed: [400, "INCIDENT_MONITOR_LOG_SOURCE_RESET_FAILED"],
      log_source_busy: [409, "INCIDENT_MONITOR_LOG_SOURCE_BUSY"],
    },
    run: async ({ ctx, params, query }) => ({
      body: resetLogSourceToWire(await resetLogSource(ctx, { ...sourceOf(params), dryRun: isDry(query) })),
    }),
  }),
  route({
    method: "post",
    path: `${one}/replay-latest`,
    summary:
      "Count the newest failure of a log once more. Refused unless the very bytes are where they were and still say the same.",
    auth: configures,
    body: z.looseObject({}),
    query: dryRunQuerySchema,
    response: replayLogSourceResponseSchema,
    errors: {
      ...unknown,
      log_source_replay_not_found: [404, "INCIDENT_MONITOR_LOG_SOURCE_REPLAY_NOT_FOUND"],
      log_source_replay_failed: [400, "INCIDENT_MONITOR_LOG_SOURCE_REPLAY_FAILED"],
    },
    run: async ({ ctx, params, query }) => ({
      body: replayLogSourceToWire(await replayLogSource(ctx, { ...sourceOf(params), dryRun: isDry(query) })),
    }),
  }),
  route({
    method: "post",
    path: `${one}/backfill`,
    summary:
      "Take in the failures of a range of time from a log and its rotated files. Each line counts once; call again with `next_cursor` until there is none.",
    auth: configures,
    body: backfillLogSourceSchema,
    query: dryRunQuerySchema,
    response: backfillLogSourceResponseSchema,
    errors: {
      ...unknown,
      backfill_range_invalid: [400, "INCIDENT_MONITOR_LOG_SOURCE_BACKFILL_RANGE_INVALID"],
      log_source_backfill_failed: [400, "INCIDENT_MONITOR_LOG_SOURCE_BACKFILL_FAILED"],
    },
    run: async ({ ctx, params, query, body }) => ({
      body: backfilledToWire(
        await backfillLogSource(ctx, { ...backfillFromWire(sourceOf(params), body), dryRun: isDry(query) }),
      ),
    }),
  }),
  route({
    method: "get",
    path: `${one}/quarantine`,
    summary: "Records that looked like failures but not like this source's records, newest first",
    auth: reads,
    query: quarantineListQuerySchema,
    response: quarantineListSchema,
    errors: unknown,
    run: async ({ ctx, params, query }) => ({
      body: quarantineListToWire(await listQuarantine(ctx, listQuarantineFromQuery(sourceOf(params), query))),
    }),
  }),
  route({
    method: "post",
    path: `${one}/quarantine/replay`,
    summary:
      "Read records that were set aside again, by the source's rules as they are now: some by id, or all that wait",
    auth: configures,
    body: replayQuarantineSchema,
    query: dryRunQuerySchema,
    response: replayQuarantineResponseSchema,
    errors: {
      ...unknown,
      quarantine_choice_invalid: [400, "INCIDENT_MONITOR_LOG_SOURCE_QUARANTINE_CHOICE_INVALID"],
    },
    run: async ({ ctx, params, query, body }) => ({
      body: replayedQuarantineToWire(
        await replayQuarantine(ctx, {
          ...replayQuarantineFromWire(sourceOf(params), body),
          dryRun: isDry(query),
        }),
      ),
    }),
  }),
];
