import { queryOptions } from "@tanstack/react-query";
import type { OverviewWire } from "@/lib/contracts/status";
import { api } from "@/lib/paths";
import { getJson } from "./api-error";
import { keys } from "./keys";

/** The strip's counts, what needs a person, and the last day by the hour. */
export function overviewQuery() {
  return queryOptions({
    queryKey: keys.overview,
    queryFn: ({ signal }) => getJson<OverviewWire>(api.overview(), signal),
    // The hours of the chart move on even when nothing happens.
    refetchInterval: 60_000,
  });
}
