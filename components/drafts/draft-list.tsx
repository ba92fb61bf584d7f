"use client";

import { type Ref, useEffect, useRef } from "react";
import { EmptyState } from "@/components/layout/empty-state";
import { LoadingRows } from "@/components/layout/loading-rows";
import { NoMatch } from "@/components/layout/no-match";
import { QueryFailure } from "@/components/layout/query-failure";
import { draftFilterChips } from "./draft-filters";
import { useDraftQueue } from "./draft-queue";
import { DraftRow } from "./draft-row";
import { QueueFoot } from "./queue-foot";

type DraftListProps = { ref: Ref<HTMLDivElement>; onOpen?: () => void };

/** The rows, or what there is to say instead of them. An error is never an empty list. */
export function DraftList({ ref, onOpen }: DraftListProps) {
  const queue = useDraftQueue();
  const list = useRef<HTMLOListElement>(null);
  const { selectedId } = queue;
  useEffect(() => {
    if (!selectedId) return;
    const row = list.current?.querySelector<HTMLElement>("[aria-current=true]");
    row?.scrollIntoView({ block: "nearest" });
    // Walking by keys from a row that has the focus takes the focus along.
    if (document.activeElement?.matches("[data-draft-row]")) row?.focus({ preventScroll: true });
  }, [selectedId]);

  return (
    <div ref={ref} className="min-h-0 flex-1 overflow-y-auto" aria-busy={queue.refreshing}>
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
          <ol ref={list} aria-label="Drafts">
            {queue.rows.map((draft) => (
              <li
                key={draft.draft_id}
                className="[contain-intrinsic-size:auto_57px] [content-visibility:auto]"
              >
                <DraftRow
                  draft={draft}
                  href={queue.pathOf(draft.draft_id)}
                  selected={draft.draft_id === selectedId}
                  onOpen={() => {
                    queue.open(draft.draft_id);
                    onOpen?.();
                  }}
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
  const chips = draftFilterChips(filters);
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
