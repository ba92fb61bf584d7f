"use client";

import type { ReactNode } from "react";
import { useIsStale } from "@/components/layout/stale-notice";
import { cn } from "@/components/ui/cn";

type RecordPanesProps = {
  main: ReactNode;
  aside: ReactNode;
  asideLabel: string;
  asideClassName?: string;
};

/** A record: main and a 392 px aside, each scrolling by itself; one column where there is no room for two. */
export function RecordPanes({ main, aside, asideLabel, asideClassName }: RecordPanesProps) {
  const isStale = useIsStale();
  return (
    <div
      className={cn(
        "relative min-h-0 flex-1 overflow-y-auto lg:grid lg:grid-cols-[minmax(0,1fr)_392px] lg:grid-rows-[minmax(0,1fr)] lg:overflow-hidden",
        isStale && "stale",
      )}
    >
      <div className="relative flex min-w-0 flex-col gap-6 px-4 py-5 md:px-6 lg:overflow-y-auto">{main}</div>
      <aside
        aria-label={asideLabel}
        className={cn(
          "relative min-w-0 border-border px-4 py-5 max-lg:border-t md:px-6 lg:overflow-y-auto lg:border-l",
          asideClassName,
        )}
      >
        {aside}
      </aside>
    </div>
  );
}
