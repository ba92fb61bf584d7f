import { infiniteQueryOptions, keepPreviousData, useMutation, useQueryClient } from "@tanstack/react-query";
import { createSilence, expireSilence, updateSilence } from "@/lib/actions/silences";
import type {
  CreateSilenceWire,
  SilenceHoldListQuery,
  SilenceHoldListWire,
  SilenceListQuery,
  SilenceListWire,
  UpdateSilenceWire,
} from "@/lib/contracts/silence";
import { api } from "@/lib/paths";
import { actionData, getJson } from "./api-error";
import { keys } from "./keys";

export type SilenceFilters = Pick<SilenceListQuery, "state" | "project" | "q">;

/** A silence begins and lets go by the clock, which announces nothing: what is shown is asked for again this often. */
const refetchMs = 30_000;

/** The newest page first, then the older ones by cursor. */
export function silenceListQuery(filters: SilenceFilters = {}) {
  return infiniteQueryOptions({
    queryKey: keys.silences.list(filters),
    queryFn: ({ pageParam, signal }) =>
      getJson<SilenceListWire>(api.silences({ ...filters, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: SilenceListWire) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: refetchMs,
  });
}

/** Which drafts it holds (`open: "true"`) or let go (`open: "false"`), newest first. */
export function silenceHoldsQuery(
  silenceId: string,
  query: Pick<SilenceHoldListQuery, "open" | "limit"> = {},
) {
  return infiniteQueryOptions({
    queryKey: keys.silences.holds(silenceId, query),
    queryFn: ({ pageParam, signal }) =>
      getJson<SilenceHoldListWire>(api.silenceHolds(silenceId, { ...query, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: SilenceHoldListWire) => page.next_cursor,
    placeholderData: keepPreviousData,
  });
}

export function useCreateSilence() {
  const settle = useSilenceChange();
  return useMutation({
    mutationFn: (input: CreateSilenceWire) => actionData(createSilence(input)),
    onSettled: settle,
  });
}

/** `version` is the one that was read: a 409 says that somebody was first. */
export function useUpdateSilence() {
  const settle = useSilenceChange();
  return useMutation({
    mutationFn: (input: { silence_id: string } & UpdateSilenceWire) => actionData(updateSilence(input)),
    onSettled: settle,
  });
}

export function useExpireSilence() {
  const settle = useSilenceChange();
  return useMutation({
    mutationFn: (silenceId: string) => actionData(expireSilence({ silence_id: silenceId })),
    onSettled: settle,
  });
}

/** What is held is shown on drafts and incidents too. */
function useSilenceChange() {
  const client = useQueryClient();
  return () =>
    Promise.all(
      [keys.silences.all, keys.drafts.all, keys.incidents.all, keys.overview].map((queryKey) =>
        client.invalidateQueries({ queryKey }),
      ),
    );
}
