import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { setPaused, testDestination } from "@/lib/actions/settings";
import type { StatusWire } from "@/lib/contracts/status";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

/** What is ready and what is missing, of the saved configuration. */
export function statusQuery() {
  return queryOptions({
    queryKey: keys.status,
    queryFn: async ({ signal }) => (await getJson<{ status: StatusWire }>(api.status(), signal)).status,
  });
}

export function useSetPaused() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (paused: boolean) => actionData(setPaused({ paused })),
    onSuccess: async ({ incident_monitor }) => {
      await client.cancelQueries({ queryKey: keys.config });
      client.setQueryData(keys.config, incident_monitor);
      void client.invalidateQueries({ queryKey: keys.status });
      void client.invalidateQueries({ queryKey: keys.overview });
      void client.invalidateQueries({ queryKey: keys.drafts.all });
    },
  });
}

/** Sends a signed event marked as a test to the saved destination. */
export function useTestDestination() {
  return useMutation({
    mutationFn: (destinationId: string) => actionData(testDestination({ destination_id: destinationId })),
  });
}
