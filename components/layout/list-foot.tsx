"use client";

import { Button } from "@/components/ui/button";

type ListFootProps = {
  shown: number;
  total: number;
  /** "incidents", "receipts". */
  what: string;
  hasMore: boolean;
  loadingMore: boolean;
  failed: boolean;
  onMore: () => void;
};

/** How much of the list is on screen, and the next page by its button. */
export function ListFoot({ shown, total, what, hasMore, loadingMore, failed, onMore }: ListFootProps) {
  return (
    <div className="flex flex-wrap items-center gap-3 px-4 py-3 text-12 text-muted-foreground md:px-6">
      <span role="status">
        {hasMore
          ? `${shown} of ${totalWords(total)} ${what}`
          : shown === 1
            ? "There is no other"
            : `All ${shown} ${what} shown`}
      </span>
      {hasMore ? (
        <Button size="xs" className="touch:h-11" onClick={onMore} pending={loadingMore}>
          Show older
        </Button>
      ) : null}
      {failed ? <span className="text-destructive">The next page could not be read. Try again.</span> : null}
    </div>
  );
}

/** Counting stops at 10,000 on the server; past it the total says so instead of being wrong. */
export function totalWords(total: number): string {
  return total > 10_000 ? "more than 10,000" : total.toLocaleString("en-GB");
}
