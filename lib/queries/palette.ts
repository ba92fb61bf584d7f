import { queryOptions } from "@tanstack/react-query";
import type { DraftListWire } from "@/lib/contracts/draft";
import type { IncidentListWire } from "@/lib/contracts/incident";
import { api } from "@/lib/paths";
import { getJson } from "./api-error";
import { keys } from "./keys";

const each = 6;

/** The newest drafts and incidents that hold these words. */
export function foundRecordsQuery(q: string) {
  return queryOptions({
    queryKey: keys.found(q),
    queryFn: async ({ signal }) => {
      const [drafts, incidents] = await Promise.all([
        getJson<DraftListWire>(api.drafts({ q, limit: each }), signal),
        getJson<IncidentListWire>(api.incidents({ q, limit: each }), signal),
      ]);
      return { drafts: drafts.drafts, incidents: incidents.incidents };
    },
    staleTime: 10_000,
  });
}
