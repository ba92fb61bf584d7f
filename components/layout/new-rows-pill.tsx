"use client";

import { ArrowUp } from "lucide-react";
import { cn } from "@/components/ui/cn";

type NewRowsPillProps = { count: number; onShow: () => void; className?: string };

/** New rows never push: they wait behind this until somebody asks for them. */
export function NewRowsPill({ count, onShow, className }: NewRowsPillProps) {
  return (
    <span role="status" className={cn("inline-flex", className)}>
      {count > 0 ? (
        <button
          data-slot="new-rows-pill"
          type="button"
          onClick={onShow}
          className="inline-flex h-6 items-center gap-1.5 rounded-full bg-foreground px-2.5 text-12 font-medium text-background shadow-popover duration-(--dur-2) animate-in fade-in-0 touch:h-9"
        >
          <ArrowUp aria-hidden className="size-3" />
          {count} new
          <span className="sr-only">, show them</span>
        </button>
      ) : null}
    </span>
  );
}
