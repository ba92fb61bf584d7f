import { infiniteQueryOptions, keepPreviousData, useMutation } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import {
  type BacktestLineWire,
  type BacktestRequestWire,
  type BacktestResultWire,
  backtestLineSchema,
} from "@/lib/contracts/backtest";
import type { ShadowDecisionListQuery, ShadowDecisionListWire } from "@/lib/contracts/shadow-decision";
import { api } from "@/lib/paths";
import { ApiError, getJson, postLines } from "./api-error";
import { keys } from "./keys";

export type BacktestProgress = { done: number; total: number };

/**
 * Runs a backtest and tells how far it is. A new one ends the one before, and so does leaving the screen: the server stops
 * when its caller goes. `progress` is null before the first line.
 */
export function useBacktest() {
  const [progress, setProgress] = useState<BacktestProgress | null>(null);
  const running = useRef<AbortController | null>(null);
  const cancel = () => running.current?.abort();
  useEffect(() => () => running.current?.abort(), []);
  const mutation = useMutation({
    mutationFn: async (request: BacktestRequestWire): Promise<BacktestResultWire> => {
      cancel();
      const own = new AbortController();
      running.current = own;
      setProgress(null);
      return runBacktest(request, own.signal, setProgress);
    },
  });
  return { ...mutation, progress, cancel };
}

/** @throws ApiError for a refusal, for a run that broke off, and for one that ended without a result */
async function runBacktest(
  request: BacktestRequestWire,
  signal: AbortSignal,
  tell: (progress: BacktestProgress) => void,
): Promise<BacktestResultWire> {
  for await (const value of postLines(api.routeBacktest(), request, signal)) {
    const line: BacktestLineWire = backtestLineSchema.parse(value);
    if (line.type === "result") return line;
    if (line.type === "error") throw new ApiError(0, { error: line.error, code: line.code });
    tell({ done: line.done, total: line.total });
  }
  throw new ApiError(0, { error: "The backtest broke off", code: "UNREACHABLE", retryable: true });
}

export type ShadowDecisionFilters = Pick<
  ShadowDecisionListQuery,
  "route_id" | "project" | "moment" | "since"
>;

/** What shadow routes would have sent; `routes` of the first page counts all that match. */
export function shadowDecisionsQuery(filters: ShadowDecisionFilters = {}) {
  return infiniteQueryOptions({
    queryKey: keys.shadowDecisions(filters),
    queryFn: ({ pageParam, signal }) =>
      getJson<ShadowDecisionListWire>(api.shadowDecisions({ ...filters, cursor: pageParam }), signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page: ShadowDecisionListWire) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });
}
