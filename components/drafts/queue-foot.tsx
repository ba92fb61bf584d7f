"use client";

import { totalWords } from "@/components/layout/list-foot";
import { Button } from "@/components/ui/button";
import { useDraftQueue } from "./draft-queue";

/** How much of the queue is on screen, and its next page. */
export function QueueFoot() {
  const { rows, total, hasMore, loadingMore, moreFailed, loadMore } = useDraftQueue();
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3 text-12 text-muted-foreground">
      <span role="status">
        {hasMore ? `${rows.length} of ${totalWords(total ?? rows.length)} shown` : `All ${rows.length} shown`}
      </span>
      {hasMore ? (
        <Button size="xs" className="touch:h-11" onClick={loadMore} pending={loadingMore}>
          Show more
        </Button>
      ) : null}
      {moreFailed ? (
        <span role="alert" className="text-destructive">
          The next page could not be read. Try again.
        </span>
      ) : null}
    </div>
  );
}
