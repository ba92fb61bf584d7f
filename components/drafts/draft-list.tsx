"use client";

import { type RefObject, useCallback, useEffect, useRef } from "react";
import { EmptyState } from "@/components/layout/empty-state";
import { LoadingRows } from "@/components/layout/loading-rows";
import { NoMatch } from "@/components/layout/no-match";
import { QueryFailure } from "@/components/layout/query-failure";
import { useRowWindow } from "@/components/layout/use-row-window";
import { useNames } from "@/lib/queries/names";
import { draftFilterChips } from "./draft-filters";
import { useDraftQueue } from "./draft-queue";
import { DraftRow } from "./draft-row";
import { isMarking, ranged, toggled } from "./draft-selection";
import { QueueFoot } from "./queue-foot";

type DraftListProps = { ref: RefObject<HTMLDivElement | null>; onOpen?: () => void };

/** The rows, or what there is to say instead of them. An error is never an empty list. */
export function DraftList({ ref, onOpen }: DraftListProps) {
  const queue = useDraftQueue();
  const list = useRef<HTMLOListElement>(null);
  const shownId = useRef<string>(undefined);
  const { selectedId, selectedIndex, open, mark, marked } = queue;
  const { from, to, before, after, reveal } = useRowWindow(ref, list, queue.rows.length);
  const marking = isMarking(marked);
  const openRow = useCallback(
    (draftId: string) => {
      open(draftId);
      onOpen?.();
    },
    [open, onOpen],
  );
  const markRow = useCallback(
    (draftId: string, range: boolean) =>
      mark((now, order) => (range ? ranged(now, draftId, order) : toggled(now, draftId))),
    [mark],
  );
  useEffect(() => {
    // Once for each draft: rows that come above it do not drag the list along.
    if (!selectedId || selectedIndex < 0 || shownId.current === selectedId) return;
    shownId.current = selectedId;
    const row = list.current?.querySelector<HTMLElement>("[aria-current=true]");
    if (row) row.scrollIntoView({ block: "nearest" });
    else reveal(selectedIndex);
    // Walking by keys from a row that has the focus takes the focus along.
    if (document.activeElement?.matches("[data-draft-row]")) row?.focus({ preventScroll: true });
  }, [selectedId, selectedIndex, reveal]);

  return (
    <div ref={ref} className="relative min-h-0 flex-1 overflow-y-auto" aria-busy={queue.refreshing}>
      {queue.error ? (
        <QueryFailure
          error={queue.error}
          what={queue.status === "ready" ? "Newer drafts" : "Drafts"}
          onRetry={queue.retry}
          retrying={queue.refreshing}
        />
      ) : null}
      {queue.status === "loading" ? (
        <LoadingRows what="drafts" count={10} />
      ) : queue.rows.length > 0 ? (
        <>
          <ol ref={list} aria-label="Drafts" style={{ paddingTop: before, paddingBottom: after }}>
            {queue.rows.slice(from, to).map((draft, index) => (
              <li
                key={draft.draft_id}
                aria-posinset={from + index + 1}
                aria-setsize={queue.total ?? queue.rows.length}
              >
                <DraftRow
                  draft={draft}
                  href={queue.pathOf(draft.draft_id)}
                  selected={draft.draft_id === selectedId}
                  marked={marked.ids.has(draft.draft_id)}
                  marking={marking}
                  onOpen={openRow}
                  onMark={markRow}
                />
              </li>
            ))}
          </ol>
          <QueueFoot />
        </>
      ) : queue.status === "ready" ? (
        <NoRows />
      ) : null}
    </div>
  );
}

function NoRows() {
  const { filters, setFilters, clearFilters } = useDraftQueue();
  const chips = draftFilterChips(filters, useNames());
  if (chips.length > 0) {
    return (
      <NoMatch
        what="draft"
        chips={chips}
        onRemove={(key) => setFilters({ [key]: undefined })}
        onClear={clearFilters}
      />
    );
  }
  return (
    <EmptyState title="No drafts yet">
      A draft appears when a source reports a failure with enough to act on. Nothing of it leaves before
      somebody approves.
    </EmptyState>
  );
}
