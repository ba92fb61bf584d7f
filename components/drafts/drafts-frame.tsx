"use client";

import { useParams, useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState, useTransition } from "react";
import { cn } from "@/components/ui/cn";
import { draftPath, draftsPath } from "@/lib/paths";
import type { DraftFilters } from "@/lib/queries/drafts";
import { draftFiltersFrom } from "./draft-filters";
import { DraftListPane } from "./draft-list-pane";
import { type DraftQueue, DraftQueueContext } from "./draft-queue";
import { nextDraft } from "./next-draft";
import { QueueKeys } from "./queue-keys";
import { UndoProvider } from "./undo-provider";
import { useDefaultView } from "./use-default-view";
import { useMarked } from "./use-marked";
import { useQueueRows } from "./use-queue-rows";

/**
 * Master and detail. The queue lives in the layout, so that it keeps its place while drafts are opened beside it. Its
 * filters are in the URL and change without asking the server for the page again.
 */
export function DraftsFrame({ children }: { children: ReactNode }) {
  const router = useRouter();
  const params = useSearchParams();
  const { id } = useParams<{ id?: string }>();
  const [moving, startMove] = useTransition();
  const [goingTo, setGoingTo] = useState<string>();
  const filters = useMemo(() => draftFiltersFrom(new URLSearchParams(params.toString())), [params]);
  const data = useQueueRows(filters);
  const selectedId = moving ? goingTo : id;
  const selectedIndex = data.rows.findIndex((row) => row.draft_id === selectedId);
  const chosen = useMarked(data.rows, JSON.stringify(filters));

  const show = useCallback(
    (next: DraftFilters) => {
      window.history.replaceState(null, "", id ? draftPath(id, next) : draftsPath(next));
    },
    [id],
  );
  useDefaultView(!id && params.size === 0, show);
  // In a ref, so that walking the queue draws the two rows that change and not all of them.
  const selectedNow = useRef(selectedId);
  useEffect(() => {
    selectedNow.current = selectedId;
  }, [selectedId]);
  const open = useCallback(
    (draftId: string) => {
      if (draftId === selectedNow.current) return;
      setGoingTo(draftId);
      startMove(() => router.push(draftPath(draftId, filters), { scroll: false }));
    },
    [filters, router],
  );
  const pathOf = useCallback((draftId: string) => draftPath(draftId, filters), [filters]);
  const queue: DraftQueue = {
    ...{ ...data, ...chosen, filters, selectedId, selectedIndex, open, pathOf },
    setFilters: (change) => show({ ...filters, ...change }),
    showList: show,
    clearFilters: () => show(filters.sort ? { sort: filters.sort } : {}),
    step(by) {
      const next = data.rows[selectedIndex < 0 ? 0 : selectedIndex + by];
      if (next) open(next.draft_id);
    },
    goOn(done) {
      const next = selectedId ? nextDraft(data.rows, selectedId, done) : null;
      if (next) open(next);
      return next !== null;
    },
  };
  return (
    <DraftQueueContext value={queue}>
      <UndoProvider>
        <QueueKeys />
        <div className="grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)] xl:grid-cols-[332px_minmax(0,1fr)]">
          <DraftListPane
            full={!id}
            className={cn("min-h-0 border-border xl:border-r", id && "max-xl:hidden")}
          />
          <div aria-busy={moving} className={cn("flex min-h-0 min-w-0 flex-col", !id && "max-xl:hidden")}>
            {children}
          </div>
        </div>
      </UndoProvider>
    </DraftQueueContext>
  );
}
