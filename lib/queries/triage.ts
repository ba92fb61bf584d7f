import { type QueryClient, queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { cancelTriage, saveTriageSummary, startTriage, takeBackTriage } from "@/lib/actions/triage";
import type { TriageSummaryInputWire } from "@/lib/contracts/triage";
import type { TriageReviewWire } from "@/lib/contracts/triage-review";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

/** The draft's newest run and all it found. Kept fresh by the event stream; nothing is asked again by the clock. */
export function triageReviewQuery(draftId: string) {
  return queryOptions({
    queryKey: keys.drafts.triage(draftId),
    queryFn: ({ signal }) => getJson<TriageReviewWire>(api.triageReview(draftId), signal),
  });
}

export function useStartTriage(draftId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (executor?: "worker" | "agent") => actionData(startTriage({ draft_id: draftId, executor })),
    onSettled: () => refresh(client, draftId),
  });
}

export function useCancelTriage(draftId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: { run_id: string; reason?: string }) => actionData(cancelTriage(input)),
    onSettled: () => refresh(client, draftId),
  });
}

export function useTakeBackTriage(draftId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (runId: string) => actionData(takeBackTriage({ run_id: runId })),
    onSettled: () => refresh(client, draftId),
  });
}

/** Awaited together with what comes of it, so that the form closes over the new summary and not over the old one. */
export function useSaveTriageSummary(draftId: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (summary: TriageSummaryInputWire) =>
      actionData(saveTriageSummary({ draft_id: draftId, summary })),
    onSettled: () => refresh(client, draftId),
  });
}

async function refresh(client: QueryClient, draftId: string): Promise<void> {
  void client.invalidateQueries({ queryKey: keys.overview });
  await Promise.all([
    client.invalidateQueries({ queryKey: keys.drafts.triage(draftId) }),
    client.invalidateQueries({ queryKey: keys.drafts.review(draftId) }),
  ]);
}
