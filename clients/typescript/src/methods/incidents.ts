import { type CallOptions, type DeleteOptions, segment, type Transport } from "../transport.js";
import type {
  Incident,
  IncidentList,
  IncidentQuery,
  OccurrenceQuery,
  Occurrences,
} from "../types/incident.js";
import type { ReplayResponse } from "../types/triage.js";
import type { BulkDelete, JsonObject, OkDeleted } from "../types/values.js";
import { iteratePages } from "./pages.js";

const path = "/incident-monitor/incidents";
const pathOf = (id: string) => `${path}/${segment(id, "incidentId")}`;

export function incidentMethods(transport: Transport) {
  const listIncidents = (query: IncidentQuery = {}, options?: CallOptions): Promise<IncidentList> =>
    transport.json({ method: "GET", path, query: { ...query } }, options);

  return {
    /** Last changed first; one page. */
    listIncidents,

    /** Every incident that matches, page after page. `limit` is the size of a page. */
    iterateIncidents: (query: IncidentQuery = {}, options?: CallOptions): AsyncGenerator<Incident> =>
      iteratePages(query, async (page) => {
        const answer = await listIncidents(page, options);
        return { rows: answer.incidents, next: answer.next_cursor };
      }),

    getIncident: async (incidentId: string, options?: CallOptions): Promise<Incident> => {
      const raw = await transport.json<{ incident?: Incident }>(
        { method: "GET", path: pathOf(incidentId) },
        options,
      );
      return raw.incident ?? ({} as Incident);
    },

    /** Sightings, newest first, one page; and the counts of all of them over time. */
    listOccurrences: (
      incidentId: string,
      query: OccurrenceQuery = {},
      options?: CallOptions,
    ): Promise<Occurrences> =>
      transport.json(
        { method: "GET", path: `${pathOf(incidentId)}/occurrences`, query: { ...query } },
        options,
      ),

    /** Makes sure that the incident's draft has a triage run. */
    replayIncident: (
      incidentId: string,
      payload: JsonObject = {},
      options?: CallOptions,
    ): Promise<ReplayResponse> =>
      transport.json({ method: "POST", path: `${pathOf(incidentId)}/replay`, body: payload }, options),

    /** Hides it; digests and idempotency keys outlive it. */
    deleteIncident: (incidentId: string, options: DeleteOptions = {}): Promise<OkDeleted> =>
      transport.json(
        { method: "DELETE", path: pathOf(incidentId), query: { reason: options.reason } },
        options,
      ),

    bulkDeleteIncidents: (input: BulkDelete, options?: CallOptions): Promise<OkDeleted> =>
      transport.json({ method: "POST", path: `${path}/bulk-delete`, body: input }, options),
  };
}
