"use client";

import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

type ListRowProps = {
  selected: boolean;
  onSelect: () => void;
  dim?: boolean;
  className?: string;
  children: ReactNode;
};

/** A row of a settings list: one button, the chosen one on the selection ground with the blue edge. */
export function ListRow({ selected, onSelect, dim, className, children }: ListRowProps) {
  return (
    <li className="border-b border-border">
      <button
        type="button"
        aria-current={selected ? "true" : undefined}
        onClick={onSelect}
        className={cn(
          "relative block w-full px-4 py-2.5 text-left hover:bg-muted focus-visible:-outline-offset-2",
          selected &&
            "md:bg-accent md:before:absolute md:before:-top-px md:before:-bottom-px md:before:left-0 md:before:w-0.5 md:before:bg-primary",
          dim && "text-muted-foreground",
          className,
        )}
      >
        {children}
      </button>
    </li>
  );
}
