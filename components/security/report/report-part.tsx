import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";

export type ReportPartProps = {
  /** The anchor: `#findings`. */
  id: string;
  title: string;
  count?: ReactNode;
  newPage?: boolean;
  children: ReactNode;
};

/** One part of a report, with an address of its own. */
export function ReportPart({ id, title, count, newPage, children }: ReportPartProps) {
  return (
    <section
      id={id}
      aria-labelledby={`${id}-head`}
      data-print={newPage ? "new-page" : undefined}
      className={cn("flex min-w-0 scroll-mt-4 flex-col gap-2")}
    >
      <div className="flex items-baseline gap-2">
        <h2 id={`${id}-head`} className="section-head">
          {title}
        </h2>
        {count === undefined ? null : <span className="text-12 text-muted-foreground">{count}</span>}
      </div>
      {children}
    </section>
  );
}
