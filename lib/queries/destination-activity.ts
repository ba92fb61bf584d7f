import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { DestinationActivityQuery, DestinationActivityWire } from "@/lib/contracts/destination-activity";
import { api } from "@/lib/paths";
import { getJson } from "./api-error";
import { keys } from "./keys";

export type ActivityHours = NonNullable<DestinationActivityQuery["hours"]>;

/** How a destination has done lately. Below the posts' key: what makes those old makes this old. */
export function destinationActivityQuery(destinationId: string, hours: ActivityHours) {
  return queryOptions({
    queryKey: [...keys.posts.all, "activity", destinationId, hours],
    queryFn: ({ signal }) =>
      getJson<DestinationActivityWire>(api.destinationActivity(destinationId, { hours }), signal),
    placeholderData: keepPreviousData,
  });
}
