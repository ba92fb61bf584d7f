import { queryOptions } from "@tanstack/react-query";
import type { ConfigWire } from "@/lib/contracts/config";
import { api } from "@/lib/paths";
import { getJson } from "./api-error";
import { keys } from "./keys";

/** The configuration as it is. By itself: lists need the names in it and none of what checks a change. */
export function configQuery() {
  return queryOptions({
    queryKey: keys.config,
    queryFn: async ({ signal }) =>
      (await getJson<{ incident_monitor: ConfigWire }>(api.config(), signal)).incident_monitor,
  });
}
