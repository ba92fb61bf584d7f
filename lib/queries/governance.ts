import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { runReassessment } from "@/lib/actions/governance";
import type { GovernanceMetricsResponseWire, GovernanceMetricsWire } from "@/lib/contracts/governance";
import type { ReassessmentListWire, RunReassessmentWire } from "@/lib/contracts/reassessment";
import { api } from "@/lib/paths";
import { actionData, getJson, postJson } from "./api-error";
import { keys } from "./keys";

/** The rates of a window and of those before it. By the clock: nothing announces that a share has moved. */
export function governanceMetricsQuery(request: GovernanceMetricsWire) {
  return queryOptions({
    queryKey: keys.governance.metrics(request),
    queryFn: ({ signal }) =>
      postJson<GovernanceMetricsResponseWire>(api.governanceMetrics(), request, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
    staleTime: 30_000,
  });
}

/** Schedule, waiting causes and the newest records; a worker may add one at any minute. */
export function reassessmentsQuery() {
  return queryOptions({
    queryKey: keys.governance.reassessments,
    queryFn: ({ signal }) => getJson<ReassessmentListWire>(api.reassessments(), signal),
    refetchInterval: 30_000,
  });
}

export function useRunReassessment() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: RunReassessmentWire) => actionData(runReassessment(input)),
    onSettled: () => client.invalidateQueries({ queryKey: keys.governance.reassessments }),
  });
}
