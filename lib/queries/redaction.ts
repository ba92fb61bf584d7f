import { keepPreviousData, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { startRereading, stopRereading } from "@/lib/actions/redaction";
import { testRedaction } from "@/lib/actions/settings";
import type {
  RedactionRunListWire,
  RedactionTestInput,
  RereadingPreviewWire,
} from "@/lib/contracts/redaction";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

/** What the redactor would leave of a text. Somebody may paste a real secret: nothing is kept once it is not shown. */
export function redactionTestQuery(input: RedactionTestInput) {
  return queryOptions({
    queryKey: ["redaction-test", input] as const,
    queryFn: () => actionData(testRedaction(input)),
    placeholderData: keepPreviousData,
    enabled: input.text !== "",
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
}

/** While one is under way it is asked again: a worker is at it, page by page. */
const runningMs = 1_000;

export function redactionRunsQuery() {
  return queryOptions({
    queryKey: keys.redaction.runs,
    queryFn: ({ signal }) => getJson<RedactionRunListWire>(api.redactionRuns(), signal),
    refetchInterval: ({ state }) =>
      state.data?.runs.some((run) => run.state === "running") ? runningMs : false,
  });
}

export function rereadingPreviewQuery() {
  return queryOptions({
    queryKey: keys.redaction.preview,
    queryFn: ({ signal }) => getJson<RereadingPreviewWire>(api.redactionPreview(), signal),
    staleTime: 0,
    retry: false,
  });
}

export function useStartRereading() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => actionData(startRereading()),
    onSettled: () => client.invalidateQueries({ queryKey: keys.redaction.runs }),
  });
}

export function useStopRereading() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (runId: string) => actionData(stopRereading({ run_id: runId })),
    onSettled: () => client.invalidateQueries({ queryKey: keys.redaction.runs }),
  });
}
