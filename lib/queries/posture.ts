import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { draftPostureFinding, runAssessmentProbes } from "@/lib/actions/posture";
import type { PostureChecksWire, PostureQuery } from "@/lib/contracts/posture";
import type { AssessmentProbesWire, ProbeRunListWire, ProbeRunWire } from "@/lib/contracts/probe";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

export type PostureFilters = Pick<PostureQuery, "disabled_rules" | "min_severity">;

/** What the rules find now. Settings announce their changes; what agents and deliveries did is asked for again now and then. */
export function postureQuery(filters: PostureFilters = {}) {
  return queryOptions({
    queryKey: keys.posture.checks(filters),
    queryFn: ({ signal }) => getJson<PostureChecksWire>(api.postureChecks(filters), signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });
}

/** The incident it becomes, or is counted on, shows in the lists at once. */
export function useDraftFinding() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (fingerprint: string) => actionData(draftPostureFinding({ fingerprint })),
    onSettled: () =>
      Promise.all(
        [keys.incidents.all, keys.drafts.all, keys.overview, keys.posture.all].map((queryKey) =>
          client.invalidateQueries({ queryKey }),
        ),
      ),
  });
}

/** Runs that are kept, newest first. */
export function probeRunsQuery() {
  return queryOptions({
    queryKey: keys.probeRuns.list,
    queryFn: ({ signal }) => getJson<ProbeRunListWire>(api.probeRuns({ limit: 100 }), signal),
  });
}

/** One run with its results. It never changes; newer ones may take its place. */
export function probeRunQuery(probeRunId: string) {
  return queryOptions({
    queryKey: keys.probeRuns.one(probeRunId),
    queryFn: async ({ signal }) =>
      (await getJson<{ run: ProbeRunWire }>(api.probeRun(probeRunId), signal)).run,
    staleTime: 60_000,
  });
}

export function useRunProbes() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: AssessmentProbesWire) => actionData(runAssessmentProbes(input)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.probeRuns.list }),
  });
}
