import type { ComponentProps } from "react";
import { cn } from "@/components/ui/cn";

type PageBodyProps = ComponentProps<"div"> & { padded?: boolean };

/** The pane that scrolls under a page header; the page itself never does. */
export function PageBody({ padded = true, className, ...props }: PageBodyProps) {
  return (
    <div
      data-slot="page-body"
      className={cn("relative min-h-0 flex-1 overflow-y-auto", padded && "px-4 py-5 md:px-6", className)}
      {...props}
    />
  );
}
