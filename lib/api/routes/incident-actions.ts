import { z } from "@hono/zod-openapi";
import {
  mergeCandidatesSchema,
  mergeRequestSchema,
  splitRequestSchema,
  splitResponseSchema,
  variationsSchema,
} from "@/lib/contracts/grouping";
import { incidentResponseSchema } from "@/lib/contracts/incident";
import { muteRequestSchema, resolveRequestSchema, snoozeRequestSchema } from "@/lib/contracts/quiet";
import type { Context } from "@/lib/pipeline/context";
import type { IncidentDetail } from "@/lib/pipeline/incidents/describe-incident";
import { listMergeCandidates } from "@/lib/pipeline/incidents/list-merge-candidates";
import { listVariations } from "@/lib/pipeline/incidents/list-variations";
import { mergeIncidents } from "@/lib/pipeline/incidents/merge-incidents";
import {
  muteIncident,
  reopenIncident,
  resolveIncident,
  snoozeIncident,
  unmuteIncident,
  unsnoozeIncident,
} from "@/lib/pipeline/incidents/quiet-incident";
import { splitIncident } from "@/lib/pipeline/incidents/split-incident";
import { unmergeIncident } from "@/lib/pipeline/incidents/unmerge-incident";
import { mergeCandidatesToWire, variationsToWire } from "@/lib/wire/grouping";
import { incidentDetailToWire } from "@/lib/wire/incident";
import { muteFromWire, resolveFromWire, snoozeFromWire } from "@/lib/wire/quiet";
import { route } from "../route";

const one = "/incident-monitor/incidents/{incident_id}";
const auth = { kind: "actor", permission: "decide" } as const;
const shown = (incident: IncidentDetail) => ({ body: { incident: incidentDetailToWire(incident) } });

/** An action that takes nothing but the incident. */
const plain = (name: string, summary: string, verb: (ctx: Context, id: string) => Promise<IncidentDetail>) =>
  route({
    method: "post",
    path: `${one}/${name}`,
    summary,
    auth,
    body: z.looseObject({}),
    response: incidentResponseSchema,
    run: async ({ ctx, params }) => shown(await verb(ctx, params.incident_id ?? "")),
  });

export const incidentActionRoutes = [
  route({
    method: "post",
    path: `${one}/merge`,
    summary:
      "Merge others into this incident: their sightings count for it, later ones too. Their open drafts are closed, approvals voided; published ones stay.",
    auth,
    body: mergeRequestSchema,
    response: incidentResponseSchema,
    run: async ({ ctx, params, body }) =>
      shown(
        await mergeIncidents(ctx, {
          leadId: params.incident_id ?? "",
          incidentIds: body.incident_ids,
          reason: body.reason,
        }),
      ),
  }),
  plain(
    "unmerge",
    "Take a merged incident out again: what came by its fingerprint goes with it, its draft is open as it was",
    unmergeIncident,
  ),
  route({
    method: "get",
    path: `${one}/merge-candidates`,
    summary: "Incidents of the same scope that are like this one, with what agrees and what differs",
    auth: { kind: "actor", permission: "read" },
    response: mergeCandidatesSchema,
    run: async ({ ctx, params }) => ({
      body: mergeCandidatesToWire(await listMergeCandidates(ctx, params.incident_id ?? "")),
    }),
  }),
  route({
    method: "get",
    path: `${one}/variations`,
    summary: "What differs among the newest 10,000 sightings of this incident, to split it by",
    auth: { kind: "actor", permission: "read" },
    response: variationsSchema,
    run: async ({ ctx, params }) => ({
      body: variationsToWire(await listVariations(ctx, params.incident_id ?? "")),
    }),
  }),
  route({
    method: "post",
    path: `${one}/split`,
    summary:
      "Take the sightings with one value into an incident of their own; later ones go there. Undone by undoing its rule.",
    auth,
    body: splitRequestSchema,
    response: splitResponseSchema,
    run: async ({ ctx, params, body }) => {
      const split = await splitIncident(ctx, { incidentId: params.incident_id ?? "", ...body });
      return {
        body: {
          incident: incidentDetailToWire(split.incident),
          remaining: incidentDetailToWire(split.from),
          rule_id: split.ruleId,
          moved: split.moved,
        },
      };
    },
  }),
  route({
    method: "post",
    path: `${one}/snooze`,
    summary: "Quiet until the first of these: a time, a number of further sightings, the next release",
    auth,
    body: snoozeRequestSchema,
    response: incidentResponseSchema,
    run: async ({ ctx, params, body }) =>
      shown(await snoozeIncident(ctx, snoozeFromWire(params.incident_id ?? "", body))),
  }),
  plain("unsnooze", "End a snooze now. Doing it twice is the same.", unsnoozeIncident),
  route({
    method: "post",
    path: `${one}/mute`,
    summary: "Quiet until a time, whatever happens; at most a year",
    auth,
    body: muteRequestSchema,
    response: incidentResponseSchema,
    run: async ({ ctx, params, body }) =>
      shown(await muteIncident(ctx, muteFromWire(params.incident_id ?? "", body))),
  }),
  plain("unmute", "End a mute now. Doing it twice is the same.", unmuteIncident),
  route({
    method: "post",
    path: `${one}/resolve`,
    summary: "Done with: seen again, it is a regression",
    auth,
    body: resolveRequestSchema,
    response: incidentResponseSchema,
    run: async ({ ctx, params, body }) =>
      shown(await resolveIncident(ctx, resolveFromWire(params.incident_id ?? "", body))),
  }),
  plain("reopen", "Take back that it was resolved. Doing it twice is the same.", reopenIncident),
];
