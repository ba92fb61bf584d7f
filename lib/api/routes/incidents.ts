import {
  incidentListQuerySchema,
  incidentListSchema,
  incidentResponseSchema,
  occurrencesQuerySchema,
  occurrencesSchema,
} from "@/lib/contracts/incident";
import { describeIncident } from "@/lib/pipeline/incidents/describe-incident";
import { listIncidents } from "@/lib/pipeline/incidents/list-incidents";
import { listOccurrences } from "@/lib/pipeline/incidents/list-occurrences";
import {
  incidentDetailToWire,
  incidentListToWire,
  listIncidentsFromQuery,
  listOccurrencesFromQuery,
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
    run: async ({ ctx, query }) => ({
      body: incidentListToWire(await listIncidents(ctx, listIncidentsFromQuery(query))),
    }),
  }),
  route({
    method: "get",
    path: "/incident-monitor/incidents/{incident_id}",
    summary: "One incident, with what is merged into it and its releases",
    auth: { kind: "actor", permission: "read" },
    response: incidentResponseSchema,
    run: async ({ ctx, params }) => ({
      body: { incident: incidentDetailToWire(await describeIncident(ctx, params.incident_id ?? "")) },
    }),
  }),
  route({
    method: "get",
    path: "/incident-monitor/incidents/{incident_id}/occurrences",
    summary: "Sightings of an incident, newest first, and the counts of all of them over time",
    auth: { kind: "actor", permission: "read" },
    query: occurrencesQuerySchema,
    response: occurrencesSchema,
    run: async ({ ctx, params, query }) => ({
      body: occurrencesToWire(
        await listOccurrences(ctx, listOccurrencesFromQuery(params.incident_id ?? "", query)),
      ),
    }),
  }),
];
