import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { TrendsWire, TrendWindowWire } from "@/lib/contracts/trend";
import { api } from "@/lib/paths";
import { getJson } from "./api-error";
import { keys } from "./keys";

/** What the charts are drawn from; by the clock, whatever happens meanwhile. */
export function trendsQuery(window: TrendWindowWire) {
  return queryOptions({
    queryKey: keys.trends(window),
    queryFn: ({ signal }) => getJson<TrendsWire>(api.trends({ window }), signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    staleTime: 30_000,
  });
}
