import {
  incidentListQuerySchema,
  incidentListSchema,
  incidentResponseSchema,
  occurrencesQuerySchema,
  occurrencesSchema,
} from "@/lib/contracts/incident";
import { getIncident } from "@/lib/pipeline/incidents/get-incident";
import { listIncidents } from "@/lib/pipeline/incidents/list-incidents";
import { listOccurrences } from "@/lib/pipeline/incidents/list-occurrences";
import {
  incidentListToWire,
  incidentToWire,
  listIncidentsFromQuery,
  occurrencesToWire,
} from "@/lib/wire/incident";
import { route } from "../route";

export const incidentRoutes = [
  route({
    method: "get",
    path: "/incident-monitor/incidents",
    summary: "Incidents, last changed first",
    auth: { kind: "actor", permission: "read" },
    query: incidentListQuerySchema,
    response: incidentListSchema,
    run: async ({ ctx, query }) => {
      const input = listIncidentsFromQuery(query);
      return { body: incidentListToWire(await listIncidents(ctx, input), input.page) };
    },
  }),
  route({
    method: "get",
    path: "/incident-monitor/incidents/{incident_id}",
    summary: "One incident",
    auth: { kind: "actor", permission: "read" },
    response: incidentResponseSchema,
    run: async ({ ctx, params }) => ({
      body: { incident: incidentToWire(await getIncident(ctx, params.incident_id ?? "")) },
    }),
  }),
  route({
    method: "get",
    path: "/incident-monitor/incidents/{incident_id}/occurrences",
    summary: "The newest sightings of an incident and their counts over time",
    auth: { kind: "actor", permission: "read" },
    query: occurrencesQuerySchema,
    response: occurrencesSchema,
    run: async ({ ctx, params, query }) => ({
      body: occurrencesToWire(
        await listOccurrences(ctx, { incidentId: params.incident_id ?? "", bucket: query.bucket ?? "hour" }),
      ),
    }),
  }),
];
