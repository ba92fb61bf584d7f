import { z } from "@hono/zod-openapi";
import {
  createSilenceSchema,
  silenceHoldListQuerySchema,
  silenceHoldListSchema,
  silenceListQuerySchema,
  silenceListSchema,
  silenceResponseSchema,
  updateSilenceSchema,
} from "@/lib/contracts/silence";
import { createSilence } from "@/lib/pipeline/silences/create-silence";
import { expireSilence } from "@/lib/pipeline/silences/expire-silence";
import { getSilence } from "@/lib/pipeline/silences/get-silence";
import { listSilenceHolds } from "@/lib/pipeline/silences/list-silence-holds";
import { listSilences } from "@/lib/pipeline/silences/list-silences";
import { updateSilence } from "@/lib/pipeline/silences/update-silence";
import {
  createSilenceFromWire,
  listSilenceHoldsFromQuery,
  listSilencesFromQuery,
  silenceHoldListToWire,
  silenceListToWire,
  silenceToWire,
  updateSilenceFromWire,
} from "@/lib/wire/silence";
import { etagHeader, preconditionsOf } from "../etag";
import type { RouteErrors } from "../problem";
import { route } from "../route";

const one = "/incident-monitor/silences/{silence_id}";
const missing: RouteErrors = { silence_not_found: [404, "INCIDENT_MONITOR_SILENCE_NOT_FOUND"] };
const invalid: RouteErrors = { silence_invalid: [400, "INCIDENT_MONITOR_SILENCE_INVALID"] };

export const silenceRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/silences",
    summary:
      "Silences, newest first: of the projects that the caller may see, and all for a role over everything",
    auth: { kind: "actor", permission: "read" },
    query: silenceListQuerySchema,
    response: silenceListSchema,
    run: async ({ ctx, query }) => ({
      body: silenceListToWire(await listSilences(ctx, listSilencesFromQuery(query))),
    }),
  }),
  route({
    method: "post",
    path: "/incident-monitor/silences",
    summary:
      "Hold what matches until an end: nothing of it is published or sent. Approving and denying go on, nothing is lost.",
    auth: { kind: "actor", permission: "silence" },
    body: createSilenceSchema,
    response: silenceResponseSchema,
    errors: { ...invalid, silences_too_many: [409, "INCIDENT_MONITOR_SILENCES_TOO_MANY"] },
    run: async ({ ctx, body }) => {
      const made = await createSilence(ctx, createSilenceFromWire(body));
      return {
        body: { silence: silenceToWire(made, ctx.nowMs) },
        headers: etagHeader(String(made.silence.version)),
      };
    },
  }),
  route({
    method: "get",
    path: one,
    summary: "One silence, with its ETag",
    auth: { kind: "actor", permission: "read" },
    response: silenceResponseSchema,
    errors: missing,
    run: async ({ ctx, params }) => {
      const found = await getSilence(ctx, params.silence_id ?? "");
      // For If-Match alone: what it holds, and whether it holds now, changes without a version.
      return {
        body: { silence: silenceToWire(found, ctx.nowMs) },
        headers: etagHeader(String(found.silence.version)),
      };
    },
  }),
  route({
    method: "patch",
    path: one,
    summary:
      "Change a silence that has not ended. What it no longer covers flows at once; a write over anything newer than the version named is refused.",
    auth: { kind: "actor", permission: "silence" },
    body: updateSilenceSchema,
    response: silenceResponseSchema,
    errors: {
      ...missing,
      ...invalid,
      silence_expired: [409, "INCIDENT_MONITOR_SILENCE_EXPIRED"],
      silence_stale: [409, "INCIDENT_MONITOR_SILENCE_STALE"],
      silences_too_many: [409, "INCIDENT_MONITOR_SILENCES_TOO_MANY"],
    },
    run: async ({ ctx, params, body, request }) => {
      const { ifMatch } = preconditionsOf(request);
      const input = { silenceId: params.silence_id ?? "", ifMatch, ...updateSilenceFromWire(body) };
      const changed = await updateSilence(ctx, input);
      return {
        body: { silence: silenceToWire(changed, ctx.nowMs) },
        headers: etagHeader(String(changed.silence.version)),
      };
    },
  }),
  route({
    method: "post",
    path: `${one}/expire`,
    summary: "End a silence now; what it held flows again. Doing it twice is the same.",
    auth: { kind: "actor", permission: "silence" },
    body: z.looseObject({}),
    response: silenceResponseSchema,
    errors: missing,
    run: async ({ ctx, params }) => ({
      body: { silence: silenceToWire(await expireSilence(ctx, params.silence_id ?? ""), ctx.nowMs) },
    }),
  }),
  route({
    method: "get",
    path: `${one}/holds`,
    summary: "Which drafts a silence holds and has held, and when; newest first",
    auth: { kind: "actor", permission: "read" },
    query: silenceHoldListQuerySchema,
    response: silenceHoldListSchema,
    errors: missing,
    run: async ({ ctx, params, query }) => {
      const input = listSilenceHoldsFromQuery(params.silence_id ?? "", query);
      return { body: silenceHoldListToWire(await listSilenceHolds(ctx, input)) };
    },
  }),
];
