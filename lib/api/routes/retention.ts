import {
  eraseTextSchema,
  erasurePreviewRequestSchema,
  erasurePreviewSchema,
  placeHoldSchema,
  releaseHoldSchema,
  retentionHoldListSchema,
  retentionHoldQuerySchema,
  retentionHoldResponseSchema,
  retentionPreviewSchema,
  retentionRunListSchema,
  retentionRunResponseSchema,
} from "@/lib/contracts/retention";
import { eraseText, previewErasure } from "@/lib/pipeline/retention/erase-text";
import { listHolds } from "@/lib/pipeline/retention/list-holds";
import { listRetentionRuns } from "@/lib/pipeline/retention/list-retention-runs";
import { placeHold } from "@/lib/pipeline/retention/place-hold";
import { previewRetention } from "@/lib/pipeline/retention/preview-retention";
import { releaseHold } from "@/lib/pipeline/retention/release-hold";
import {
  erasureFromWire,
  erasurePreviewToWire,
  holdToWire,
  placeHoldFromWire,
  previewToWire,
  runToWire,
} from "@/lib/wire/retention";
import type { RouteErrors } from "../problem";
import { route } from "../route";

const prefix = "/incident-monitor/retention";
const holdErrors: RouteErrors = {
  hold_invalid: [400, "INCIDENT_MONITOR_HOLD_INVALID"],
  hold_not_found: [404, "INCIDENT_MONITOR_HOLD_NOT_FOUND"],
  incident_not_found: [404, "INCIDENT_MONITOR_INCIDENT_NOT_FOUND"],
};
const erasureErrors: RouteErrors = {
  erasure_invalid: [400, "INCIDENT_MONITOR_ERASURE_INVALID"],
  erasure_under_way: [409, "INCIDENT_MONITOR_ERASURE_UNDER_WAY"],
  retention_held: [409, "INCIDENT_MONITOR_RETENTION_HELD"],
  incident_not_found: [404, "INCIDENT_MONITOR_INCIDENT_NOT_FOUND"],
};
/** Runs that one answer has at most. */
const runsMax = 100;

export const retentionRoutes = [
  route({
    method: "get",
    path: `${prefix}/preview`,
    summary:
      "What the retention job would remove now, what holds keep back, and which profile holds for what",
    auth: { kind: "actor", permission: "read" },
    response: retentionPreviewSchema,
    run: async ({ ctx }) => ({ body: previewToWire(await previewRetention(ctx)) }),
  }),
  route({
    method: "get",
    path: `${prefix}/runs`,
    summary: "What the job removed and what was erased on request, newest first; at most 100",
    auth: { kind: "actor", permission: "read" },
    response: retentionRunListSchema,
    run: async ({ ctx }) => {
      const runs = await listRetentionRuns(ctx, { limit: runsMax });
      return { body: { runs: runs.map(runToWire), count: runs.length } };
    },
  }),
  route({
    method: "get",
    path: `${prefix}/holds`,
    summary: "Legal holds, those in force first",
    auth: { kind: "actor", permission: "read" },
    query: retentionHoldQuerySchema,
    response: retentionHoldListSchema,
    run: async ({ ctx, query }) => {
      const holds = await listHolds(ctx, { open: query.open === undefined ? null : query.open === "true" });
      return { body: { holds: holds.map(holdToWire), count: holds.length } };
    },
  }),
  route({
    method: "post",
    path: `${prefix}/holds`,
    summary: "Place a legal hold: from now on nothing that it covers is removed, by nobody",
    auth: { kind: "actor", permission: "configure" },
    body: placeHoldSchema,
    response: retentionHoldResponseSchema,
    errors: holdErrors,
    run: async ({ ctx, body }) => ({
      body: { hold: holdToWire(await placeHold(ctx, placeHoldFromWire(body))) },
    }),
  }),
  route({
    method: "post",
    path: `${prefix}/holds/{hold_id}/release`,
    summary: "Release a legal hold. A signed-in person who has proven lately who they are; no token may.",
    auth: { kind: "actor", permission: "configure" },
    body: releaseHoldSchema,
    response: retentionHoldResponseSchema,
    errors: holdErrors,
    run: async ({ ctx, params, body }) => ({
      body: {
        hold: holdToWire(await releaseHold(ctx, { holdId: params.hold_id ?? "", reason: body.reason })),
      },
    }),
  }),
  route({
    method: "post",
    path: `${prefix}/erasures/preview`,
    summary:
      "What erasing an incident's, a source's or a person's text would take, and what stands against it",
    auth: { kind: "actor", permission: "configure" },
    body: erasurePreviewRequestSchema,
    response: erasurePreviewSchema,
    errors: erasureErrors,
    run: async ({ ctx, body }) => ({
      body: erasurePreviewToWire(await previewErasure(ctx, erasureFromWire(body))),
    }),
  }),
  route({
    method: "post",
    path: `${prefix}/erasures`,
    summary:
      "Erase it now, whatever its profile says. A signed-in person who has proven lately who they are; no token may.",
    auth: { kind: "actor", permission: "configure" },
    body: eraseTextSchema,
    response: retentionRunResponseSchema,
    errors: erasureErrors,
    run: async ({ ctx, body }) => ({
      body: { run: runToWire(await eraseText(ctx, { subject: erasureFromWire(body), reason: body.reason })) },
    }),
  }),
];
