import { z } from "zod";
import {
  redactionRunListSchema,
  redactionRunResponseSchema,
  redactionTestResponseSchema,
  redactionTestSchema,
  rereadingPreviewSchema,
} from "@/lib/contracts/redaction";
import { listRedactionRuns } from "@/lib/pipeline/redaction/list-redaction-runs";
import { previewRereading } from "@/lib/pipeline/redaction/preview-rereading";
import { startRereading } from "@/lib/pipeline/redaction/start-rereading";
import { stopRereading } from "@/lib/pipeline/redaction/stop-rereading";
import { testRedaction } from "@/lib/pipeline/settings/test-redaction";
import { redactionTestFromWire, redactionTestToWire } from "@/lib/wire/redaction";
import { redactionRunToWire, rereadingPreviewToWire } from "@/lib/wire/redaction-run";
import { route } from "../route";

const prefix = "/incident-monitor/redaction";
/** No member is read: a caller may send `{}` or nothing at all. */
const nothing = z.looseObject({});
/** Runs that one answer has at most. */
const runsMax = 100;

export const redactionRoutes = [
  route({
    method: "post",
    path: "/incident-monitor/redaction-test",
    summary: "What the redactor would leave of a text, by kind. The text is neither stored nor logged",
    auth: { kind: "actor", permission: "configure" },
    body: redactionTestSchema,
    redacts: "verb",
    response: redactionTestResponseSchema,
    run: async ({ ctx, body }) => ({
      body: redactionTestToWire(await testRedaction(ctx, redactionTestFromWire(body))),
    }),
  }),
  route({
    method: "get",
    path: `${prefix}/preview`,
    summary: "How much of what is stored today's rules and profiles would change, by a sample of each place",
    auth: { kind: "actor", permission: "configure" },
    response: rereadingPreviewSchema,
    run: async ({ ctx }) => ({ body: rereadingPreviewToWire(await previewRereading(ctx)) }),
  }),
  route({
    method: "get",
    path: `${prefix}/runs`,
    summary: "Walks over what is stored by rules that find more, newest first; at most 100",
    auth: { kind: "actor", permission: "read" },
    response: redactionRunListSchema,
    run: async ({ ctx }) => {
      const runs = await listRedactionRuns(ctx, { limit: runsMax });
      return { body: { runs: runs.map(redactionRunToWire), count: runs.length } };
    },
  }),
  route({
    method: "post",
    path: `${prefix}/runs`,
    summary:
      "Have everything that is stored read again by today's rules and profiles; a worker does it, page by page",
    auth: { kind: "actor", permission: "configure" },
    body: nothing,
    response: redactionRunResponseSchema,
    errors: { redaction_under_way: [409, "INCIDENT_MONITOR_REDACTION_UNDER_WAY"] },
    run: async ({ ctx }) => ({ body: { run: redactionRunToWire(await startRereading(ctx)) } }),
  }),
  route({
    method: "post",
    path: `${prefix}/runs/{redaction_run_id}/stop`,
    summary:
      "End a walk over what is stored with the page it is on. What was read stays read; another one begins when somebody starts it",
    auth: { kind: "actor", permission: "configure" },
    body: nothing,
    response: redactionRunResponseSchema,
    errors: {
      redaction_run_not_found: [404, "INCIDENT_MONITOR_REDACTION_RUN_NOT_FOUND"],
      redaction_run_ended: [409, "INCIDENT_MONITOR_REDACTION_RUN_ENDED"],
    },
    run: async ({ ctx, params }) => ({
      body: { run: redactionRunToWire(await stopRereading(ctx, params.redaction_run_id ?? "")) },
    }),
  }),
];
