import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

type DisclosureProps = {
  summary: ReactNode;
  children: ReactNode;
  /** Unfolded at first. */
  open?: boolean;
  className?: string;
};

/** Folded away until it is asked for; the browser's own, so it works by keyboard and without script. */
export function Disclosure({ summary, children, open, className }: DisclosureProps) {
  return (
    <details open={open} className={cn("group/fold min-w-0", className)}>
      <summary className="flex min-h-6 cursor-pointer list-none items-center gap-1 text-12 text-muted-foreground hover:text-foreground touch:min-h-11 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 transition-transform group-open/fold:rotate-90" />
        {summary}
      </summary>
      {children}
    </details>
  );
}
