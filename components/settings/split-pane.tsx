import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

type SplitPaneProps = {
  list: ReactNode;
  pane: ReactNode;
  paneLabel: string;
  /** Phone: the pane is what is looked at, the list is behind it. */
  paneOpen: boolean;
  /** `form`: 600 px, as destinations; `aside`: 408 px, as the route preview. */
  paneWidth?: "form" | "aside";
};

/** A list and what is chosen in it. Side by side from 900 px; one at a time on a phone. Each scrolls by itself. */
export function SplitPane({ list, pane, paneLabel, paneOpen, paneWidth = "form" }: SplitPaneProps) {
  return (
    <div
      data-slot="split-pane"
      className={cn(
        "grid min-h-0 flex-1 grid-cols-[minmax(0,1fr)]",
        paneWidth === "form"
          ? "md:grid-cols-[minmax(0,1fr)_minmax(0,1.3fr)] xl:grid-cols-[minmax(0,1fr)_600px]"
          : "md:grid-cols-[minmax(0,1fr)_360px] xl:grid-cols-[minmax(0,1fr)_408px]",
      )}
    >
      <div
        className={cn(
          "relative min-h-0 overflow-y-auto md:border-r md:border-border",
          paneOpen && "max-md:hidden",
        )}
      >
        {list}
      </div>
      <section
        aria-label={paneLabel}
        className={cn("relative min-h-0 overflow-y-auto", !paneOpen && "max-md:hidden")}
      >
        {pane}
      </section>
    </div>
  );
}
