import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { setPaused } from "@/lib/actions/settings";
import type { OverviewWire } from "@/lib/contracts/status";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

export function overviewOptions() {
  return queryOptions({
    queryKey: keys.overview,
    queryFn: ({ signal }) => getJson<OverviewWire>(api.overview(), signal),
    // The hours of the chart move on even when nothing happens.
    refetchInterval: 60_000,
  });
}

/** Pauses or resumes; the banner follows at once and comes back if the server refuses. */
export function useSetPaused() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (paused: boolean) => actionData(setPaused({ paused })),
    onMutate: async (paused) => {
      await client.cancelQueries({ queryKey: keys.overview });
      const before = client.getQueryData<OverviewWire>(keys.overview);
      if (before) client.setQueryData<OverviewWire>(keys.overview, { ...before, paused });
      return { before };
    },
    onError: (_error, _paused, context) => {
      if (context?.before) client.setQueryData(keys.overview, context.before);
    },
    onSettled: () =>
      Promise.all(
        [keys.overview, keys.config, keys.status].map((queryKey) => client.invalidateQueries({ queryKey })),
      ),
  });
}
