"use client";

import { useParams, useRouter, useSearchParams } from "next/navigation";
import { type ReactNode, useMemo, useState, useTransition } from "react";
import { cn } from "@/components/ui/cn";
import { draftPath, draftsPath } from "@/lib/paths";
import type { DraftFilters } from "@/lib/queries/drafts";
import { draftFiltersFrom } from "./draft-filters";
import { DraftListPane } from "./draft-list-pane";
import { type DraftQueue, DraftQueueContext } from "./draft-queue";
import { QueueKeys } from "./queue-keys";
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

  function show(next: DraftFilters) {
    window.history.replaceState(null, "", id ? draftPath(id, next) : draftsPath(next));
  }
  function open(draftId: string) {
    if (draftId === selectedId) return;
    setGoingTo(draftId);
    startMove(() => router.push(draftPath(draftId, filters), { scroll: false }));
  }
  const queue: DraftQueue = {
    ...data,
    filters,
    setFilters: (change) => show({ ...filters, ...change }),
    clearFilters: () => show({}),
    selectedId,
    selectedIndex,
    open,
    step(by) {
      const next = data.rows[selectedIndex < 0 ? 0 : selectedIndex + by];
      if (next) open(next.draft_id);
    },
    pathOf: (draftId) => draftPath(draftId, filters),
  };
  return (
    <DraftQueueContext value={queue}>
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
    </DraftQueueContext>
  );
}
