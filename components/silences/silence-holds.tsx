"use client";

import { useInfiniteQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useState } from "react";
import { RelativeTime } from "@/components/layout/relative-time";
import { RedactedText } from "@/components/state/redacted-text";
import { Button } from "@/components/ui/button";
import type { SilenceHoldListWire } from "@/lib/contracts/silence";
import { draftPath } from "@/lib/paths";
import { silenceHoldsQuery } from "@/lib/queries/silences";

type Hold = SilenceHoldListWire["holds"][number];

const releaseWord: Record<NonNullable<Hold["release_reason"]>, string> = {
  expired: "let go as the silence ended",
  changed: "let go as the silence changed",
  window_over: "let go as its window closed",
  settled: "decided meanwhile",
};

/** Which drafts it held, asked for only when somebody looks. */
export function SilenceHolds({ silenceId, count }: { silenceId: string; count: number }) {
  const [open, setOpen] = useState(false);
  const list = useInfiniteQuery({ ...silenceHoldsQuery(silenceId), enabled: open });
  const holds = list.data?.pages.flatMap((page) => page.holds) ?? [];
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)} className="text-12">
      <summary className="w-fit cursor-pointer rounded-sm text-muted-foreground touch:py-3">
        What it held ({count})
      </summary>
      {list.isError ? (
        <p className="pt-1">
          This could not be loaded.{" "}
          <Button variant="link" size="xs" onClick={() => list.refetch()}>
            Try again
          </Button>
        </p>
      ) : null}
      <ul className="flex flex-col gap-1 pt-1">
        {holds.map((hold) => (
          <li key={hold.hold_id} className="flex min-w-0 flex-wrap gap-x-3">
            {hold.title ? (
              <Link href={draftPath(hold.draft_id)} className="link min-w-0 truncate">
                <RedactedText text={hold.title} />
              </Link>
            ) : (
              <span className="text-muted-foreground">a draft that is gone</span>
            )}
            <span className="text-muted-foreground">
              held <RelativeTime value={hold.held_at_ms} />
              {hold.release_reason ? `, ${releaseWord[hold.release_reason]}` : ", still held"}
            </span>
          </li>
        ))}
      </ul>
      {list.hasNextPage ? (
        <Button variant="link" size="xs" onClick={() => list.fetchNextPage()}>
          Show older
        </Button>
      ) : null}
    </details>
  );
}
