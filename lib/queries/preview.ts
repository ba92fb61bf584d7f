import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { DraftListWire } from "@/lib/contracts/draft";
import type { RouteLintWire } from "@/lib/contracts/route-lint";
import type { RoutePreviewRequestWire, RoutePreviewWire } from "@/lib/contracts/route-preview";
import { api } from "@/lib/paths";
import { getJson, postJson } from "./api-error";
import { keys } from "./keys";

/** Where a record would go by the saved routes. Reads only; the last answer stands until the next is there. */
export function routePreviewQuery(request: RoutePreviewRequestWire) {
  return queryOptions({
    queryKey: keys.preview(request),
    queryFn: ({ signal }) => postJson<RoutePreviewWire>(api.routePreview(), request, signal),
    placeholderData: keepPreviousData,
    gcTime: 60_000,
  });
}

/** What is to be said of the saved routes; anew with every version of the configuration. */
export function routeLintQuery(updatedAtMs: number) {
  return queryOptions({
    queryKey: ["route-lint", updatedAtMs] as const,
    queryFn: async ({ signal }) => (await getJson<RouteLintWire>(api.routeLint(), signal)).findings,
    placeholderData: keepPreviousData,
  });
}

/** The newest drafts, to try a real record. */
export function previewDraftsQuery() {
  return queryOptions({
    queryKey: [...keys.drafts.all, "preview-choices"] as const,
    queryFn: async ({ signal }) => (await getJson<DraftListWire>(api.drafts({ limit: 30 }), signal)).drafts,
  });
}
