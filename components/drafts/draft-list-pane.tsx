"use client";

import { useRef } from "react";
import { totalWords } from "@/components/layout/list-foot";
import { NewRowsPill } from "@/components/layout/new-rows-pill";
import { PageHeader } from "@/components/layout/page-header";
import { cn } from "@/components/ui/cn";
import { BulkBar } from "./bulk-bar";
import { DraftFilterBar } from "./draft-filter-bar";
import { isNarrowed } from "./draft-filters";
import { DraftList } from "./draft-list";
import { type DraftQueue, useDraftQueue } from "./draft-queue";

type DraftListPaneProps = {
  /** Where there is no room for two panes, it is the screen and carries the top bar. */
  full: boolean;
  onOpen?: () => void;
  className?: string;
};

/** The queue: its count, its filters, its rows. */
export function DraftListPane({ full, onOpen, className }: DraftListPaneProps) {
  const queue = useDraftQueue();
  const pane = useRef<HTMLDivElement>(null);
  const count = countWords(queue);
  const Heading = full ? "h1" : "h2";
  const pill = (
    <NewRowsPill
      count={queue.newCount}
      onShow={() => {
        queue.showNew();
        pane.current?.scrollTo({ top: 0 });
      }}
    />
  );
  return (
    <section aria-label="Queue of drafts" className={cn("flex min-w-0 flex-col", className)}>
      {full ? (
        <PageHeader title="Drafts" count={count} className="xl:hidden">
          {pill}
        </PageHeader>
      ) : null}
      <div
        className={cn(
          "flex h-12 flex-none items-center gap-2 border-b border-border pr-3 pl-4",
          full && "max-xl:hidden",
        )}
      >
        <Heading className="text-14 font-semibold">Drafts</Heading>
        <span className="text-12 text-muted-foreground">{count}</span>
        <span className="ml-auto">{pill}</span>
      </div>
      <DraftFilterBar />
      <DraftList ref={pane} onOpen={onOpen} />
      <BulkBar />
    </section>
  );
}

function countWords({ filters, total, openCount }: DraftQueue): string | undefined {
  if (total === undefined) return undefined;
  if (isNarrowed(filters)) return `${totalWords(total)} found`;
  return openCount === undefined ? totalWords(total) : `${totalWords(total)}, ${totalWords(openCount)} open`;
}
