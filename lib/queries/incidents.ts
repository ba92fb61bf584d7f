import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { DraftListWire } from "@/lib/contracts/draft";
import type {
  IncidentListQuery,
  IncidentListWire,
  IncidentWire,
  OccurrencesWire,
} from "@/lib/contracts/incident";
import { api } from "@/lib/paths";
import { getJson } from "./api-error";
import { keys } from "./keys";

/** What the panel's list can be narrowed to. */
export const incidentFilterKeys = [
  ...(["q", "severity", "risk", "project", "source", "destination"] as const),
  ...(["status", "attention", "fingerprint", "since", "until"] as const),
];
export type IncidentFilters = Pick<IncidentListQuery, (typeof incidentFilterKeys)[number]>;
export type OccurrenceBucket = "minute" | "hour" | "day";

/** The newest page first, then the older ones by cursor. */
export function incidentListQuery(filters: IncidentFilters) {
  return infiniteQueryOptions({
    queryKey: keys.incidents.list(filters),
    queryFn: ({ pageParam, signal }) =>
      getJson<IncidentListWire>(api.incidents({ ...filters, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: IncidentListWire) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

export function incidentQuery(incidentId: string) {
  return queryOptions({
    queryKey: keys.incidents.one(incidentId),
    queryFn: ({ signal }) => getJson<{ incident: IncidentWire }>(api.incident(incidentId), signal),
  });
}

export function occurrencesQuery(incidentId: string, bucket: OccurrenceBucket) {
  return queryOptions({
    queryKey: keys.incidents.occurrences(incidentId, bucket),
    queryFn: ({ signal }) => getJson<OccurrencesWire>(api.occurrences(incidentId, { bucket }), signal),
    placeholderData: keepPreviousData,
  });
}

/** The drafts of one incident, newest first: its own and, after a regression, the later ones. */
export function incidentDraftsQuery(incidentId: string) {
  return queryOptions({
    queryKey: [...keys.drafts.all, "of-incident", incidentId],
    queryFn: ({ signal }) => getJson<DraftListWire>(api.drafts({ incident: incidentId, limit: 10 }), signal),
  });
}

/** What already stands under these words; asked while a report is typed. */
export function similarIncidentsQuery(words: string) {
  return queryOptions({
    queryKey: [...keys.incidents.all, "similar", words],
    queryFn: ({ signal }) => getJson<IncidentListWire>(api.incidents({ q: words, limit: 4 }), signal),
    staleTime: 30_000,
  });
}
