import { queryOptions } from "@tanstack/react-query";
import type { EvidenceWire } from "@/lib/contracts/evidence";
import { api } from "@/lib/paths";
import { getJson } from "./api-error";
import { keys } from "./keys";

/** What a `tandem://` reference names, as it was kept. It never changes; only retention takes it. */
export function evidenceQuery(reference: string) {
  return queryOptions({
    queryKey: keys.evidence(reference),
    queryFn: async ({ signal }) =>
      (await getJson<{ evidence: EvidenceWire }>(api.evidence({ reference }), signal)).evidence,
    staleTime: 60_000,
  });
}
