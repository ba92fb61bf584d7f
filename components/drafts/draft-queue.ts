"use client";

import { createContext, useContext } from "react";
import type { DraftWire } from "@/lib/contracts/draft";
import type { DraftFilters } from "@/lib/queries/drafts";
import type { Selection } from "./draft-selection";
import type { DoneKind } from "./next-draft";

/** The queue beside the draft at hand: what it is narrowed to, what stands in it, and how to walk it. */
export type DraftQueue = {
  filters: DraftFilters;
  setFilters: (change: Partial<DraftFilters>) => void;
  /** Shows another list: a saved view, or everything. */
  showList: (filters: DraftFilters) => void;
  clearFilters: () => void;
  rows: readonly DraftWire[];
  /** Everything that matches, also what is not loaded; `undefined` until it is known. */
  total: number | undefined;
  openCount: number | undefined;
  status: "loading" | "failed" | "ready";
  error: Error | null;
  refreshing: boolean;
  retry: () => void;
  newCount: number;
  showNew: () => void;
  hasMore: boolean;
  loadingMore: boolean;
  moreFailed: boolean;
  loadMore: () => void;
  selectedId: string | undefined;
  /** From 0; -1 when the draft at hand is not among the rows. */
  selectedIndex: number;
  open: (draftId: string) => void;
  /** Opens the neighbour in the queue; without a draft at hand, the first. */
  step: (by: 1 | -1) => void;
  /** Opens the next that waits for the same; false when nothing loaded does. */
  goOn: (done: DoneKind) => boolean;
  pathOf: (draftId: string) => string;
  /** Rows marked for a bulk action. */
  marked: Selection;
  mark: (change: (marked: Selection, order: readonly string[]) => Selection) => void;
};

export const DraftQueueContext = createContext<DraftQueue | null>(null);

export function useDraftQueue(): DraftQueue {
  const queue = useContext(DraftQueueContext);
  if (!queue) throw new Error("useDraftQueue needs the drafts' layout around it");
  return queue;
}
