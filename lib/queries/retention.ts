import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { eraseText, placeHold, previewErasure, releaseHold } from "@/lib/actions/retention";
import type {
  EraseTextWire,
  ErasurePreviewRequestWire,
  PlaceHoldWire,
  RetentionHoldListWire,
  RetentionPreviewWire,
  RetentionRunListWire,
} from "@/lib/contracts/retention";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";
import { useStepUp } from "./step-up";

/** Records grow old by the clock, which announces nothing. */
const refetchMs = 60_000;

export function retentionPreviewQuery() {
  return queryOptions({
    queryKey: keys.retention.preview,
    queryFn: ({ signal }) => getJson<RetentionPreviewWire>(api.retentionPreview(), signal),
    refetchInterval: refetchMs,
  });
}

export function retentionHoldsQuery() {
  return queryOptions({
    queryKey: keys.retention.holds,
    queryFn: ({ signal }) => getJson<RetentionHoldListWire>(api.retentionHolds(), signal),
  });
}

export function retentionRunsQuery() {
  return queryOptions({
    queryKey: keys.retention.runs,
    queryFn: ({ signal }) => getJson<RetentionRunListWire>(api.retentionRuns(), signal),
    refetchInterval: refetchMs,
  });
}

export function usePlaceHold() {
  const settle = useRetentionChange();
  return useMutation({
    mutationFn: (input: PlaceHoldWire) => actionData(placeHold(input)),
    onSettled: settle,
  });
}

export function useReleaseHold() {
  const settle = useRetentionChange();
  const steppingUp = useStepUp();
  return useMutation({
    mutationFn: (input: { hold_id: string; reason: string }) =>
      steppingUp(() => actionData(releaseHold(input))),
    onSettled: settle,
  });
}

export function usePreviewErasure() {
  return useMutation({
    mutationFn: (input: ErasurePreviewRequestWire) => actionData(previewErasure(input)),
  });
}

export function useEraseText() {
  const client = useQueryClient();
  const steppingUp = useStepUp();
  return useMutation({
    mutationFn: (input: EraseTextWire) => steppingUp(() => actionData(eraseText(input))),
    // What is gone may stand in any list of this tab.
    onSettled: () => client.invalidateQueries(),
  });
}

function useRetentionChange() {
  const client = useQueryClient();
  return () => client.invalidateQueries({ queryKey: keys.retention.all });
}
